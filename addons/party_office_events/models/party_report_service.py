from collections import Counter
from datetime import timedelta
from statistics import median

from odoo import fields, models
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.office_time import midnight
from odoo.addons.party_office_base.rules.report import Column, Report, Row

_lt = LazyTranslate(__name__)

#: what was promised to nobody any more
DEAD = ("draft", "cancelled", "refused")
FINISHED = ("done", "confirmed")


class PartyReportServicePromise(models.AbstractModel):
    """What the desk promised against what it did, by board and kind of service."""

    _name = "party.report.service_promise"
    _inherit = "party.report.provider"
    _description = "Service Desk: Promised and Done"

    _report_title = _lt("Service desk: promised and done")
    _report_groups = ("party_office_base.group_staff",)
    _report_options = {"since": None, "day": None, "boards": None}

    def _report(self, options):
        return Report(
            title=self.env._("Service desk: promised and done"),
            subtitles=[
                self.env._(
                    "From %(since)s to %(day)s",
                    since=self._day_text(options.since),
                    day=self._day_text(options.day),
                )
            ],
            columns=[
                Column("name", self.env._("Board, service"), width=34),
                Column("asked", self.env._("Requests"), "number", 9, total=True),
                Column("finished", self.env._("Done"), "number", 9, total=True),
                Column("kept", self.env._("In time"), "number", 9, total=True),
                Column(
                    "share",
                    self.env._("In time, %"),
                    "share",
                    9,
                    ratio=(("kept",), "finished"),
                ),
                Column("hours", self.env._("Median, working hours"), "days", 10),
                Column("late", self.env._("Open and late"), "number", 9, total=True),
                Column(
                    "reopened", self.env._("Times reopened"), "number", 9, total=True
                ),
                Column(
                    "poor", self.env._("Not satisfied"), "number", 9, True, minor=True
                ),
                Column("amount", self.env._("Cost"), "money", 13, True, minor=True),
            ],
            rows=self._rows(options),
            notes=[
                self.env._(
                    "By the day of sending, without what was taken back or refused. "
                    "Hours are working hours without those the asker took; the median: "
                    "half of the requests took less, half more."
                )
            ],
            signatures=[self.env._("PREPARED BY"), self.env._("CHIEF OF OFFICE")],
        )

    def _rows(self, options):
        domain = [
            ("asked_at", ">=", midnight(self.env, options.since)),
            ("asked_at", "<", midnight(self.env, options.day + timedelta(days=1))),
            ("state", "not in", DEAD),
            ("company_id", "=", self.env.company.id),
        ]
        if options.board_ids:
            domain.append(("board_id", "in", list(options.board_ids)))
        # read with the reader's rights; names of boards are the office's directory
        requests = self.env["party.service.request"].search(domain).sudo()
        boards = requests.grouped("board_id")
        for board in sorted(boards, key=lambda b: (b.name, b.id)):
            of_board = boards[board]
            yield Row({"name": board.name, **self._cells(of_board)}, level=1)
            kinds = of_board.grouped("kind_id")
            for kind in sorted(kinds, key=lambda k: (k.sequence, k.id)):
                yield Row({"name": kind.name, **self._cells(kinds[kind])})

    def _cells(self, requests):
        now = fields.Datetime.now()
        finished = requests.filtered(lambda r: r.state in FINISHED)
        kept = finished.filtered("in_time")
        ratings = Counter(requests.mapped("rating"))
        hours = finished.mapped("taken_hours")
        return {
            "asked": len(requests),
            "finished": len(finished),
            "kept": len(kept),
            "share": len(kept) * 100 / len(finished) if finished else None,
            "hours": median(hours) if hours else None,
            "late": len(
                (requests - finished).filtered(
                    lambda r: r.due_at < now and not r.stopped_at
                )
            ),
            "reopened": sum(requests.mapped("reopen_count")),
            "poor": ratings["poor"],
            "amount": sum(requests.mapped("amount")),
        }
