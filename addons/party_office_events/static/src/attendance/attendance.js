import { scanBarcode } from "@web/core/barcode/barcode_dialog";
import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Component, onWillStart, useState } from "@odoo/owl";

const EVENT = "party.event";
/** What the code on an invitation begins with. */
const CODE = "PARTY:";

/** Small letters without tone marks: a name is typed fast at the door. */
export function plain(text) {
    return text
        .toLowerCase()
        .replaceAll("đ", "d")
        .normalize("NFD")
        .replace(/\p{M}/gu, "");
}

/**
 * Attendance at the door, on a phone: scan the invitations one after the other, or type
 * a part of a name and tap it. Every tap is saved at once and the counts are live.
 */
export class Attendance extends Component {
    static template = "party_office_events.Attendance";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        const { params = {}, context = {} } = this.props.action;
        this.eventId = params.event_id || context.active_id || this.props.resId;
        this.canScan = isBarcodeScannerSupported();
        this.state = useState({ page: null, query: "", missing: false, busy: false, substitute: 0 });
        onWillStart(async () => {
            if (this.eventId) {
                this.state.page = await this.call("get_attendance");
            }
        });
    }

    call(method, args = []) {
        return this.orm.call(EVENT, method, [[this.eventId], ...args]);
    }

    get rows() {
        const wanted = plain(this.state.query.trim());
        return this.state.page.rows.filter(
            (row) =>
                (!this.state.missing || !row.at) &&
                (!wanted || plain([row.name, row.substitute, row.title, row.seat].join(" ")).includes(wanted)),
        );
    }

    get total() {
        return this.state.page.rows.length;
    }

    /** One request at a time: a double tap is one tap. */
    async act(method, args) {
        if (this.state.busy) {
            return null;
        }
        this.state.busy = true;
        try {
            this.state.page = await this.call(method, args);
            return this.state.page;
        } finally {
            this.state.busy = false;
        }
    }

    async tap(row) {
        await this.act("attend", [row.id, true]);
        this.state.query = "";
    }

    undo(row) {
        return this.act("attend", [row.id, false]);
    }

    async sendSubstitute(row, ev) {
        const name = ev.currentTarget.elements.substitute.value;
        if (await this.act("attend_substitute", [row.id, name])) {
            this.state.substitute = 0;
            this.state.query = "";
        }
    }

    async onKeydown(ev) {
        if (ev.key !== "Enter") {
            return;
        }
        ev.preventDefault();
        const query = this.state.query.trim();
        if (query.toUpperCase().startsWith(CODE)) {
            // a scanner types the code and Enter; the field is free for the next one
            this.state.query = "";
            await this.record(query);
        } else if (query && this.rows.length === 1 && !this.rows[0].at) {
            await this.tap(this.rows[0]);
        }
    }

    /** The camera opens again after each code, until it is closed. */
    async scan() {
        for (;;) {
            let code;
            try {
                code = await scanBarcode(this.env);
            } catch {
                return;
            }
            if (!code) {
                return;
            }
            try {
                await this.record(code);
            } catch (error) {
                this.notification.add(error.data?.message || error.message, { type: "danger" });
            }
        }
    }

    async record(code) {
        const page = await this.act("attend_code", [code]);
        if (!page) {
            return;
        }
        const row = page.rows.find((candidate) => candidate.id === page.found);
        const words = [row.substitute || row.name, row.seat].filter(Boolean).join(" · ");
        this.notification.add(page.again ? _t("%s was here already.", words) : words, {
            type: page.again ? "warning" : "success",
        });
    }
}

registry.category("actions").add("party-attendance", Attendance);
