import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Component, onMounted, onWillStart, onWillUnmount, useState } from "@odoo/owl";

const BOARD = "party.car.board";
const REQUEST = "party.car.request";
const DAY = 24 * 60;
/** Somebody else plans, too: the board is read again now and then. */
const REFRESH = 60 * 1000;

const { DateTime } = luxon;

/**
 * The dispatcher's day: cars (or drivers) in rows, hours in columns, what waits beside it.
 * Choose a request: the board proposes cars and says why; one tap plans.
 */
export class CarBoard extends Component {
    static template = "party_office_fleet.CarBoard";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.state = useState({
            day: false,
            days: 1,
            rows: "cars",
            board: null,
            chosenId: false,
            bar: null,
            answer: null,
            plan: null,
            busy: false,
        });
        onWillStart(() => this.load());
        onMounted(() => {
            this.timer = setInterval(() => this.refresh(), REFRESH);
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    // ---------------------------------------------------------------- reading
    async load() {
        const { day, days, chosenId } = this.state;
        const board = await this.orm.call(BOARD, "get_board", [day, days, chosenId]);
        // an answer to what was chosen before comes too late
        if (chosenId === this.state.chosenId && days === this.state.days && (!day || day === this.state.day)) {
            this.state.board = board;
            this.state.day = board.day;
            if (!board.chosen) {
                this.state.chosenId = false;
                this.state.answer = null;
            }
        }
    }

    async refresh() {
        if (!this.state.busy && !document.hidden) {
            await this.load();
        }
    }

    async show(day) {
        this.state.day = day;
        this.state.bar = null;
        this.state.plan = null;
        await this.load();
    }

    async move(step) {
        const days = this.state.days === 1 ? step : 7 * step;
        await this.show(DateTime.fromISO(this.state.day).plus({ days }).toISODate());
    }

    async today() {
        await this.show(false);
    }

    async onDay(ev) {
        if (ev.target.value) {
            await this.show(ev.target.value);
        }
    }

    async setDays(days) {
        this.state.days = days;
        await this.load();
    }

    // ------------------------------------------------------------- what is drawn
    get rows() {
        return this.state.board[this.state.rows];
    }

    /** The minutes that are drawn: working hours, wider when somebody is out earlier or later. */
    get range() {
        if (this.state.days > 1) {
            return { from: 0, to: this.state.days * DAY };
        }
        let [from, to] = this.state.board.hours.map((hour) => hour * 60);
        for (const row of [...this.state.board.cars, ...this.state.board.drivers]) {
            for (const bar of row.bars) {
                // what lasts over midnight says nothing about the hours of this day
                from = bar.from > 0 ? Math.min(from, bar.from) : from;
                to = bar.to < DAY ? Math.max(to, bar.to) : to;
            }
        }
        return { from: Math.floor(from / 60) * 60, to: Math.ceil(to / 60) * 60 };
    }

    get columns() {
        const { from, to } = this.range;
        const columns = [];
        if (this.state.days > 1) {
            const first = DateTime.fromISO(this.state.day);
            for (let day = 0; day < this.state.days; day++) {
                const date = first.plus({ days: day });
                columns.push({ key: day, label: date.toFormat("ccc dd/MM"), style: this.place(day * DAY, (day + 1) * DAY) });
            }
            return columns;
        }
        for (let minute = from; minute < to; minute += 60) {
            columns.push({ key: minute, label: `${minute / 60}`, style: this.place(minute, minute + 60) });
        }
        return columns;
    }

    get dayLabel() {
        const first = DateTime.fromISO(this.state.day);
        if (this.state.days === 1) {
            return first.toFormat("cccc dd/MM/yyyy");
        }
        return `${first.toFormat("dd/MM")} – ${first.plus({ days: 6 }).toFormat("dd/MM/yyyy")}`;
    }

    get chosen() {
        return this.state.board.chosen;
    }

    get chosenOnBoard() {
        const found = this.state.board.waiting.find((request) => request.id === this.state.chosenId);
        const { from, to } = this.range;
        return found && found.to > from && found.from < to ? found : null;
    }

    place(from, to) {
        const range = this.range;
        const width = range.to - range.from;
        const left = Math.max(from, range.from);
        const right = Math.min(to, range.to);
        return `left:${(100 * (left - range.from)) / width}%;width:${(100 * Math.max(0, right - left)) / width}%`;
    }

    isInside(from, to) {
        const range = this.range;
        return to > range.from && from < range.to;
    }

    barTitle(bar) {
        return `${bar.time} · ${bar.title}`;
    }

    get chosenRuns() {
        return this.state.plan.runs.filter((run) => run.chosen).length;
    }

    get planLabel() {
        const count = this.state.plan.runs.filter((run) => run.chosen).reduce((sum, run) => sum + run.requests.length, 0);
        return _t("Plan %s requests", count);
    }

    get canPlanDay() {
        return (
            this.state.board.can_plan &&
            this.state.days === 1 &&
            this.state.board.waiting.some((request) => request.day === this.state.day)
        );
    }

    get answers() {
        return [
            { code: "hired", label: _t("Hire a car") },
            { code: "lump", label: _t("Lump sum") },
            { code: "declined", label: _t("No car") },
        ];
    }

    get reasonsOfAnswer() {
        return this.chosen.reasons.filter((reason) => reason.answer === this.state.answer.code);
    }

    // ------------------------------------------------------------------ choosing
    async choose(request) {
        this.state.bar = null;
        this.state.answer = null;
        this.state.plan = null;
        if (this.state.chosenId === request.id) {
            this.state.chosenId = false;
            return this.load();
        }
        this.state.chosenId = request.id;
        if (!this.isInside(request.from, request.to)) {
            this.state.day = request.day;
        }
        await this.load();
    }

    showBar(bar) {
        this.state.bar = this.state.bar && this.state.bar.id === bar.id ? null : bar;
    }

    async openBar(bar) {
        await this.openRecord(bar.model, bar.res_id);
    }

    async changeBar(bar) {
        const action = await this.orm.call(bar.model, "action_open_change", [[bar.res_id]]);
        await this.action.doAction(action, {
            onClose: () => {
                this.state.bar = null;
                return this.load();
            },
        });
    }

    async openRequest(request) {
        await this.openRecord(REQUEST, request.id);
    }

    async openRecord(model, id) {
        await this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    // ------------------------------------------------------------------ answering
    /** Do one thing at a time; then show what is true now, also when it was refused. */
    async act(what, said) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await what();
            this.state.chosenId = false;
            this.state.answer = null;
            this.state.plan = null;
            this.notification.add(said, { type: "success" });
        } finally {
            this.state.busy = false;
            await this.load();
        }
    }

    async take(proposal) {
        const ids = [this.chosen.request.id];
        if (proposal.order_id) {
            await this.act(
                () => this.orm.call(REQUEST, "action_join", [ids, proposal.order_id]),
                _t("On the order: %s", proposal.order)
            );
        } else {
            await this.act(
                () => this.orm.call(REQUEST, "action_plan", [ids, proposal.car_id, proposal.driver_id, true]),
                _t("Sent for signature: %(car)s, %(driver)s", proposal)
            );
        }
    }

    startAnswer(code, time = null) {
        this.state.answer = { code, time, reasonId: false, note: "" };
        this.pickReason(this.reasonsOfAnswer[0]);
    }

    pickReason(reason) {
        if (reason) {
            this.state.answer.reasonId = reason.id;
            this.state.answer.note = reason.text;
        }
    }

    onReason(ev) {
        this.pickReason(this.reasonsOfAnswer.find((reason) => reason.id === Number(ev.target.value)));
    }

    async sendAnswer() {
        const { code, time, reasonId, note } = this.state.answer;
        const ids = [this.chosen.request.id];
        const calls = {
            hired: ["action_hire", [ids, reasonId, note]],
            lump: ["action_lump", [ids, reasonId, note]],
            declined: ["action_decline", [ids, reasonId, note]],
            shift: ["action_shift", [ids, time && time.start, time && time.stop, reasonId, note]],
        };
        await this.act(() => this.orm.call(REQUEST, ...calls[code]), _t("Answered."));
    }

    // ------------------------------------------------------------------ whole day
    async planDay() {
        const plan = await this.orm.call(BOARD, "get_day_plan", [this.state.day]);
        this.state.bar = null;
        this.state.chosenId = false;
        this.state.plan = { ...plan, runs: plan.runs.map((run, key) => ({ ...run, key, chosen: true })) };
    }

    async applyPlan() {
        const runs = this.state.plan.runs.filter((run) => run.chosen);
        await this.act(() => this.orm.call(BOARD, "apply_day_plan", [runs]), _t("The day is planned: its orders are sent for signature."));
    }
}

registry.category("actions").add("party_office_fleet.car_board", CarBoard);
