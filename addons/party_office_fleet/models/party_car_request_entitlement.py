from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local
from odoo.addons.party_office_base.rules.working_day import is_rest_day

from ..rules.car_entitlement import Traveller, is_commuting, judge

#: norm ranks whose holders are heads, deputy heads of a board or equivalents
LEADING_RANKS = ("r125", "r080")


class PartyCarRequest(models.Model):
    """Who may use an office car: decree 72/2023/NĐ-CP, shown while the form is filled.

    What the decree forbids keeps the request from being sent. What somebody has to
    decide (article 8, clause 3) is told to the approver.
    """

    _inherit = "party.car.request"

    purpose_id = fields.Many2one(
        "party.car.purpose",
        index="btree_not_null",
        ondelete="restrict",
        default=lambda self: self.env.ref(
            "party_office_fleet.car_purpose_ordinary", raise_if_not_found=False
        ),
    )
    priority = fields.Integer(
        related="purpose_id.priority", store=True, aggregator=None, index=True
    )
    entitlement_box = fields.Html(
        string="May these persons use a car",
        compute="_compute_entitlement_box",
        sanitize=False,
    )

    @api.model
    def _approval_content_fields(self):
        return [*super()._approval_content_fields(), "purpose_id"]

    # ----------------------------------------------------------------------- findings
    def _local(self, moment):
        """Return a stored (UTC) datetime as local time of the office."""
        return local(self.env, moment)

    def _trip_day(self):
        """Return the local day (``date``) the trip begins on; today while empty."""
        self.ensure_one()
        return self._local(self.start or fields.Datetime.now()).date()

    def _judge(self):
        """Return ``{request: list of Finding}``, in a constant number of queries."""
        # whoever plans a trip may learn whether these persons may be driven; their
        # decisions and coefficients stay hidden
        persons = self._passengers()
        lumps = self.env["party.car.lump"].sudo()
        titles = self.env["party.car.title"].sudo()
        if persons:
            lumps = lumps.search(
                [("employee_id", "in", persons.ids), ("kind", "=", "trip")]
            )
            titles = titles.search([("employee_id", "in", persons.ids)])
        posts = persons._party_posts()
        heads = self._heads_among(persons)
        result = {}
        days = [request._trip_day() for request in self]
        holidays = (
            self.env["party.holiday"]._days(min(days), max(days)) if days else set()
        )
        for request in self:
            day = request._trip_day()
            travellers = []
            for person in request._passengers():
                title = titles.filtered(lambda t, p=person: t.employee_id == p)._on(day)
                lump = lumps.filtered(lambda row, p=person: row.employee_id == p)
                post = posts.get(person.id)
                travellers.append(
                    Traveller(
                        name=person.name,
                        leads=person in heads
                        or (bool(post) and post.rank_on(day) in LEADING_RANKS),
                        pickup=bool(title),
                        own_car=title.car_id.plate or "" if title.kind == "own" else "",
                        lump=lump._on(day)[:1].decision or "",
                    )
                )
            # a trip begins and ends at the office: that alone is no commuting
            kinds = [place.kind for place in request._places() if place]
            result[request] = judge(
                travellers,
                outsiders=len(request._guests()),
                commuting=is_commuting(["office", *kinds]),
                special_duty=request.purpose_id.special_duty,
                rest_day=bool(request.start) and is_rest_day(day, holidays),
            )
        return result

    @api.model
    def _heads_among(self, persons):
        """Return those of some employees who head a board, or are its deputy."""
        users = persons.user_id
        # who heads a board stands in the office's directory
        boards = (
            self.env["party.board"]
            .sudo()
            .search(
                [
                    "|",
                    ("head_id", "in", users.ids),
                    ("deputy_head_id", "in", users.ids),
                ]
            )
        )
        heads = boards.head_id | boards.deputy_head_id
        return persons.filtered(lambda person: person.user_id in heads)

    def _say_finding(self, finding):
        """Return a finding of the rule as a sentence, with its article."""
        names = ", ".join(finding.names)
        sentences = {
            "commuting": self.env._(
                "An office car does not drive anybody from home to the office or back."
            ),
            "lump": self.env._(
                "%(names)s gets money instead of a car (%(detail)s): no car and no "
                "fuel for the trips it pays for.",
                names=names,
                detail=finding.detail,
            ),
            "own_car": self.env._(
                "%(names)s has the car of the title, %(detail)s.",
                names=names,
                detail=finding.detail,
            ),
            "special_duty": self.env._(
                "%(names)s may use a common car for this special duty, as far as the "
                "office's own rules list it.",
                names=names,
            ),
            "head_decides": self.env._(
                "%(names)s is not among those who may use a common car by themselves: "
                "the head of the office decides with the order.",
                names=names,
            ),
            "nobody": self.env._("Nobody is named who travels."),
            "rest_day": self.env._("The trip begins on a day of rest."),
        }
        sentence = sentences[finding.code]
        if not finding.article:
            return sentence
        return f"{sentence} ({self._say_article(finding.article)})"

    def _say_article(self, article):
        number, _dot, clause = article.partition(".")
        if clause:
            return self.env._(
                "decree 72/2023/NĐ-CP, article %(article)s, clause %(clause)s",
                article=number,
                clause=clause,
            )
        return self.env._("decree 72/2023/NĐ-CP, article %(article)s", article=number)

    # -------------------------------------------------------------------------- shown
    @api.depends(
        "passenger_ids",
        "guest_names",
        "purpose_id",
        "start",
        "stop_ids.place_id",
        "state",
    )
    @api.depends_context("lang")
    def _compute_entitlement_box(self):
        for request, findings in self._judge().items():
            request.entitlement_box = (
                Markup("").join(
                    Markup('<div class="{}"><i class="fa {} me-1"></i>{}</div>').format(
                        "text-danger fw-bold" if finding.refuses else "",
                        "fa-ban" if finding.refuses else "fa-info-circle",
                        self._say_finding(finding),
                    )
                    for finding in findings
                )
                or False
            )

    def _check_can_submit(self):
        for request, findings in self._judge().items():
            refusals = [f for f in findings if f.refuses]
            if refusals:
                raise UserError("\n".join(map(request._say_finding, refusals)))
        return super()._check_can_submit()

    def _decision_notes(self):
        notes = super()._decision_notes()
        for request, findings in self._judge().items():
            said = [request._say_finding(finding) for finding in findings]
            if not request.basis and not request.attachment_ids:
                said.append(self.env._("No paper is named that the trip rests on."))
            notes[request.id] = " ".join(filter(None, [notes.get(request.id), *said]))
        return notes
