import { useService } from "@web/core/utils/hooks";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useDebounced } from "@web/core/utils/timing";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Component, onMounted, onPatched, onWillStart, onWillUnmount, useRef, useState } from "@odoo/owl";
import { formatDay, parseDay } from "./entry_date";
import { fileToBase64, isImage, isPdf, viewerUrl } from "./entry_files";

const ENTRY = "party.paper.entry";
const TYPING_PAUSE = 200;
const NOT_SECRET = "none";

/**
 * The clerk's page: one paper after the other, by keyboard alone. Enter moves on to the
 * next field that is still empty; in the abstract it registers the paper and begins the
 * next one. What was typed stays until the number is there.
 */
export class PaperEntry extends Component {
    static template = "party_office_docs.PaperEntry";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.root = useRef("root");
        this.formatDay = formatDay;
        this.isPdf = isPdf;
        this.isImage = isImage;
        this.viewerUrl = viewerUrl;
        this.state = useState({
            desk: null,
            paper: {},
            options: [],
            chosen: 0,
            duplicates: [],
            error: "",
            done: null,
            busy: false,
            queue: [],
            over: false,
        });
        this.findSoon = useDebounced(() => this.findSenders(), TYPING_PAUSE);
        this.wanted = "symbol";
        onWillStart(async () => {
            this.state.desk = await this.orm.call(ENTRY, "get_desk", []);
            this.state.paper = this.newPaper({});
        });
        onMounted(() => this.focusWanted());
        onPatched(() => this.focusWanted());
        onWillUnmount(() => this.papersFiles.forEach((file) => this.forget(file)));
    }

    // ---------------------------------------------------------------- paper
    /** What stays from one paper to the next: sender, dates, channel, book. */
    newPaper(last) {
        const { today, bodies } = this.state.desk;
        return {
            id: false,
            body_id: last.body_id || (bodies[0] && bodies[0][0]) || false,
            symbol: "",
            kind_id: false,
            sender_id: last.sender_id || false,
            sender: last.sender || "",
            senderTyped: false,
            day: last.day || "",
            received: last.received || formatDay(today),
            abstract: "",
            signer_name: "",
            urgency: "0",
            secrecy: NOT_SECRET,
            channel: last.channel || "paper",
            page_count: "",
            note: "",
            duplicate_reason: "",
            late_reason: "",
            files: [],
        };
    }

    get paper() {
        return this.state.paper;
    }

    get isSecret() {
        return this.paper.secrecy !== NOT_SECRET;
    }

    get papersFiles() {
        return [...(this.paper.files || []), ...this.state.queue];
    }

    get shownFile() {
        return this.isSecret ? null : this.paper.files[0];
    }

    kindLabel(kind) {
        return kind.abbreviation ? `${kind.abbreviation} – ${kind.name}` : kind.name;
    }

    get doneLabel() {
        return _t("Number %s", this.state.done.number);
    }

    get waitingLabel() {
        return _t("Waiting to be registered: %s", this.state.desk.waiting_total);
    }

    get todayLabel() {
        return _t("Registered today: %s", this.state.desk.registered_today);
    }

    get queueLabel() {
        return _t("Scans behind this one: %s", this.state.queue.length);
    }

    duplicateLabel(row) {
        return _t("Incoming %(number)s of %(day)s: %(abstract)s", row);
    }

    paperUrl(row) {
        return `/odoo/incoming-papers/${row.id}`;
    }

    // ---------------------------------------------------------------- focus
    focus(name) {
        this.wanted = name;
        this.focusWanted();
    }

    focusWanted() {
        if (!this.wanted || !this.root.el) {
            return;
        }
        const field = this.root.el.querySelector(`[data-field="${this.wanted}"]`);
        if (field) {
            this.wanted = "";
            field.focus();
            if (field.select) {
                field.select();
            }
        }
    }

    /** The fields that Enter visits, in order; what is known already is skipped. */
    nextField(name) {
        const { paper } = this;
        if (this.isSecret) {
            return { secrecy: paper.kind_id ? "day" : "kind_id", kind_id: "day" }[name] || "register";
        }
        if (name === "symbol") {
            return paper.sender_id && paper.symbol ? this.nextField("sender") : "sender";
        }
        if (name === "sender") {
            return paper.kind_id || !paper.symbol ? "day" : "kind_id";
        }
        return { kind_id: "day", day: "abstract" }[name] || "register";
    }

    // ------------------------------------------------------------- keyboard
    async onKeydown(ev) {
        const field = ev.target.dataset && ev.target.dataset.field;
        if (!field || ev.isComposing) {
            return;
        }
        if (field === "sender" && ["ArrowDown", "ArrowUp"].includes(ev.key) && this.state.options.length) {
            ev.preventDefault();
            const step = ev.key === "ArrowDown" ? 1 : -1;
            const count = this.state.options.length;
            this.state.chosen = (this.state.chosen + step + count) % count;
        } else if (field === "symbol" && ev.key === "ArrowDown" && !this.paper.symbol && this.state.desk.waiting.length) {
            ev.preventDefault();
            await this.load(this.state.desk.waiting[0].id);
        } else if (ev.key === "Enter" && ev.target.tagName !== "BUTTON") {
            ev.preventDefault();
            await this.enter(field, ev.ctrlKey || ev.metaKey);
        }
    }

    async enter(field, now) {
        if (this.state.busy) {
            return;
        }
        if (!(await this.leave(field))) {
            return;
        }
        const next = now ? "register" : this.nextField(field);
        if (next === "register") {
            await this.register();
        } else {
            this.focus(next);
        }
    }

    /** Take over what was typed into a field; false when it cannot stand. */
    async leave(field) {
        this.state.error = "";
        if (field === "symbol") {
            await this.guess();
        } else if (field === "sender") {
            await this.chooseTyped();
        } else if (field === "day" || field === "received") {
            return this.checkDay(field);
        }
        return true;
    }

    checkDay(field) {
        const text = this.paper[field];
        const day = parseDay(text, this.state.desk.today);
        if (text && !day) {
            this.state.error = _t("“%s” is no date. Type day and month: 1206 or 12-6.", text);
            this.focus(field);
            return false;
        }
        this.paper[field] = formatDay(day || "");
        return true;
    }

    onInput(ev) {
        const field = ev.target.dataset.field;
        this.paper[field] = ev.target.value;
        if (field === "sender") {
            this.paper.sender_id = false;
            this.paper.senderTyped = true;
            this.findSoon();
        }
    }

    onSelect(ev) {
        const field = ev.target.dataset.field;
        const value = ev.target.value;
        this.paper[field] = ["kind_id", "body_id"].includes(field) ? Number(value) || false : value;
    }

    async onBlur(ev) {
        const field = ev.target.dataset.field;
        if (["day", "received"].includes(field)) {
            const day = parseDay(this.paper[field], this.state.desk.today);
            if (day) {
                this.paper[field] = formatDay(day);
            }
        } else if (field === "symbol" && this.paper.symbol !== this.guessed) {
            // left with the Tab key or the mouse
            await this.guess();
        }
    }

    // --------------------------------------------------------------- guesses
    async guess() {
        const { paper } = this;
        const symbol = paper.symbol;
        this.guessed = symbol;
        if (!symbol.trim()) {
            this.state.duplicates = [];
            return;
        }
        const day = parseDay(paper.day, this.state.desk.today);
        const typed = paper.senderTyped ? paper.sender_id : false;
        const found = await this.orm.silent.call(ENTRY, "guess", [symbol, typed, day || false, paper.body_id]);
        if (paper !== this.paper || symbol !== paper.symbol) {
            // an answer to what was typed before comes too late
            return;
        }
        paper.symbol = this.guessed = found.symbol;
        if (found.kind_id) {
            paper.kind_id = found.kind_id;
        }
        if (!paper.senderTyped) {
            this.takeSender(found);
        }
        this.state.duplicates = found.duplicates;
    }

    /** The suffix names the sender; the last one stays only when it fits. */
    takeSender(found) {
        const { paper } = this;
        const ids = found.senders.map((sender) => sender[0]);
        if (found.sender) {
            [paper.sender_id, paper.sender] = found.sender;
        } else if (!ids.includes(paper.sender_id)) {
            paper.sender_id = false;
            paper.sender = "";
            this.state.options = found.senders;
            this.state.chosen = 0;
        }
    }

    async findSenders() {
        const text = this.paper.sender;
        const options = await this.orm.silent.call(ENTRY, "find_senders", [text, this.paper.symbol]);
        if (text === this.paper.sender && !this.paper.sender_id) {
            this.state.options = options;
            this.state.chosen = 0;
            this.found = text;
        }
    }

    /** Enter in the sender: the marked one, else a new correspondent of this name. */
    async chooseTyped() {
        const { paper } = this;
        if (paper.sender_id) {
            return;
        }
        if (paper.sender.trim() && this.found !== paper.sender) {
            this.findSoon.cancel();
            await this.findSenders();
        }
        const option = this.state.options[this.state.chosen];
        if (option) {
            await this.choose(option);
        }
    }

    async choose([id, name]) {
        this.paper.sender_id = id || false;
        this.paper.sender = name;
        this.paper.senderTyped = true;
        this.state.options = [];
        if (id && this.paper.symbol) {
            await this.guess();
        }
    }

    async pick(option) {
        await this.choose(option);
        this.focus(this.nextField("sender"));
    }

    // -------------------------------------------------------------- register
    values() {
        const { paper } = this;
        const today = this.state.desk.today;
        return {
            body_id: paper.body_id,
            kind_id: paper.kind_id,
            document_date: parseDay(paper.day, today) || false,
            received_on: parseDay(paper.received, today) || false,
            urgency: paper.urgency,
            secrecy: paper.secrecy,
            channel: paper.channel,
            page_count: Number.parseInt(paper.page_count, 10) || 0,
            // a secret paper: nothing else leaves this page
            ...(this.isSecret
                ? {}
                : {
                      symbol: paper.symbol,
                      sender_id: paper.sender_id,
                      abstract: paper.abstract.trim(),
                      signer_name: paper.signer_name,
                      note: paper.note,
                      duplicate_reason: paper.duplicate_reason,
                      late_reason: paper.late_reason,
                  }),
        };
    }

    async register() {
        if (this.state.busy || !this.checkDay("day") || !this.checkDay("received")) {
            return;
        }
        const { paper } = this;
        this.state.busy = true;
        this.state.error = "";
        try {
            const fresh = this.isSecret ? [] : paper.files.filter((file) => file.file);
            const files = await Promise.all(fresh.map(fileToBase64));
            const senderName = this.isSecret || paper.sender_id ? "" : paper.sender;
            const answer = await this.orm.call(ENTRY, "register", [this.values(), senderName, files, paper.id]);
            if (answer.duplicates) {
                this.state.duplicates = answer.duplicates;
                this.focus("duplicate_reason");
                return;
            }
            await this.begin(answer);
        } catch (error) {
            this.complain(error);
        } finally {
            this.state.busy = false;
        }
    }

    /** The number is there: clear the page for the next paper. */
    async begin(answer) {
        const { desk, paper } = this.state;
        const wasToday = paper.received === formatDay(desk.today);
        Object.assign(desk, answer);
        this.state.done = { number: answer.number, id: answer.id, late: answer.late };
        this.state.duplicates = [];
        this.state.options = [];
        this.guessed = "";
        paper.files.forEach((file) => this.forget(file));
        const kept = paper.id || this.isSecret ? { body_id: paper.body_id } : paper;
        this.state.paper = this.newPaper({ ...kept, received: wasToday ? "" : paper.received });
        if (this.state.queue.length) {
            this.paper.files.push(this.state.queue.shift());
        } else if (paper.id && desk.waiting.length) {
            await this.load(desk.waiting[0].id);
        }
        this.focus("symbol");
    }

    complain(error) {
        if (error instanceof RPCError && (error.exceptionName || "").startsWith("odoo.exceptions")) {
            this.state.error = error.data.message;
        } else if (error instanceof ConnectionLostError) {
            this.state.error = _t("The server does not answer. What you typed is still here: try again.");
        } else {
            throw error;
        }
    }

    // ------------------------------------------------------- received papers
    async load(id) {
        try {
            const found = await this.orm.call(ENTRY, "load", [id]);
            this.state.queue.unshift(...this.paper.files.filter((file) => file.file));
            this.state.paper = {
                ...this.newPaper({}),
                ...found,
                sender_id: found.sender ? found.sender[0] : false,
                sender: found.sender ? found.sender[1] : "",
                senderTyped: Boolean(found.sender),
                day: formatDay(found.document_date),
                received: formatDay(found.received_on),
                page_count: found.page_count || "",
                files: found.files.map((file) => ({ ...file, url: `/web/content/${file.id}` })),
            };
            this.state.error = "";
            this.state.duplicates = [];
            this.focus("symbol");
        } catch (error) {
            this.complain(error);
        }
    }

    clear() {
        this.paper.files.forEach((file) => this.forget(file));
        this.state.paper = this.newPaper({});
        this.state.error = "";
        this.state.duplicates = [];
        this.state.options = [];
        this.focus("symbol");
    }

    // ----------------------------------------------------------------- scans
    addFiles(files) {
        for (const file of files) {
            const scan = { file, name: file.name, mimetype: file.type, url: URL.createObjectURL(file) };
            // one paper each: the first belongs to the paper that is typed now
            if (this.paper.files.length) {
                this.state.queue.push(scan);
            } else {
                this.paper.files.push(scan);
            }
        }
        this.focus("symbol");
    }

    forget(file) {
        if (file.file) {
            URL.revokeObjectURL(file.url);
        }
    }

    onDrop(ev) {
        this.state.over = false;
        this.addFiles(ev.dataTransfer.files);
    }

    onFiles(ev) {
        this.addFiles(ev.target.files);
        ev.target.value = "";
    }

    /** The next scan is another part of the same paper. */
    joinNext() {
        this.paper.files.push(this.state.queue.shift());
        this.focus("symbol");
    }

    async keepForLater() {
        const scans = this.papersFiles.filter((file) => file.file);
        this.state.busy = true;
        try {
            const files = await Promise.all(scans.map(fileToBase64));
            Object.assign(this.state.desk, await this.orm.call(ENTRY, "receive", [files, this.paper.channel]));
            scans.forEach((file) => this.forget(file));
            this.state.queue = [];
            this.paper.files = this.paper.files.filter((file) => !file.file);
            this.notification.add(_t("%s scans wait to be registered.", scans.length), { type: "success" });
        } catch (error) {
            this.complain(error);
        } finally {
            this.state.busy = false;
        }
        this.focus("symbol");
    }
}

registry.category("actions").add("party_office_docs.paper_entry", PaperEntry);
