from odoo import models
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from ..rules.report import Column, Report, Row
from .party_report_provider import READERS

_lt = LazyTranslate(__name__)


class PartyReportNorms(models.AbstractModel):
    """The norms in force on a day, each with its regulation, layer and whether it was
    verified: what the office annexes to its internal spending rules.
    """

    _name = "party.report.norms"
    _inherit = "party.report.provider"
    _description = "List of Norms"

    _report_title = _lt("List of norms")
    _report_groups = READERS
    _report_options = {"day": None}

    def _report(self, options):
        norms = self._norms(options.day)
        unverified = norms.filtered("needs_check")
        return Report(
            title=self.env._("List of norms"),
            subtitles=[
                self.env._("In force on %s", self._day_text(options.day)),
                self.env._(
                    "%(all)d norms, %(unverified)d not verified",
                    all=len(norms),
                    unverified=len(unverified),
                ),
            ],
            columns=[
                Column("name", self.env._("Norm"), width=34),
                Column("case", self.env._("Rank, area"), width=26),
                Column("value", self.env._("Value"), width=22),
                Column("layer", self.env._("Layer"), width=12, minor=True),
                Column("source", self.env._("Regulation, article"), width=36),
                Column("since", self.env._("Since"), "date", 11, minor=True),
                Column("verified", self.env._("Verified"), width=12),
            ],
            rows=self._rows(norms),
            notes=[
                self.env._(
                    "A norm that is not verified is to be compared with the text of "
                    "its regulation before it is relied on."
                )
            ],
            signatures=self._signatures(),
        )

    def _norms(self, day):
        norms = self.env["party.norm"]
        return norms.search(
            norms._in_force_domain(day)
            & Domain("company_id", "in", (False, self.env.company.id)),
            order="category, type_id, rank_id, area_id, layer, id",
        )

    def _rows(self, norms):
        selections = norms._fields
        categories = dict(selections["category"]._description_selection(self.env))
        layers = dict(selections["layer"]._description_selection(self.env))
        for category, of_category in norms.grouped("category").items():
            yield Row({"name": categories.get(category, category)}, level=1)
            for norm in of_category:
                yield Row(
                    {
                        "name": norm.type_id.name,
                        "case": ", ".join(
                            filter(None, (norm.rank_id.name, norm.area_id.name))
                        ),
                        "value": norm.value_text,
                        "layer": layers[norm.layer],
                        "source": ", ".join(
                            filter(None, (norm.regulation_id.number, norm.article))
                        ),
                        "since": norm.date_from,
                        "verified": self.env._("No")
                        if norm.needs_check
                        else self.env._("Yes"),
                    },
                    link=("party.norm", norm.id),
                )
