from odoo import models
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.rules.report import Column, Report, Row

_lt = LazyTranslate(__name__)


class PartyReportReceptionBook(models.AbstractModel):
    """The register of citizens received (sổ tiếp công dân)."""

    _name = "party.report.reception_book"
    _inherit = "party.report.provider"
    _description = "Register of Citizens Received"

    _report_title = _lt("Register of citizens received")
    _report_groups = ("party_office_docs.group_reception",)
    _report_options = {"since": None, "day": None}

    def _report(self, options):
        return Report(
            title=self.env._(self._report_title),
            subtitles=[
                self.env._(
                    "From %(since)s to %(day)s",
                    since=self._day_text(options.since),
                    day=self._day_text(options.day),
                )
            ],
            columns=[
                Column("name", self.env._("Number"), width=9),
                Column("day", self.env._("Day"), "date", 13),
                Column("citizen", self.env._("Name and address"), width=26),
                Column("content", self.env._("Content"), width=36),
                Column("kind", self.env._("Kind"), width=12, minor=True),
                Column("people", self.env._("Persons"), "number", 9, minor=True),
                Column("receiver", self.env._("Received by"), width=16, minor=True),
                Column(
                    "handling",
                    self.env._("How it was dealt with"),
                    width=24,
                    minor=True,
                ),
                Column("paper", self.env._("Linked paper"), width=13, minor=True),
                Column("answered", self.env._("Answered on"), "date", 13, minor=True),
                Column("note", self.env._("Note"), width=18, minor=True),
            ],
            rows=self._rows(options),
            signatures=[
                self.env._("KEPT BY"),
                self.env._("CHIEF OF OFFICE"),
            ],
        )

    def _rows(self, options):
        receptions = self.env["party.citizen.reception"].search(
            [
                ("received_on", ">=", options.since),
                ("received_on", "<=", options.day),
                ("company_id", "=", self.env.company.id),
            ],
            order="received_on, id",
        )
        kinds = dict(receptions._fields["kind"]._description_selection(self.env))
        ways = dict(receptions._fields["handling"]._description_selection(self.env))
        for reception in receptions:
            # the number of a linked paper, and the name of a unit, say nothing more
            public = reception.sudo()
            handling = [
                ways.get(reception.handling, ""),
                public.board_id.name,
                reception.handling_note,
            ]
            yield Row(
                {
                    "name": reception.name,
                    "day": reception.received_on,
                    "citizen": ", ".join(
                        filter(None, [reception.citizen, reception.address])
                    ),
                    "content": reception.content,
                    "kind": kinds[reception.kind],
                    "people": reception.people_count,
                    "receiver": public.receiver_id.name,
                    "handling": ". ".join(filter(None, handling)),
                    "paper": public.document_id.name or "",
                    "answered": reception.answered_on,
                    "note": reception.answer,
                },
                link=("party.citizen.reception", reception.id),
            )
