import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { CalendarModel } from "@web/views/calendar/calendar_model";
import { calendarView } from "@web/views/calendar/calendar_view";

/** Dragging a conference asks first: it shows what moves along and what cannot. */
export class PartyEventCalendarModel extends CalendarModel {
    static services = [...CalendarModel.services, "action"];

    setup(params, services) {
        super.setup(params, services);
        this.action = services.action;
    }

    async updateRecord(record, options = {}) {
        const { start, stop } = this.buildRawRecord(record, options);
        await this.action.doAction(
            {
                type: "ir.actions.act_window",
                name: _t("Move to another day"),
                res_model: "party.event.move",
                views: [[false, "form"]],
                target: "new",
                context: {
                    default_event_id: record.id,
                    default_start: start,
                    default_stop: stop,
                },
            },
            // moved or not: show where it is now
            { onClose: () => this.load() }
        );
    }
}

registry.category("views").add("party_event_calendar", {
    ...calendarView,
    Model: PartyEventCalendarModel,
});
