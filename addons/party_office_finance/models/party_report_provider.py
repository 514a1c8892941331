from odoo import models


class PartyReportProvider(models.AbstractModel):
    """A report of the books: one data set for screen, PDF and workbook.

    A report is an abstract model ``party.report.<code>`` that inherits this one.
    """

    _name = "party.report.provider"
    _description = "Report"

    def _report(self, options):
        """Return the data set, as far as the user may see it.

        :param options: ``ReportOptions`` of ``rules/report.py``
        :returns: ``Report`` of ``rules/report.py``
        """
        raise NotImplementedError
