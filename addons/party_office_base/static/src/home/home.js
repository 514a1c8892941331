import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Component, onMounted, onWillStart, onWillUnmount, useState } from "@odoo/owl";

/** Who leaves the page open sees what has come meanwhile. */
const REFRESH = 5 * 60 * 1000;

/** One card: a list, figures, bars or days; every row opens what is behind it. */
export class HomeCard extends Component {
    static template = "party_office_base.HomeCard";
    static props = {
        card: Object,
        busy: Boolean,
        open: Function,
        decide: Function,
    };

    barStyle(share) {
        return `width: ${Math.min(Math.max(share, 0), 100)}%`;
    }
}

/** The home page: what waits on the user, his day, his board. One call brings all. */
export class Home extends Component {
    static template = "party_office_base.Home";
    static components = { HomeCard };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ data: null, busy: false });
        this.open = this.open.bind(this);
        this.decide = this.decide.bind(this);
        onWillStart(() => this.load());
        onMounted(() => {
            this.timer = setInterval(() => this.refresh(), REFRESH);
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    async load() {
        this.state.data = await this.orm.silent.call("party.home", "get_home", []);
    }

    async refresh() {
        if (!this.state.busy && !document.hidden) {
            await this.load();
        }
    }

    open(action) {
        return this.action.doAction(action);
    }

    /** Approve, return or refuse on the spot; the server checks what was seen. */
    async decide(method, { id, seen }) {
        this.state.busy = true;
        try {
            await this.action.doActionButton({
                type: "object",
                name: method,
                resModel: "party.work.item",
                resId: id,
                context: { ...user.context, approval_seen: seen },
                onClose: () => this.load(),
            });
        } finally {
            this.state.busy = false;
            await this.load();
        }
    }
}

registry.category("actions").add("party-home", Home);
