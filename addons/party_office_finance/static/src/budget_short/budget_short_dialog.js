import { Component } from "@odoo/owl";
import { standardErrorDialogProps } from "@web/core/errors/error_dialogs";
import { Dialog } from "@web/core/dialog/dialog";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/**
 * Says why a budget line refuses: its figures, the documents that hold its money (each
 * opens), other lines with money, and what this user can do about it.
 */
export class BudgetShortDialog extends Component {
    static template = "party_office_finance.BudgetShortDialog";
    static components = { Dialog };
    static props = { ...standardErrorDialogProps };

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.lines = this.props.data.context.lines;
    }

    async openRecord(record) {
        await this.action.doAction({
            type: "ir.actions.act_window",
            res_model: record.model,
            res_id: record.id,
            views: [[false, "form"]],
            target: "current",
        });
        this.props.close();
    }

    async takeOffer(offer, line) {
        if (offer.action) {
            await this.action.doAction(offer.action);
        } else {
            const told = await this.orm.call("party.budget.line", "action_tell_accountant", [
                [offer.line_id],
                line.missing,
            ]);
            this.notification.add(told, { type: "success" });
        }
        this.props.close();
    }
}

registry
    .category("error_dialogs")
    .add("odoo.addons.party_office_finance.exceptions.BudgetShort", BudgetShortDialog);
