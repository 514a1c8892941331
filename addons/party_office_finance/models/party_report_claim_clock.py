from odoo import models
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.models.party_report_provider import READERS
from odoo.addons.party_office_base.rules.report import Column, Report, Row

from .party_claim_clock import PHASES

_lt = LazyTranslate(__name__)


class PartyReportClaimClock(models.AbstractModel):
    """How many days claims take from sending to money, by board and kind."""

    _name = "party.report.claim_clock"
    _inherit = "party.report.provider"
    _description = "Time of Claims"

    _report_title = _lt("How long claims take")
    _report_groups = READERS
    _report_options = {"since": None, "day": None, "boards": None}

    def _report(self, options):
        return Report(
            title=self.env._("How long claims take"),
            subtitles=[
                self.env._(
                    "Paid from %(since)s to %(day)s",
                    since=self._day_text(options.since),
                    day=self._day_text(options.day),
                )
            ],
            columns=[
                Column("content", self.env._("Board, kind"), width=40),
                Column("count", self.env._("Claims paid"), "number", 9),
                Column("days", self.env._("From sending to money, days"), "days", 12),
                *self._phase_columns(),
                Column("came_back", self.env._("Came back"), "number", 9),
                Column("share", self.env._("Came back, %"), "share", 9, minor=True),
            ],
            rows=self._rows(options),
            notes=[
                self.env._(
                    "Days are medians: half of the claims took less, half took more. "
                    "A claim that came back counts once."
                ),
            ],
            signatures=self._signatures(),
        )

    def _phase_columns(self):
        """Return a column for each state in which a claim waits."""
        titles = {
            "submitted": self.env._("Approval, days"),
            "returned": self.env._("Correction, days"),
            "approved": self.env._("Posting, days"),
            "posted": self.env._("Payment, days"),
        }
        return [
            Column(phase, titles[phase], "days", 10, minor=True) for phase in PHASES
        ]

    def _rows(self, options):
        """Return all boards together, then each board with its kinds."""
        clock = self.env["party.claim.clock"]
        domain = clock._paid_domain(options.since, options.day, options.board_ids)
        groups = clock._times(domain, "tree")
        # names of boards are the office's directory
        boards = self.env["party.board"].sudo()
        kinds = self.env["party.claim.kind"]
        rows = []
        for group in groups:
            board = boards.browse(group["board"]).name if group["board"] else ""
            kind = kinds.browse(group["kind"]).name if group["kind"] else ""
            if group["kind"]:
                level, content = 0, kind
            elif group["board"]:
                level, content = 1, board
            else:
                level, content = 2, self.env._("Together")
            if group["count"]:
                key = (bool(board), board, group["board"] or 0, level == 0, kind)
                rows.append((key, Row(self._cells(group, content), level=level)))
        return [row for _key, row in sorted(rows, key=lambda item: item[0])]

    def _cells(self, group, content):
        share = group["came_back"] * 100 / group["count"]
        return {**group, "content": content, "share": share}
