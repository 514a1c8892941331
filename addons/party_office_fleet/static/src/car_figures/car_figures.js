import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Component, onWillStart, useState } from "@odoo/owl";

/** "Cars at a glance": one call, every figure opens what it is made of. */
export class CarFigures extends Component {
    static template = "party_office_fleet.CarFigures";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ data: null });
        onWillStart(() => this.load());
    }

    async load(month = false) {
        this.state.data = await this.orm.call("party.car.figures", "get_figures", [month]);
    }

    get data() {
        return this.state.data;
    }

    /** One decimal, the way the office writes it. */
    decimal(value) {
        return value.toFixed(1).replace(".", ",");
    }

    number(value) {
        return String(value).replace(/\B(?=(\d{3})+$)/g, ".");
    }

    openReport(code) {
        const { since, day } = this.state.data;
        return this.action.doAction(`party_office_fleet.party_report_${code}_action`, {
            additionalContext: { default_since: since, default_day: day },
        });
    }

    openList(name, filter) {
        return this.action.doAction(`party_office_fleet.${name}`, {
            additionalContext: { [`search_default_${filter}`]: 1 },
        });
    }
}

registry.category("actions").add("party-car-figures", CarFigures);
