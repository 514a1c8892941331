import { deserializeDateTime, serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError, ConnectionAbortedError, RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { session } from "@web/session";
import { Component, onWillStart, onWillUnmount, useExternalListener, useState } from "@odoo/owl";
import { parseNumber, shrinkPhoto, tripForms } from "./trip_forms";
import { TripStore } from "./trip_store";

const { DateTime } = luxon;
const MODEL = "party.dispatch.entry";
/** Milliseconds after which a line that says nothing counts as broken. */
const PATIENCE = 45000;
const AGAIN = 15000;
/** What the server says "no" with, in words; all else is tried again. */
const REFUSALS = ["odoo.exceptions.UserError", "odoo.exceptions.ValidationError", "odoo.exceptions.AccessError"];

/** A key that no other entry has; crypto.randomUUID needs https, a test server has none. */
function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The driver's orders on his phone: whom to fetch, leave, note, back.
 *
 * What he enters is kept on the phone first and shown at once; then it is sent, one by
 * one, with a key that keeps the server from recording it twice. Without a line all goes
 * on working and says "not sent yet".
 */
export class MyTrips extends Component {
    static template = "party_office_fleet.MyTrips";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        // not the component's own: an answer counts even when the page was left
        this.orm = this.env.services.orm;
        this.forms = tripForms();
        this.store = new TripStore(`party-trips-${session.db}-${user.userId}`);
        this.state = useState({
            page: null,
            entries: [],
            form: null,
            hasLine: true,
            sending: false,
            isKept: true,
            trouble: "",
        });
        useExternalListener(window, "online", () => this.send());
        useExternalListener(document, "visibilitychange", () => document.hidden || this.send());
        this.timer = setInterval(() => this.state.entries.length && this.send(), AGAIN);
        onWillUnmount(() => clearInterval(this.timer));
        onWillStart(() => this.begin());
    }

    async begin() {
        await this.store.open();
        this.state.isKept = this.store.isKept;
        this.state.entries = await this.store.entries();
        this.state.page = (await this.store.kept("page")) || null;
        this.state.form = (await this.store.kept("form")) || null;
        if (this.state.page) {
            // what was seen last is there at once; the line may be slow
            this.send(true);
        } else {
            await this.send(true);
        }
    }

    // ---------------------------------------------------------------- line
    /** Ask the server; rejects with ConnectionLostError when it does not answer. */
    async call(method, args) {
        const asked = this.orm.silent.call(MODEL, method, args);
        let timer;
        const tooLong = new Promise((_resolve, reject) => {
            timer = setTimeout(() => {
                asked.abort?.(false);
                reject(new ConnectionLostError(method));
            }, PATIENCE);
        });
        try {
            const answer = await Promise.race([asked, tooLong]);
            this.state.hasLine = true;
            return answer;
        } catch (error) {
            this.state.hasLine = !(
                error instanceof ConnectionLostError || error instanceof ConnectionAbortedError
            );
            throw error;
        } finally {
            clearTimeout(timer);
        }
    }

    /** Send what waits, one by one, then read the orders again. */
    async send(isFresh = false) {
        if (this.state.sending) {
            return;
        }
        this.state.sending = true;
        this.state.trouble = "";
        try {
            let sent = isFresh || !this.state.page;
            const held = new Set();
            for (const entry of [...this.state.entries]) {
                if (entry.status === "refused" || held.has(entry.order)) {
                    held.add(entry.order);
                    continue;
                }
                const outcome = await this.sendOne(entry);
                if (outcome.status === "recorded") {
                    sent = true;
                } else {
                    held.add(entry.order);
                }
            }
            if (sent || !this.state.entries.length) {
                await this.refresh();
            }
        } catch (error) {
            if (!(error instanceof ConnectionLostError || error instanceof ConnectionAbortedError || error instanceof RPCError)) {
                throw error;
            }
            // it stays on the phone and is sent again
            this.state.trouble = this.troubleOf(error);
        } finally {
            this.state.sending = false;
        }
    }

    async sendOne(entry) {
        const { key, order, kind, moment, values } = entry;
        let outcome;
        try {
            [outcome] = await this.call("record", [[{ key, order, kind, moment, values }]]);
        } catch (error) {
            if (!(error instanceof RPCError) || !REFUSALS.includes(error.exceptionName)) {
                throw error;
            }
            outcome = { status: "refused", message: error.data?.message || error.message };
        }
        if (outcome.status === "recorded") {
            await this.store.remove(key);
            this.state.entries = this.state.entries.filter((other) => other.key !== key);
            this.take(entry);
        } else {
            await this.change(entry, { status: outcome.status, message: outcome.message });
        }
        return outcome;
    }

    /** What was sent stays visible until the orders are read again. */
    take(entry) {
        const order = this.state.page?.orders.find((other) => other.id === entry.order);
        if (order) {
            Object.assign(order, this.withEntry(order, entry, false));
        }
    }

    async refresh() {
        this.state.page = await this.call("my_trips", []);
        await this.store.keep("page", JSON.parse(JSON.stringify(this.state.page)));
    }

    async change(entry, values) {
        Object.assign(entry, values);
        await this.store.put(JSON.parse(JSON.stringify(entry)));
    }

    // --------------------------------------------------------------- orders
    /** The orders as they are once everything on the phone is sent. */
    get orders() {
        const orders = (this.state.page?.orders || []).map((order) => {
            let shown = { ...order, rows: [...order.rows], pending: [] };
            for (const entry of this.state.entries) {
                if (entry.order === order.id) {
                    shown = entry.status === "refused" ? shown : this.withEntry(shown, entry, true);
                    shown.pending.push(entry);
                }
            }
            return shown;
        });
        const rank = { running: 0, planned: 1, done: 2 };
        return orders.sort(
            (a, b) => rank[a.progress] - rank[b.progress] || a.start.localeCompare(b.start)
        );
    }

    /** An order after an entry; `pending` marks what the server does not know yet. */
    withEntry(order, entry, pending) {
        const { kind, values, moment } = entry;
        if (kind === "start") {
            return {
                ...order,
                progress: "running",
                odometer_out: values.odometer,
                odometer_last: values.odometer,
                actual_start: moment,
            };
        }
        if (kind === "end") {
            return {
                ...order,
                progress: "done",
                odometer_in: values.odometer,
                odometer_last: values.odometer,
                actual_stop: moment,
            };
        }
        if (kind === "explain") {
            return { ...order, explanation: values.explanation };
        }
        return { ...order, rows: [...order.rows, { kind, text: this.textOf(entry), pending }] };
    }

    textOf({ kind, values }) {
        switch (kind) {
            case "leg":
                return `${values.place_to}: ${values.km || 0} km`;
            case "toll":
                return `${values.station || ""} ${this.figure(values.amount)} đ`.trim();
            case "fill":
                return `${values.litres} L, ${this.figure(values.amount)} đ`;
            case "incident":
                return values.description;
        }
        return this.forms[kind].title;
    }

    figure(value) {
        return new Intl.NumberFormat("vi-VN").format(value || 0);
    }

    // ---------------------------------------------------------------- words
    get waiting() {
        return this.state.entries.filter((entry) => entry.status !== "refused").length;
    }

    get waitingText() {
        return _t("%s not sent yet: kept on this phone, sent when there is a line.", this.waiting);
    }

    /** What the driver can do about an answer that is neither yes nor no. */
    troubleOf(error) {
        if (!(error instanceof RPCError)) {
            return "";
        }
        return error.exceptionName === "odoo.http.SessionExpiredException"
            ? _t("Log in again: what is kept on this phone is sent then.")
            : error.data?.message || error.message;
    }

    get lostForm() {
        return _t("This browser keeps nothing: do not close the page before all is sent.");
    }

    dayOf(value) {
        return deserializeDateTime(value).toFormat("cccc dd/MM");
    }

    timeOf(value) {
        return value ? deserializeDateTime(value).toFormat("HH:mm") : "";
    }

    timesOf(order) {
        const start = deserializeDateTime(order.start);
        const stop = deserializeDateTime(order.stop);
        const end = start.hasSame(stop, "day") ? "HH:mm" : "HH:mm dd/MM";
        return `${start.toFormat("HH:mm")} – ${stop.toFormat(end)}`;
    }

    kmOf(order) {
        return order.odometer_in - order.odometer_out;
    }

    iconOf(kind) {
        return {
            leg: "fa-map-marker",
            toll: "fa-ticket",
            fill: "fa-tint",
            incident: "fa-exclamation-triangle",
        }[kind];
    }

    // ---------------------------------------------------------------- forms
    get formOrder() {
        return this.orders.find((order) => order.id === this.state.form.order);
    }

    get formFields() {
        return this.forms[this.state.form.kind].fields;
    }

    openForm(kind, order) {
        const now = DateTime.now();
        const typed = {
            moment: now.toFormat("yyyy-MM-dd'T'HH:mm"),
            date: now.toFormat("yyyy-MM-dd"),
        };
        if (kind === "incident") {
            typed.kind = "delay";
        }
        if (kind === "explain") {
            typed.explanation = order.explanation;
        }
        this.setForm({ kind, order: order.id, key: newKey(), typed, bad: "", opened: typed.moment });
    }

    /** Correct an entry that was refused: it keeps its key. */
    editEntry(entry) {
        const typed = { ...entry.values };
        if (entry.moment) {
            typed.moment = deserializeDateTime(entry.moment).toFormat("yyyy-MM-dd'T'HH:mm");
        }
        this.setForm({ kind: entry.kind, order: entry.order, key: entry.key, typed, bad: entry.message || "" });
    }

    async setForm(form) {
        this.state.form = form;
        await this.store.keep("form", form && JSON.parse(JSON.stringify(form)));
    }

    onInput(field, ev) {
        this.state.form.typed[field.name] = ev.target.value;
        this.setForm(this.state.form);
    }

    async onPhoto(field, ev) {
        const [file] = ev.target.files;
        if (!file) {
            return;
        }
        try {
            this.state.form.typed[field.name] = await shrinkPhoto(file);
            this.state.form.bad = "";
        } catch {
            this.state.form.bad = _t("This photo cannot be read.");
        }
        this.setForm(this.state.form);
    }

    /** What the driver should look at before he saves; it never keeps him from it. */
    get hint() {
        const { kind, typed } = this.state.form;
        const order = this.formOrder;
        const odometer = parseNumber("km", typed.odometer);
        if (odometer === null || !order) {
            return "";
        }
        if (kind === "start" && order.odometer_last) {
            const gap = odometer - order.odometer_last;
            if (gap < 0) {
                return _t("%(km)s km less than the car's last reading, %(last)s km.", {
                    km: this.figure(-gap),
                    last: this.figure(order.odometer_last),
                });
            }
            if (gap > 1) {
                return _t("%(km)s km without an order since the car's last reading, %(last)s km.", {
                    km: this.figure(gap),
                    last: this.figure(order.odometer_last),
                });
            }
        }
        if (kind === "end") {
            const km = odometer - order.odometer_out;
            if (km < 0) {
                return _t("The car left with %s km.", this.figure(order.odometer_out));
            }
            if (order.planned_km && km > order.planned_km * 1.3 + 20) {
                return _t("%(km)s km driven, %(planned)s km planned.", {
                    km: this.figure(km),
                    planned: this.figure(order.planned_km),
                });
            }
        }
        return "";
    }

    get drivenKm() {
        const odometer = parseNumber("km", this.state.form.typed.odometer);
        return this.state.form.kind === "end" && odometer !== null
            ? Math.max(odometer - this.formOrder.odometer_out, 0)
            : null;
    }

    /** The values to send, or null when something is missing (said in the form). */
    readForm() {
        const { typed } = this.state.form;
        const values = {};
        for (const field of this.formFields) {
            const text = String(typed[field.name] ?? "").trim();
            if (!text) {
                if (field.required) {
                    this.state.form.bad = _t("%s is missing.", field.label);
                    return null;
                }
                continue;
            }
            if (["km", "dong", "number"].includes(field.kind)) {
                values[field.name] = parseNumber(field.kind, text);
                if (values[field.name] === null) {
                    this.state.form.bad = _t("%(field)s: “%(value)s” is no number.", {
                        field: field.label,
                        value: text,
                    });
                    return null;
                }
            } else if (field.kind === "date") {
                values.date = serializeDate(DateTime.fromISO(text));
            } else if (field.kind !== "moment") {
                values[field.name] = text;
            }
        }
        return values;
    }

    async save() {
        const values = this.readForm();
        if (!values) {
            return;
        }
        const { kind, order, key, typed, opened } = this.state.form;
        // a moment that was not touched is now, to the second
        const when = typed.moment && typed.moment !== opened ? DateTime.fromISO(typed.moment) : DateTime.now();
        const number = Math.max(0, ...this.state.entries.map((entry) => entry.number)) + 1;
        const known = this.state.entries.find((entry) => entry.key === key);
        const entry = {
            key,
            order,
            kind,
            values,
            moment: serializeDateTime(when),
            number: known ? known.number : number,
            status: "waiting",
            message: "",
        };
        // on the phone first: from here on it is not lost
        await this.store.put(JSON.parse(JSON.stringify(entry)));
        this.state.entries = await this.store.entries();
        await this.setForm(null);
        this.send();
    }

    async discard(entry) {
        await this.store.remove(entry.key);
        this.state.entries = await this.store.entries();
        this.send(true);
    }

    async print(order) {
        await this.action.doAction("party_office_fleet.party_dispatch_order_report", {
            additionalContext: { active_ids: [order.id], active_id: order.id, active_model: "party.dispatch" },
        });
    }
}

registry.category("actions").add("party_office_fleet.my_trips", MyTrips);
