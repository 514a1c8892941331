import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..form_printer import PrinterMissing, print_forms
from ..rules.form_text import figure, long_date, short_date

_logger = logging.getLogger(__name__)

PANGO_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class IrActionsReport(models.Model):
    """A report type of our own: forms of the office, printed by WeasyPrint.

    The template (``report_name``) is rendered once for each document, with ``doc`` (the
    document, with the user's rights), ``form`` (plain values, see
    ``party.form.mixin``), ``company`` and the functions ``long_date, short_date,
    figure``. Reports of other types stay as core prints them.
    """

    _inherit = "ir.actions.report"

    report_type = fields.Selection(
        selection_add=[("party-pdf", "Party office form (PDF)")],
        ondelete={"party-pdf": "cascade"},
    )

    @api.model
    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        """Print our forms where core prints a PDF: web client, mail templates, RPC."""
        if self._get_report(report_ref).report_type == "party-pdf":
            return self._render_party_pdf(report_ref, res_ids, data)
        return super()._render_qweb_pdf(report_ref, res_ids, data)

    @api.model
    def _render_qweb_html(self, report_ref, docids, data=None):
        self._refuse_other_formats(report_ref)
        return super()._render_qweb_html(report_ref, docids, data)

    @api.model
    def _render_qweb_text(self, report_ref, docids, data=None):
        self._refuse_other_formats(report_ref)
        return super()._render_qweb_text(report_ref, docids, data)

    @api.model
    def _refuse_other_formats(self, report_ref):
        """Refuse to show a form as anything but a PDF: there its checks are made."""
        if self._get_report(report_ref).report_type == "party-pdf":
            raise UserError(self.env._("This form is printed as PDF only."))

    @api.model
    def _render_party_pdf(self, report_ref, res_ids, data=None):
        """Print documents on a form of the office.

        :param report_ref: what ``_get_report`` accepts
        :param res_ids: ids of the documents, each is printed once, in this order
        :param dict data: not used: a template gets nothing that a client sends
        :return: (bytes, "pdf")
        :raises AccessError: a group is missing, or a document may not be read
        :raises UserError: the document may not be printed now, or Pango is missing
        """
        report = self._get_report(report_ref)
        docs = self._party_documents(report, res_ids)
        pages = self._party_pages(report, docs)
        try:
            return print_forms(pages), "pdf"
        except PrinterMissing as error:
            _logger.warning("WeasyPrint cannot be loaded: %s", error)
            raise UserError(
                self.env._(
                    "Forms cannot be printed yet: the server lacks Pango or WeasyPrint."
                    " The administrator installs the packages %(packages)s, and the "
                    "Python package weasyprint.",
                    packages=PANGO_PACKAGES,
                )
            ) from error

    @api.model
    def _party_documents(self, report, res_ids):
        """Return the documents to print, after all checks, in Vietnamese."""
        user = self.env.user
        missing = report.group_ids and not report.group_ids & user.all_group_ids
        if missing and not user._is_superuser():
            raise AccessError(
                self.env._("You may not print “%(form)s”.", form=report.name)
            )
        ids = (
            [res_ids]
            if isinstance(res_ids, int)
            else list(dict.fromkeys(res_ids or []))
        )
        # the report record is read by everybody; documents only by who may
        docs = self.env[report.model].sudo(False).browse(ids).exists()
        if not docs:
            raise UserError(self.env._("Choose what is to be printed."))
        docs.check_access("read")
        if isinstance(docs, self.pool["party.form.mixin"]):
            docs._check_can_print(report)
        if self.env["res.lang"]._get_data(code="vi_VN"):
            docs = docs.with_context(lang="vi_VN")
        return docs

    @api.model
    def _party_pages(self, report, docs):
        """Yield the HTML of each document."""
        renderer = self.with_env(docs.env)
        with_values = isinstance(docs, self.pool["party.form.mixin"])
        for doc in docs:
            values = {
                "doc": doc,
                "form": doc._form_values(report) if with_values else {},
                # name and codes of the office stand on every form
                "company": ("company_id" in doc and doc.company_id) or self.env.company,
                "long_date": long_date,
                "short_date": short_date,
                "figure": figure,
            }
            html = renderer._render_template(report.report_name, values)
            yield html.decode()
