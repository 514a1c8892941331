import { Component, markup } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Shows a report that the server has drawn. The editor's own viewer would walk through
 * every cell of it; links stay inside the web client.
 */
export class PartyReportTable extends Component {
    static template = "party_office_base.ReportTable";
    static props = { ...standardFieldProps };

    get html() {
        const value = this.props.record.data[this.props.name];
        // the server escapes every value of the report
        return value ? markup(value.toString()) : "";
    }
}

registry.category("fields").add("party_report_table", {
    component: PartyReportTable,
    supportedTypes: ["html"],
});
