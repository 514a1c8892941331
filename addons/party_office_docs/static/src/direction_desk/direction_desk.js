import { deserializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Component, onWillStart, useState } from "@odoo/owl";

const MODEL = "party.document";
const VIEWER = "/web/static/lib/pdfjs/web/viewer.html";

/**
 * The leader's desk: the paper and the clerk's proposal side by side.
 *
 * One tap agrees and shows the next paper; every part of the proposal can be changed
 * first. The server checks everything again.
 */
export class DirectionDesk extends Component {
    static template = "party_office_docs.DirectionDesk";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({
            papers: [],
            total: 0,
            counts: { accept: 0, extensions: 0, late: 0 },
            index: 0,
            boards: [],
            phrases: [],
            leaders: [],
            today: "",
            draft: null,
            isEditing: false,
            /** what else can be done: "", "file" or "up" */
            other: "",
            leader: 0,
            file: 0,
            isBusy: false,
            trouble: "",
            /** what the last tap did; a notification would hide the next paper */
            done: "",
        });
        onWillStart(() => this.load());
    }

    async load() {
        const page = await this.orm.call(MODEL, "direction_desk", []);
        Object.assign(this.state, page);
        this.show(0);
    }

    // ----------------------------------------------------------------- paper
    get paper() {
        return this.state.papers[this.state.index];
    }

    show(index) {
        this.state.index = Math.max(0, Math.min(index, this.state.papers.length - 1));
        this.state.trouble = "";
        this.state.other = "";
        this.state.leader = 0;
        this.state.file = 0;
        const paper = this.paper;
        if (!paper) {
            this.state.draft = null;
            return;
        }
        const { lead, co, info, deadline, instruction } = paper.proposal;
        this.state.draft = {
            lead,
            co: [...co],
            info: [...info],
            deadline: deadline || "",
            instruction,
            reason: "",
        };
        // nothing to agree to: the leader writes it himself
        this.state.isEditing = !lead || paper.again;
    }

    get current() {
        return this.paper.files[this.state.file];
    }

    get viewer() {
        const content = encodeURIComponent(`/web/content/${this.current.id}`);
        return `${VIEWER}?file=${content}#pagemode=none&zoom=page-width`;
    }

    get isPdf() {
        return this.current.mimetype === "application/pdf";
    }

    get isImage() {
        return this.current.mimetype.startsWith("image/");
    }

    dayOf(day) {
        return day ? deserializeDate(day).toFormat("dd/MM/yyyy") : "";
    }

    names(ids) {
        return this.state.boards
            .filter((board) => ids.includes(board.id))
            .map((board) => board.name)
            .join(", ");
    }

    // ------------------------------------------------------------- direction
    partOf(board) {
        const { lead, co, info } = this.state.draft;
        if (lead === board.id) {
            return "lead";
        }
        return co.includes(board.id) ? "co" : info.includes(board.id) ? "info" : "";
    }

    /** A unit has one part; naming a lead takes it from the unit that had it. */
    setPart(board, part) {
        const draft = this.state.draft;
        const had = this.partOf(board);
        draft.co = draft.co.filter((id) => id !== board.id);
        draft.info = draft.info.filter((id) => id !== board.id);
        if (had === "lead") {
            draft.lead = false;
        }
        if (had === part) {
            return;
        }
        if (part === "lead") {
            draft.lead = board.id;
        } else {
            draft[part].push(board.id);
        }
    }

    addPhrase(phrase) {
        const draft = this.state.draft;
        draft.instruction = draft.instruction
            ? `${draft.instruction.trim()} ${phrase.text}`
            : phrase.text;
    }

    get phrases() {
        return this.state.phrases.filter(
            (phrase) => this.state.other !== "file" || phrase.filing
        );
    }

    get canDirect() {
        const draft = this.state.draft;
        return (
            draft.lead && draft.deadline && (!this.paper.again || draft.reason.trim())
        );
    }

    async direct() {
        const { lead, co, info, deadline, instruction, reason } = this.state.draft;
        const name = this.names([lead]);
        await this.act(
            "action_direct",
            [lead, co, info, deadline, instruction, reason, this.paper.seen],
            _t("%(paper)s: lead %(unit)s", { paper: this.paper.name, unit: name })
        );
    }

    async file() {
        const { info, instruction } = this.state.draft;
        await this.act(
            "action_file",
            [info, instruction, this.paper.seen],
            _t("%(paper)s: filed", { paper: this.paper.name })
        );
    }

    async passUp() {
        const leader = this.state.leaders.find((user) => user.id === this.state.leader);
        await this.act(
            "action_pass_up",
            [leader.id, this.state.draft.reason, this.paper.seen],
            _t("%(paper)s: submitted to %(user)s", {
                paper: this.paper.name,
                user: leader.name,
            })
        );
    }

    /** Do one step; what was chosen stays on the screen when the server says no. */
    async act(method, args, done) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        this.state.trouble = "";
        try {
            await this.orm.silent.call(MODEL, method, [[this.paper.id], ...args]);
        } catch (error) {
            this.state.trouble =
                error.data?.message || _t("No line. Nothing was sent; try again.");
            return;
        } finally {
            this.state.isBusy = false;
        }
        this.state.done = done;
        this.state.papers.splice(this.state.index, 1);
        this.state.total -= 1;
        if (!this.state.papers.length && this.state.total > 0) {
            await this.load();
        } else {
            this.show(this.state.index);
        }
    }

    openAccept() {
        this.action.doAction("party_office_docs.party_document_action_mine", {
            additionalContext: { search_default_to_accept: 1 },
        });
    }

    openExtensions() {
        this.action.doAction("party_office_docs.party_document_extension_action", {
            additionalContext: { search_default_waits_on_me: 1 },
        });
    }

    openLate() {
        this.action.doAction("party_office_docs.party_document_action_in_mine", {
            additionalContext: { search_default_red: 1, search_default_by_lead: 1 },
        });
    }

    open() {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: MODEL,
            res_id: this.paper.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("party-direction-desk", DirectionDesk);
