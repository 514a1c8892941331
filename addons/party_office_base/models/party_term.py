from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import format_date


class PartyTerm(models.Model):
    """A committee term: from the day after its congress closed to the next closing.

    Papers are numbered from 01 for each kind within one term (Guidance 36-HD/VPTW,
    II.1.3).
    """

    _name = "party.term"
    _description = "Committee Term"
    _order = "date_from desc"

    name = fields.Char(required=True, help='e.g. "2025–2030".')
    date_from = fields.Date(
        string="From", required=True, help="The day after the congress closed."
    )
    date_to = fields.Date(
        string="To", help="The day the next congress closes; empty until it is known."
    )
    note = fields.Text(translate=True)
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: for all offices."
    )

    _no_overlap = models.Constraint(
        """EXCLUDE USING gist (
            int4range(COALESCE(company_id, 0), COALESCE(company_id, 0), '[]') WITH &&,
            daterange(date_from, date_to, '[]') WITH &&
        )""",
        "Two committee terms may not overlap.",
    )
    _date_check = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "The last day may not be before the first.",
    )

    @api.model
    def _at(self, day, company):
        """The term on ``day``; the office's own before the common one.

        :param datetime.date day: the day a paper is numbered
        :param company: ``res.company`` record
        :return: one record
        :raise UserError: no term is recorded for that day
        """
        term = self.search(
            Domain("date_from", "<=", day)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", day))
            & Domain("company_id", "in", (False, company.id)),
            order="company_id, date_from desc",  # NULL sorts last
            limit=1,
        )
        if not term:
            raise UserError(
                self.env._(
                    "No committee term on %(date)s. Add it under Configuration > "
                    "Committee Terms.",
                    date=format_date(self.env, day),
                )
            )
        return term
