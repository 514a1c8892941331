import { Component, useRef, useState } from "@odoo/owl";
import { isMobileOS } from "@web/core/browser/feature_detection";
import { FileModel } from "@web/core/file_viewer/file_model";
import { useFileViewer } from "@web/core/file_viewer/file_viewer_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useFileUploader } from "@web/core/utils/files";
import { useService } from "@web/core/utils/hooks";
import { useX2ManyCrud } from "@web/views/fields/relational_utils";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { shrinkPhoto } from "./shrink_photo";

const ACCEPTED = "image/*,application/pdf,.xml,.doc,.docx,.xls,.xlsx,.zip";

/**
 * The papers of a claim as a checklist on the field of its files: what is needed and
 * why, what is there, and one button to photograph what is missing. The list of what is
 * needed is in the field `paper_checklist`, what comes on paper in `on_paper_kind_ids`.
 */
export class PaperChecklist extends Component {
    static template = "party_office_finance.PaperChecklist";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.ui = useService("ui");
        this.notification = useService("notification");
        this.viewer = useFileViewer();
        this.upload = useFileUploader();
        this.camera = useRef("camera");
        this.picker = useRef("picker");
        this.accepted = ACCEPTED;
        this.state = useState({ busy: false });
        this.files = useX2ManyCrud(() => this.props.record.data[this.props.name], true);
        this.row = null;
    }

    get hasCamera() {
        return isMobileOS() || this.ui.isSmall;
    }

    get checklist() {
        return this.props.record.data.paper_checklist || { rows: [], can_receive: false };
    }

    /** Every file with the kind of paper that it is. */
    get papers() {
        return this.props.record.data[this.props.name].records.map((record) => ({
            record,
            id: record.resId,
            name: record.data.name,
            mimetype: record.data.mimetype || "",
            kindId: record.data.party_paper_kind_id && record.data.party_paper_kind_id.id,
        }));
    }

    get rows() {
        const papers = this.papers;
        const rows = this.checklist.rows.map((row) => {
            const files = papers.filter((paper) => paper.kindId === row.id);
            const there = row.printed || files.length || row.on_paper || row.received;
            return { ...row, files, there, missing: row.required && !there };
        });
        const known = new Set(this.checklist.rows.map((row) => row.id));
        const others = papers.filter((paper) => !known.has(paper.kindId));
        rows.push({
            id: false,
            name: _t("Other papers"),
            files: others,
            there: others.length > 0,
            other: true,
        });
        // a reader is not offered what he cannot add
        return rows.filter((row) => !this.props.readonly || row.there || row.required);
    }

    get missing() {
        return this.rows.filter((row) => row.missing);
    }

    get awaited() {
        return this.rows.filter((row) => row.on_paper && !row.received && !row.files.length);
    }

    get summary() {
        const missing = this.missing;
        if (missing.length) {
            return _t("Missing (%(count)s): %(names)s", {
                count: missing.length,
                names: missing.map((row) => row.name).join("; "),
            });
        }
        if (this.awaited.length) {
            return _t("Complete; %s to be handed in on paper", this.awaited.length);
        }
        return _t("All papers are there");
    }

    icon(row) {
        if (row.missing) {
            return "fa-circle-o text-danger";
        }
        if (!row.there) {
            return "fa-circle-thin text-muted";
        }
        const waits = row.on_paper && !row.received && !row.files.length;
        return waits ? "fa-file-text-o text-warning" : "fa-check-circle text-success";
    }

    // ------------------------------------------------------------------- files
    choose(row, ref) {
        this.row = row;
        ref.el.value = null;
        ref.el.click();
    }

    async onChosen(ev) {
        const chosen = [...ev.target.files];
        if (!chosen.length) {
            return;
        }
        this.state.busy = true;
        try {
            const files = await Promise.all(chosen.map(shrinkPhoto));
            const isPhoto = ev.target === this.camera.el;
            await this.attach(isPhoto ? files.map((file) => this.named(file)) : files);
        } finally {
            this.state.busy = false;
        }
    }

    /** A photo is named by what it shows, not "image.jpg". */
    named(file) {
        const number = this.row.files.length + 1;
        const extension = file.name.match(/\.\w+$/) || [".jpg"];
        return new File([file], `${this.row.name} ${number}${extension[0]}`, { type: file.type });
    }

    async attach(files) {
        const kindId = this.row.id;
        const uploaded = await this.upload("/web/binary/upload_attachment", {
            csrf_token: odoo.csrf_token,
            ufile: files,
            model: this.props.record.resModel,
            id: this.props.record.resId || 0,
        });
        const good = (uploaded || []).filter((file) => !file.error);
        const failed = (uploaded || []).find((file) => file.error);
        if (failed) {
            this.notification.add(failed.error, { type: "danger" });
        }
        const ids = good.map((file) => file.id);
        if (!ids.length) {
            return;
        }
        if (kindId) {
            await this.orm.write("ir.attachment", ids, { party_paper_kind_id: kindId });
        }
        await this.files.saveRecord(ids);
    }

    remove(paper) {
        return this.files.removeRecord(paper.record);
    }

    open(paper) {
        const models = this.papers.map((other) =>
            Object.assign(new FileModel(), {
                id: other.id,
                name: other.name,
                mimetype: other.mimetype,
                type: "binary",
            })
        );
        const file = models.find((model) => model.id === paper.id);
        if (file.isViewable) {
            this.viewer.open(file, models);
        } else {
            window.open(file.downloadUrl);
        }
    }

    isImage(paper) {
        return paper.mimetype.startsWith("image/");
    }

    // ---------------------------------------------------------------- on paper
    toggleOnPaper(row) {
        const list = this.props.record.data.on_paper_kind_ids;
        const change = list.currentIds.includes(row.id) ? { remove: [row.id] } : { add: [row.id] };
        return list.addAndRemove(change);
    }

    async receive(rows) {
        await this.orm.call(this.props.record.resModel, "action_receive_papers", [
            [this.props.record.resId],
            rows.map((row) => row.id),
        ]);
        await this.props.record.load();
    }

    async giveBack(row) {
        await this.orm.call(this.props.record.resModel, "action_give_back_papers", [
            [this.props.record.resId],
            [row.id],
        ]);
        await this.props.record.load();
    }
}

registry.category("fields").add("party_papers", {
    component: PaperChecklist,
    supportedTypes: ["many2many"],
    isEmpty: () => false,
    relatedFields: [
        { name: "name", type: "char" },
        { name: "mimetype", type: "char" },
        { name: "party_paper_kind_id", type: "many2one", relation: "party.paper.kind" },
    ],
    fieldDependencies: [
        { name: "paper_checklist", type: "json", readonly: true },
        { name: "on_paper_kind_ids", type: "many2many", relation: "party.paper.kind" },
    ],
});
