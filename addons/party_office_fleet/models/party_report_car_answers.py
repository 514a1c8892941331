from collections import Counter, defaultdict

from odoo import models
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.rules.report import Column, Report, Row
from odoo.addons.party_office_base.rules.report_text import share_text

from ..rules.fleet_use import median, office_hours
from .party_car_request import WITHOUT_CAR

_lt = LazyTranslate(__name__)


class PartyReportCarAnswers(models.AbstractModel):
    """How fast requests were answered and how often without a car, with the reasons."""

    _name = "party.report.car_answers"
    _inherit = "party.report.fleet"
    _description = "Answers to Car Requests"

    _report_title = _lt("Cars: answers and refusals")
    _report_options = {"since": None, "day": None, "boards": None}

    def _report(self, options):
        requests = self._requests(options)
        return Report(
            title=self.env._("Cars: answers and refusals"),
            subtitles=[self._period_text(options)],
            columns=[
                Column("content", self.env._("Board"), width=34),
                Column("asked", self.env._("Requests"), "number", 9, total=True),
                Column("assigned", self.env._("With a car"), "number", 9, total=True),
                Column("hired", self.env._("Hired"), "number", 8, True, minor=True),
                Column("lump", self.env._("Lump sum"), "number", 8, True, minor=True),
                Column("declined", self.env._("No car"), "number", 8, total=True),
                Column(
                    "open", self.env._("No answer yet"), "number", 9, True, minor=True
                ),
                Column(
                    "share",
                    self.env._("Without a car, %"),
                    "share",
                    9,
                    ratio=(WITHOUT_CAR, "asked"),
                ),
                Column("hours", self.env._("Answered after, office hours"), "days", 11),
                Column(
                    "desk",
                    self.env._("Of these at the dispatcher"),
                    "days",
                    11,
                    minor=True,
                ),
                Column(
                    "longest",
                    self.env._("Longest, office hours"),
                    "days",
                    10,
                    minor=True,
                ),
            ],
            rows=self._rows(requests),
            notes=[
                self.env._(
                    "By the day of sending. Hours are medians: half of the requests "
                    "were answered sooner, half later."
                ),
                *self._together(requests),
                *self._reasons(requests),
            ],
            signatures=self._signatures(),
        )

    def _requests(self, options):
        begin, end = self._period(options)
        domain = [
            ("submitted_at", ">=", begin),
            ("submitted_at", "<", end),
            # what the board itself took back or refused is no question to the desk
            ("state", "in", ("submitted", "approved")),
        ]
        if options.board_ids:
            domain.append(("board_id", "in", list(options.board_ids)))
        return self.env["party.car.request"].search(domain, order="submitted_at, id")

    def _rows(self, requests):
        # names of boards are the office's directory
        boards = requests.sudo().grouped("board_id")
        for board, own in sorted(
            boards.items(), key=lambda item: (item[0].name, item[0].id)
        ):
            yield Row({"content": board.name, **self._cells(own)})

    def _cells(self, requests):
        answers = Counter(requests.mapped("answer"))
        times = [self._times(request) for request in requests if request.answered_at]
        refused = sum(answers[answer] for answer in WITHOUT_CAR)
        return {
            "asked": len(requests),
            "assigned": answers["assigned"],
            "hired": answers["hired"],
            "lump": answers["lump"],
            "declined": answers["declined"],
            "open": answers["waiting"] + answers["planned"] + answers[False],
            "share": refused * 100 / len(requests),
            "hours": median(whole for whole, _desk in times),
            "desk": median(desk for _whole, desk in times),
            "longest": max((whole for whole, _desk in times), default=None),
        }

    def _together(self, requests):
        """Return the median of all boards: it is no sum of theirs."""
        if not requests:
            return []
        hours = self._cells(requests.sudo())["hours"]
        if hours is None:
            return []
        return [
            self.env._(
                "All boards: answered after %(hours)s office hours.",
                hours=share_text(hours),
            )
        ]

    def _times(self, request):
        """Return office hours from sending, and from the board's confirmation, to the
        answer.
        """
        confirmed = request.approval_ids.filtered(lambda a: a.state == "approved")
        since = max(confirmed.mapped("decided_at"), default=request.submitted_at)
        answered = self._local(request.answered_at)
        return (
            office_hours(self._local(request.submitted_at), answered),
            office_hours(self._local(since), answered),
        )

    def _reasons(self, requests):
        """Return one line for each answer without a car, with its reasons counted."""
        labels = dict(requests._fields["answer"]._description_selection(self.env))
        reasons = defaultdict(Counter)
        for request in requests:
            if request.answer in WITHOUT_CAR:
                note = self._reason(request)
                reasons[request.answer][note] += 1
        return [
            "{}: {}.".format(
                labels[answer],
                "; ".join(f"{note} ({n})" for note, n in counted.most_common()),
            )
            for answer, counted in reasons.items()
        ]

    def _reason(self, request):
        """Return the reason of an answer: of the list, or in words."""
        reason = request.answer_reason_id.name or (request.answer_note or "").strip()
        return reason or self.env._("no reason given")
