from odoo import fields, models

from odoo.addons.party_office_base.report_workbook import draw_report


class PartyPaymentBatchXlsx(models.AbstractModel):
    """A payment list as a workbook: one sheet for each list, for the bank or filing."""

    _name = "report.party_office_finance.payment_batch_xlsx"
    _description = "Payment List (XLSX)"
    _inherit = "report.report_xlsx.abstract"

    def get_workbook_options(self):
        # a name that begins with "=" is no formula
        return {**super().get_workbook_options(), "strings_to_formulas": False}

    def generate_xlsx_report(self, workbook, data, objs):
        """Draw the lists that the user may read.

        :raises AccessError: one is not the user's to read
        :raises UserError: one is not made yet
        """
        # whatever model and mode the client names, these are lists of the user
        batches = self.env["party.payment.batch"].sudo(False).browse(objs.ids)
        batches.check_access("read")
        batches._check_can_print(None)
        today = fields.Date.context_today(self)
        for batch in batches:
            # the name of the office stands on every list
            office = batch.company_id.sudo().name
            draw_report(workbook, batch._payment_report(), office, "Tổng cộng", today)
