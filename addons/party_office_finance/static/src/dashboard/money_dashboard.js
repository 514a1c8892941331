import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Component, onWillStart, useState } from "@odoo/owl";
import { MoneyBar } from "./money_bar";
import { formatDay, formatDecimal, formatDong, formatShare, formatShort } from "./money_format";

/** Colour and picture never stand alone: each pace also has its words. */
const PACES = {
    behind: { icon: "fa-arrow-down", colour: "info", text: _t("Slower than the year") },
    even: { icon: "fa-check", colour: "success", text: _t("In step with the year") },
    ahead: { icon: "fa-arrow-up", colour: "warning", text: _t("Ahead of the year") },
    far_ahead: {
        icon: "fa-exclamation-triangle",
        colour: "danger",
        text: _t("Far ahead of the year"),
    },
    used_up: { icon: "fa-ban", colour: "danger", text: _t("Used up") },
};
const WALLS = {
    autonomous: _t("Autonomous"),
    non_autonomous: _t("Non-autonomous"),
    payment_order: _t("By payment order"),
    party: _t("Party's own money"),
};

/** The page "Money": one call, a face for each role, every figure opens its list. */
export class MoneyDashboard extends Component {
    static template = "party_office_finance.MoneyDashboard";
    static components = { Layout, MoneyBar };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.ui = useService("ui");
        this.state = useState({ data: null });
        this.short = formatShort;
        this.dong = formatDong;
        this.share = formatShare;
        this.days = (days) => _t("%s days", formatDecimal(days, 1));
        onWillStart(() => this.load());
    }

    async load(year = false) {
        this.state.data = await this.orm.call("party.budget.dashboard", "get_dashboard", [year]);
    }

    get data() {
        return this.state.data;
    }

    get isOfficeChief() {
        return this.data.face === "office_chief";
    }

    get seesAllBoards() {
        return !["accountant", "board_head"].includes(this.data.face);
    }

    get alarms() {
        const { drift, decisions } = this.data.alarms || {};
        const sum = (name) => this.data.boards.reduce((total, b) => total + b[name].count, 0);
        const cards = [
            drift && {
                title: _t("Drift alarms"),
                count: drift.count,
                danger: drift.count > 0,
                open: () => this.openDrift(drift.domain),
            },
            decisions && {
                title: _t("Decisions to post"),
                count: decisions.count,
                open: () => this.openDecisions(decisions.domain),
            },
            {
                title: _t("Claims to check"),
                count: sum("to_check"),
                open: () =>
                    this.openClaims([
                        ["state", "=", "submitted"],
                        ["is_waiting_on_me", "=", true],
                    ]),
            },
            {
                title: _t("Claims to post"),
                count: sum("to_post"),
                open: () => this.openClaims([["state", "=", "approved"]]),
            },
        ];
        return cards.filter(Boolean);
    }

    // ---------------------------------------------------------------- words
    get yearPassed() {
        return _t("%s of the year has passed", formatShare(this.data.year_share));
    }

    get boardsWithoutBudget() {
        return this.data.without_budget.map((board) => board.name).join(", ");
    }

    get noBudget() {
        return _t("No budget for %s yet", this.data.year);
    }

    get withoutBudget() {
        return _t("No budget for %(year)s yet: %(boards)s.", {
            year: this.data.year,
            boards: this.boardsWithoutBudget,
        });
    }

    get askForBudget() {
        return _t("%s: ask the chief accountant to post the decision that allocates the budget.", this.boardsWithoutBudget);
    }

    shortText(board) {
        if (!board.runs_out_on) {
            return _t("At this pace: short by %s", formatShort(board.missing));
        }
        return _t("At this pace: short by %(amount)s, the first line runs out on %(day)s", {
            amount: formatShort(board.missing),
            day: formatDay(board.runs_out_on),
        });
    }

    toCheck(board) {
        return _t("To check: %s", board.to_check.count);
    }

    toPost(board) {
        return _t("To post: %s", board.to_post.count);
    }

    advances({ advances }) {
        return _t("Open advances: %(count)s (%(amount)s)", {
            count: advances.count,
            amount: formatShort(advances.amount),
        });
    }

    get slowest() {
        return Math.max(...this.data.steps.map((step) => step.days), 0.1);
    }

    pace(sums) {
        return PACES[sums.pace];
    }

    wall(code) {
        return WALLS[code];
    }

    /** How many lines have reached a threshold, with their list, the highest first. */
    levels(sums) {
        return sums.levels.map(({ level, count, domain }) => ({
            domain,
            text:
                level === "100"
                    ? _t("Lines used up: %s", count)
                    : _t("Lines from %(level)s on: %(count)s", { level: level + "\u00a0%", count }),
        }));
    }

    oldest(days) {
        return days ? _t("The oldest waits %s days", days) : _t("The oldest came today");
    }

    barOfStep(step) {
        return `width: ${Math.max((step.days * 100) / this.slowest, 2)}%`;
    }

    /** The bar of a row against the largest of its list. */
    bar(rows, value, name) {
        const most = Math.max(...rows.map((row) => row[name]), 0.1);
        return `width: ${Math.max((value * 100) / most, 2)}%`;
    }

    paidClaims(count) {
        return _t("%s claims", count);
    }

    get hasClock() {
        return this.data.clock && this.data.clock.paid.count > 0;
    }

    get hasReturns() {
        return this.data.clock && this.data.clock.returns > 0;
    }

    get cameBack() {
        const { count, came_back: returned } = this.data.clock.paid;
        return _t("%(returned)s of %(count)s came back at least once", { returned, count });
    }

    onYear(ev) {
        return this.load(Number(ev.target.value));
    }

    // ---------------------------------------------------------------- lists
    openList(name, model, domain) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: model,
            domain,
            views: [
                [false, "list"],
                [false, "kanban"],
                [false, "form"],
            ],
        });
    }

    openLines(sums, extra = []) {
        return this.openList(_t("Budget execution"), "party.budget.line", [
            ...sums.domain,
            ...extra,
        ]);
    }

    openUsed(sums) {
        return this.openLines(sums, ["|", "|", ["held", ">", 0], ["advanced", ">", 0], ["spent", ">", 0]]);
    }

    openLeft(sums) {
        return this.openLines(sums, [["available", ">", 0]]);
    }

    openClaims(domain) {
        return this.openList(_t("Payment claims"), "party.claim", domain);
    }

    openClaim(claim) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "party.claim",
            res_id: claim.id,
            views: [[false, "form"]],
        });
    }

    openAdvances(domain) {
        return this.openList(_t("Open advances"), "party.advance", domain);
    }

    openDrift(domain) {
        return this.openList(_t("Drift alarms"), "party.budget.drift", domain);
    }

    openDecisions(domain) {
        return this.openList(_t("Decisions to post"), "party.budget.decision", domain);
    }

    openWork(domain) {
        return this.openList(_t("Waits on me"), "party.work.item", domain);
    }

    openSteps(domain) {
        return this.openList(_t("Time at each person"), "party.clock.entry", domain);
    }

    openReturns(domain) {
        return this.openList(_t("Returns of claims"), "party.claim.return", domain);
    }

    openImport() {
        return this.action.doAction("party_office_finance.party_budget_import_action");
    }

    openNewDecisions() {
        return this.action.doAction("party_office_finance.party_budget_decision_action");
    }
}

registry.category("actions").add("party_office_finance.dashboard", MoneyDashboard);
