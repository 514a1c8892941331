import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Component, onMounted, onWillStart, useRef, useState } from "@odoo/owl";

/** The plan of a month, day by day: made for the chief's phone. */
export class CarPlan extends Component {
    static template = "party_office_fleet.CarPlan";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.state = useState({ plan: null });
        onWillStart(() => this.load());
        onMounted(() => this.showToday());
    }

    async load(month = false) {
        this.state.plan = await this.orm.call("party.dispatch", "get_month_plan", [month]);
    }

    /** The month is read from its first day on, this month from today on. */
    showToday() {
        const { days, today } = this.state.plan;
        const next = days.find(({ day }) => day >= today);
        if (next && next !== days[0]) {
            this.root.el.querySelector(`[data-day="${next.day}"]`)?.scrollIntoView();
        }
    }

    print() {
        return this.run("action_print_month_plan");
    }

    openTable() {
        return this.run("action_open_month_plan");
    }

    async run(method) {
        const action = await this.orm.call("party.dispatch", method, [this.state.plan.month]);
        return this.action.doAction(action);
    }

    open(trip) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: trip.is_order ? "party.dispatch" : "party.car.request",
            res_id: trip.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("party-car-plan", CarPlan);
