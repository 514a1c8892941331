from odoo import models
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.models.party_report_provider import READERS
from odoo.addons.party_office_base.rules.report import Column, Report, Row

_lt = LazyTranslate(__name__)


class PartyReportClaimReturns(models.AbstractModel):
    """Why claims came back, by board, kind and reason."""

    _name = "party.report.claim_returns"
    _inherit = "party.report.provider"
    _description = "Returns of Claims"

    _report_title = _lt("Why claims came back")
    _report_groups = READERS
    _report_options = {"since": None, "day": None, "boards": None}

    def _report(self, options):
        return Report(
            title=self.env._("Why claims came back"),
            subtitles=[
                self.env._(
                    "Returned from %(since)s to %(day)s",
                    since=self._day_text(options.since),
                    day=self._day_text(options.day),
                )
            ],
            columns=[
                Column("content", self.env._("Board, kind"), width=34),
                Column("reason", self.env._("Reason"), width=44),
                Column("returns", self.env._("Returns"), "number", 9),
            ],
            rows=self._rows(options),
            notes=[self.env._("One return may have several reasons.")],
            signatures=self._signatures(),
            landscape=False,
        )

    def _rows(self, options):
        """Return each board with its returns, the most frequent reason first."""
        clock = self.env["party.claim.clock"]
        domain = clock._returned_domain(options.since, options.day, options.board_ids)
        boards = sorted(
            # names of boards are the office's directory
            (board.sudo().name, board.id, returns)
            for board, _count, returns in clock._returns(domain, ["board_id"])
        )
        reasons = {}
        groups = ["board_id", "kind_id", "reason_id"]
        for board, kind, reason, _count, returns in clock._returns(domain, groups):
            name = reason.name or self.env._("No reason of the list")
            reasons.setdefault(board.id, []).append((-returns, kind.name, name))
        rows = []
        for name, board_id, returns in boards:
            rows.append(Row({"content": name, "returns": returns}, level=1))
            rows += [
                Row({"content": kind, "reason": reason, "returns": -minus})
                for minus, kind, reason in sorted(reasons[board_id])
            ]
        return rows
