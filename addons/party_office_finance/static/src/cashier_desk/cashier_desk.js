import { hasTouch } from "@web/core/browser/feature_detection";
import { scanBarcode } from "@web/core/barcode/barcode_dialog";
import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Component, onWillStart, useState } from "@odoo/owl";
import { formatDong } from "../dashboard/money_format";

const TYPING_PAUSE = 300;
const DESK = "party.cashier.desk";
/** What the code on a form begins with, see party.payable.mixin. */
const CODE = "PARTY:";

/**
 * The cashier's desk, on a phone or a small screen: look for who stands there by name or
 * number, or scan the code on the form (camera, or a scanner that types into the field);
 * one tap pays, the next prints.
 */
export class CashierDesk extends Component {
    static template = "party_office_finance.CashierDesk";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dong = formatDong;
        this.canScan = isBarcodeScannerSupported();
        this.searchField = useAutofocus({ refName: "search", mobile: false });
        this.state = useState({ query: "", batch: false, desk: null, payable: null, busy: false });
        // half a code names nothing: it waits for the Enter behind it
        this.searchSoon = useDebounced(() => this.isCode || this.search(), TYPING_PAUSE);
        onWillStart(() => this.search());
    }

    // ---------------------------------------------------------------- words
    get moreRows() {
        const { rows, total } = this.state.desk;
        return total > rows.length ? _t("and %s more: type a name or number", total - rows.length) : "";
    }

    get listedOn() {
        return _t("On list %s", this.state.payable.batch);
    }

    get titleOfPay() {
        return _t("Pay %s đ", formatDong(this.state.payable.amount));
    }

    batchLabel(batch) {
        return `${batch.name} · ${batch.progress} · ${formatDong(batch.left)}\u00a0đ`;
    }

    paperUrl(paper) {
        return `/web/content/${paper.id}`;
    }

    thumbnailUrl(paper) {
        return `/web/image/${paper.id}?width=160&height=160`;
    }

    // --------------------------------------------------------------- search
    get isCode() {
        return this.state.query.trim().toUpperCase().startsWith(CODE);
    }

    async search() {
        const query = this.state.query;
        const desk = await this.orm.call(DESK, "get_desk", [query, this.state.batch]);
        // an answer to what was typed before comes too late
        if (query === this.state.query) {
            this.state.desk = desk;
        }
        if (this.state.batch && !desk.batches.some((batch) => batch.id === this.state.batch)) {
            // all of the list is paid: show who else waits
            this.state.batch = false;
            return this.search();
        }
        return desk;
    }

    onInput(ev) {
        this.state.payable = null;
        this.state.query = ev.target.value;
        this.searchSoon();
    }

    /** Enter: a scanner sends it behind the code, a person to open the only row. */
    async onKeydown(ev) {
        if (ev.key !== "Enter") {
            return;
        }
        ev.preventDefault();
        this.searchSoon.cancel();
        this.state.query = ev.target.value.trim();
        if (this.state.query) {
            await this.openFound();
        }
    }

    /** Where a scanner types next; on a phone it would only open the keyboard. */
    focusSearch() {
        if (!hasTouch()) {
            this.searchField.el?.focus();
        }
    }

    async openFound() {
        let desk;
        try {
            desk = await this.search();
        } catch (error) {
            // a code that names nothing: the next one is scanned into an empty field
            this.state.query = "";
            throw error;
        }
        if (desk.found) {
            await this.open(...desk.found);
        }
    }

    async scan() {
        const code = await scanBarcode(this.env);
        if (code) {
            if ("vibrate" in window.navigator) {
                window.navigator.vibrate(100);
            }
            this.state.query = code;
            await this.openFound();
        }
    }

    async chooseBatch(id) {
        this.state.batch = this.state.batch === id ? false : id;
        await this.search();
    }

    // ------------------------------------------------------------------ pay
    async open(model, id) {
        this.state.payable = await this.orm.call(DESK, "get_payable", [model, id]);
        this.state.query = "";
        this.focusSearch();
    }

    async back() {
        this.state.payable = null;
        this.state.query = "";
        await this.search();
        this.focusSearch();
    }

    async pay() {
        if (this.state.busy) {
            return;
        }
        const { model, id, seen } = this.state.payable;
        this.state.busy = true;
        try {
            this.state.payable = await this.orm.call(DESK, "pay", [model, id, seen]);
        } catch (error) {
            // show what it is now: somebody else may have paid or changed it
            await this.open(model, id);
            throw error;
        } finally {
            this.state.busy = false;
        }
        this.focusSearch();
        await this.search();
    }

    async print() {
        const { model, id } = this.state.payable;
        const action = await this.orm.call(DESK, "print_voucher", [model, id]);
        await this.action.doAction(action);
        this.focusSearch();
    }

    async openDocument() {
        const { model, id } = this.state.payable;
        await this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("party_office_finance.cashier_desk", CashierDesk);
