import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { getReportUrl } from "@web/webclient/actions/reports/utils";

/**
 * Downloads a form of the office. The server prints it where it prints other PDFs,
 * but without wkhtmltopdf: its state does not matter here.
 *
 * @param {Object} action an action of type ir.actions.report
 * @param {Object} options
 * @param {Object} env
 * @returns {Promise<boolean>} whether the action was a form
 */
export async function downloadForm(action, options, env) {
    if (action.report_type !== "party-pdf") {
        return false;
    }
    env.services.ui.block();
    try {
        await download({
            url: "/report/download",
            data: {
                data: JSON.stringify([getReportUrl(action, "pdf", user.context), "qweb-pdf"]),
                context: JSON.stringify({ ...user.context, ...action.context }),
            },
        });
    } finally {
        env.services.ui.unblock();
    }
    return true;
}

registry.category("ir.actions.report handlers").add("party_form", downloadForm);
