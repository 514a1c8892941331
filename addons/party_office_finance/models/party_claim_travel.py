from datetime import timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import format_date

from odoo.addons.party_office_base.office_time import local
from odoo.addons.party_office_base.rules import month_lump, travel
from odoo.addons.party_office_base.rules.form_text import figure

#: claims in these states pay, or will
LIVE_STATES = ("submitted", "approved", "posted", "paid")

#: two trips of one local day may be a day apart in UTC
ONE_DAY = timedelta(days=1)

#: calculations that this file knows
TRIPS = ("travel", "month_lump")


class PartyClaim(models.Model):
    """Business trips: the requester says where, when and who; the rest is computed."""

    _name = "party.claim"
    _inherit = ["party.claim", "party.plausible.mixin"]

    travel_destination = fields.Char(
        string="Where to", help="Place and body that is visited."
    )
    travel_area_id = fields.Many2one(
        "party.norm.area",
        string="Area",
        compute="_compute_travel_area_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        help="Proposed from the destination; it decides the lodging rate.",
    )
    travel_basis = fields.Char(
        string="Sent on the basis of",
        help="The plan, invitation or decision: number and day.",
    )
    travel_departure = fields.Datetime(string="Departure")
    travel_return = fields.Datetime(string="Back on")
    travel_transport = fields.Selection(
        [
            ("office_car", "Office car"),
            ("own_vehicle", "Own vehicle"),
            ("ticket", "Plane, train or coach by ticket"),
            ("host", "The host's car"),
        ],
        string="Way",
        default="office_car",
        required=True,
    )
    travel_distance = fields.Float(
        string="Distance one way",
        digits=(10, 1),
        help="Administrative distance (km) from the office to the destination.",
    )
    travel_petrol_price = fields.Monetary(
        string="Other petrol price",
        help="Empty: the announced price of the departure day. Otherwise the price of "
        "a litre (đồng), with the paper it stands on.",
    )
    travel_petrol_note = fields.Char(
        string="Paper of the petrol price",
        help="Invoice or announcement: number, day, station.",
    )
    travel_petrol_id = fields.Many2one(
        "party.fuel.price",
        string="Announced petrol price",
        compute="_compute_travel_petrol_id",
    )
    travel_lodging = fields.Selection(
        [("lump", "Lump sum"), ("invoice", "By invoice")],
        string="Lodging on the trip",
        default="lump",
        required=True,
        help="One of the two for each person, never both.",
    )
    travel_host_food = fields.Boolean(string="The host pays food")
    travel_host_lodging = fields.Boolean(string="The host pays lodging")
    month_lump_month = fields.Date(
        string="Month", help="Any day of the month that the lump sum is for."
    )
    traveller_ids = fields.One2many(
        "party.claim.traveller", "claim_id", string="Travellers", copy=True
    )
    traveller_employee_ids = fields.Many2many(
        # the profile that everybody may read; its ids are those of the employees
        "hr.employee.public",
        string="Who",
        compute="_compute_traveller_employee_ids",
        inverse="_inverse_traveller_employee_ids",
        help="Persons of the board that pays.",
    )
    travel_department_id = fields.Many2one(related="board_id.department_id")
    travel_has_own_vehicle = fields.Boolean(compute="_compute_travel_has_own_vehicle")

    # --------------------------------------------------------------------- computes
    @api.depends("travel_destination")
    def _compute_travel_area_id(self):
        areas = self.env["party.norm.area"]
        for claim in self:
            destination = claim.travel_destination
            claim.travel_area_id = destination and areas._of_place(destination)

    @api.depends("traveller_ids.employee_id")
    def _compute_traveller_employee_ids(self):
        for claim in self:
            claim.traveller_employee_ids = claim.traveller_ids.employee_id.ids

    def _inverse_traveller_employee_ids(self):
        for claim in self:
            claim._follow_chosen_persons()

    @api.onchange("traveller_employee_ids")
    def _onchange_traveller_employee_ids(self):
        self._follow_chosen_persons()

    @api.onchange("kind_id", "board_id")
    def _onchange_propose_traveller(self):
        # whoever asks mostly travels himself
        own = self.env.user.employee_id
        if (
            self.calculation == "travel"
            and not self.traveller_ids
            and own
            and self.env.user.own_board_id == self.board_id
        ):
            self.traveller_employee_ids = own.ids
            self._follow_chosen_persons()

    def _follow_chosen_persons(self):
        """Give each chosen person a row, and take away the rows of the others."""
        self.ensure_one()
        chosen = self.env["hr.employee"].browse(self.traveller_employee_ids._origin.ids)
        rows = self.traveller_ids
        gone = rows.filtered(lambda row: row.employee_id._origin not in chosen)
        new = chosen - rows.employee_id._origin
        if gone or new:
            self.traveller_ids = [
                *(Command.delete(row.id) for row in gone),
                *(Command.create({"employee_id": person.id}) for person in new),
            ]

    @api.depends("travel_transport", "traveller_ids.transport")
    def _compute_travel_has_own_vehicle(self):
        for claim in self:
            ways = {claim.travel_transport, *claim.traveller_ids.mapped("transport")}
            claim.travel_has_own_vehicle = "own_vehicle" in ways

    @api.depends("travel_departure", "travel_has_own_vehicle", "company_id")
    def _compute_travel_petrol_id(self):
        prices = self.env["party.fuel.price"]
        for claim in self:
            times = claim.travel_departure and claim._local_times(
                claim.travel_departure
            )
            claim.travel_petrol_id = (
                prices.with_company(claim.company_id)._petrol_on(times[0].date())
                if times and claim.travel_has_own_vehicle
                else False
            )

    # ------------------------------------------------------------------ calculation
    @api.model
    def _calculation_facts(self):
        return super()._calculation_facts() | {
            "travel_destination",
            "travel_area_id",
            "travel_basis",
            "travel_departure",
            "travel_return",
            "travel_transport",
            "travel_distance",
            "travel_petrol_price",
            "travel_petrol_note",
            "travel_lodging",
            "travel_host_food",
            "travel_host_lodging",
            "month_lump_month",
            "traveller_ids",
        }

    def _trip_times(self):
        """Return departure and return by the office's clock, or None when not known."""
        if not (self.travel_departure and self.travel_return):
            return None
        return self._local_times(self.travel_departure, self.travel_return)

    def _local_times(self, *times):
        """Return stored times (UTC) as those of the office's clock, without a zone."""
        try:
            return tuple(local(self.env, time).replace(tzinfo=None) for time in times)
        except OverflowError as error:
            raise ValidationError(
                self.env._("Departure and return are no days of the calendar.")
            ) from error

    def _calculate(self):
        if self.calculation == "travel":
            return self._calculate_travel()
        if self.calculation == "month_lump":
            return self._calculate_month_lump()
        return super()._calculate()

    def _calculate_travel(self):
        """Return the amounts of a business trip; none while facts are missing."""
        times = self._trip_times()
        rows = self.traveller_ids.filtered("employee_id")
        if not (times and rows and self.travel_area_id and self.board_id):
            return []
        departure, back = times
        company = self.company_id or self.env.company
        trip = travel.Trip(
            departure=departure,
            back=back,
            area=self.travel_area_id.code,
            # settings of the company are read for every user
            home_area=company.sudo().party_home_area_id.code or None,
            transport=self.travel_transport,
            distance_km=Decimal(str(self.travel_distance)),
            petrol_price=self._petrol_price(),
            host_pays_food=self.travel_host_food,
            host_pays_lodging=self.travel_host_lodging,
            lodging=self.travel_lodging,
        )
        posts = rows.employee_id._origin._party_posts()
        travellers = []
        for row in rows:
            post = self._post_or_refuse(posts, row.employee_id._origin, departure)
            travellers.append(row._to_rule(post))
        book = self._rate_book(travel.CODES, departure.date(), back.date())
        return travel.compute(trip, travellers, book)

    def _calculate_month_lump(self):
        """Return the lump sums of a month; none while facts are missing."""
        rows = self.traveller_ids.filtered("employee_id")
        if not (self.month_lump_month and rows and self.board_id):
            return []
        first = self.month_lump_month.replace(day=1)
        posts = rows.employee_id._origin._party_posts()
        workers = [
            row._to_month_rule(
                self._post_or_refuse(posts, row.employee_id._origin, first), first
            )
            for row in rows
        ]
        book = self._rate_book(month_lump.CODES, first, self.month_lump_month)
        return month_lump.compute(first, workers, book)

    def _post_or_refuse(self, posts, person, moment):
        """Return the ``Post`` of a person of the board that pays.

        :param posts: see ``hr.employee._party_posts``
        :raises ValidationError: the person worked elsewhere on that day
        """
        day = moment.date() if hasattr(moment, "date") else moment
        post = posts.get(person.id)
        board = post and post.board_on(day)
        if board == self.board_id:
            return post
        raise ValidationError(
            self.env._(
                "%(person)s worked at %(board)s on %(day)s: %(payer)s pays for its own "
                "staff only. Make a claim of that board.",
                person=person.name,
                board=board.name if board else self.env._("no board"),
                day=format_date(self.env, day),
                payer=self.board_id.name,
            )
        )

    def _petrol_price(self):
        """Return the đồng for a litre: the stated one, else the announced one."""
        price = self.travel_petrol_price or self.travel_petrol_id.price
        return Decimal(str(price)) if price else None

    # -------------------------------------------------------------------- sentences
    def _say_refused(self, refused):
        if self.calculation not in TRIPS:
            return super()._say_refused(refused)
        sentences = {
            "return_before_departure": self.env._(
                "The return must be after the departure."
            ),
            "too_long": self.env._(
                "A business trip is not longer than a year: %(days)s days."
            ),
            "negative": self.env._("%(field)s is not negative: %(value)s."),
            "negative_person": self.env._(
                "%(person)s: %(field)s is not negative: %(value)s."
            ),
            "too_large_person": self.env._(
                "%(person)s: %(field)s is below one million billion đồng."
            ),
            "outside_trip": self.env._(
                "%(person)s: %(day)s is not a day of the trip, %(first)s to %(last)s."
            ),
            "too_many_nights": self.env._(
                "%(person)s: %(nights)s nights, but the trip has %(most)s."
            ),
            "invoice_not_chosen": self.env._(
                "%(person)s: a hotel invoice is paid only when lodging is by invoice; "
                "lump sum and invoice are never paid both."
            ),
            "host_and_invoice": self.env._(
                "%(person)s: the host pays lodging, so a hotel invoice is not paid "
                "again."
            ),
            "invoice_without_night": self.env._(
                "%(person)s: a hotel invoice, but no night away."
            ),
            "ticket_and_transport": self.env._(
                "%(person)s: tickets are paid only to who goes by ticket. Choose it as "
                "the way, for the trip or for this person."
            ),
            "no_petrol_price": self.env._(
                "No petrol price is known on %(day)s. Ask the accountant to enter it "
                "under Norms > Fuel prices, or state the price and its paper."
            ),
            "twice": self.env._("%(person)s stands twice on the claim."),
            "too_many_days": self.env._(
                "%(person)s: %(days)s days, but the month has %(most)s."
            ),
        }
        reason = refused.reason
        if "person" in refused.values and f"{reason}_person" in sentences:
            reason = f"{reason}_person"
        if reason not in sentences:
            return super()._say_refused(refused)
        return sentences[reason] % self._travel_values(refused.values)

    def _travel_values(self, values):
        """Return what a sentence says, as text."""
        texts = {}
        for name, value in values.items():
            if name == "person":
                texts[name] = value.name
            elif name in ("day", "first", "last"):
                texts[name] = format_date(self.env, value)
            elif name == "field":
                texts[name] = self._travel_label(value)
            elif isinstance(value, Decimal):
                texts[name] = figure(value, 1)
            else:
                texts[name] = value
        return texts

    def _travel_label(self, name):
        """Return the label of a fact of the rules."""
        own = {
            "distance_km": "travel_distance",
            "petrol_price": "travel_petrol_price",
        }
        field = self._fields.get(own.get(name)) or self.traveller_ids._fields[name]
        return field._description_string(self.env)

    def _say_remark(self, remark):
        if self.calculation not in TRIPS:
            return super()._say_remark(remark)
        if remark == "petrol":
            return self._say_petrol()
        sentences = {
            "host_pays_food": self.env._("the host pays food"),
            "host_pays_lodging": self.env._("the host pays lodging"),
            "no_same_day_rate": self.env._(
                "the internal rules set no allowance for a trip in one day"
            ),
            "too_near": self.env._(
                "%(km)s km one way: nearer than an own vehicle is paid",
                km=figure(self.travel_distance, 1),
            ),
            "no_distance": self.env._("the distance is missing"),
            "invoice_missing": self.env._("the hotel invoice is missing"),
            "within_norm": self.env._("by invoice, within the norm"),
            "over_norm": self.env._("the invoice is above the norm"),
            "by_papers": self.env._("by papers"),
            "too_few_days": self.env._("too few days on the way"),
        }
        return sentences.get(remark) or super()._say_remark(remark)

    def _say_petrol(self):
        """Return how the litres come about and where their price stands."""
        km = figure(2 * self.travel_distance, 1)
        if self.travel_petrol_price:
            return self.env._(
                "litres for %(km)s km; price by %(paper)s",
                km=km,
                paper=self.travel_petrol_note or self.env._("a paper not named yet"),
            )
        row = self.travel_petrol_id
        paper = row.source
        if row.needs_check:
            paper = self.env._("%(paper)s, not verified", paper=paper)
        return self.env._(
            "litres for %(km)s km; price since %(day)s (%(paper)s)",
            km=km,
            day=format_date(self.env, row.date_from),
            paper=paper,
        )

    def _prepare_allowances(self, allowances):
        claim = self
        if self.calculation in TRIPS and self.env["res.lang"]._get_data(code="vi_VN"):
            # what goes on forms is Vietnamese whoever asks
            claim = self.with_context(lang="vi_VN")
        return super(PartyClaim, claim)._prepare_allowances(allowances)

    def _allowance_values(self, allowance):
        values = super()._allowance_values(allowance)
        if allowance.component == "own_vehicle" and allowance.amount:
            # the norm says litres for a km; what is multiplied here are litres
            values["unit"] = self.env._("litres")
            if not self.travel_petrol_price and self.travel_petrol_id.needs_check:
                values["verified"] = False
        return values

    # ------------------------------------------------------------------------ sending
    def _check_can_submit(self):
        for claim in self:
            if claim.calculation == "travel":
                claim._check_petrol_paper()
            claim._check_paid_once()
        return super()._check_can_submit()

    def _on_approved(self):
        # two claims that were sent in the same moment did not see each other
        self._check_paid_once()
        return super()._on_approved()

    def _check_petrol_paper(self):
        """Refuse a petrol price that no paper is named for.

        :raises UserError: without the paper
        """
        if self.travel_petrol_price and not (self.travel_petrol_note or "").strip():
            raise UserError(
                self.env._(
                    "Name the paper of the petrol price, or leave the price empty: the "
                    "announced one is taken then."
                )
            )

    def _paid_days(self):
        """Return ``{employee: days that this trip pays him for}``."""
        times = self._trip_times()
        if not times:
            return {}
        days = frozenset(travel.days_of(times[0].date(), times[1].date()))
        return {
            row.employee_id: days - row._days("private") for row in self.traveller_ids
        }

    def _paid_months(self):
        """Return ``{employee: first day of the month of this lump sum}``."""
        if not self.month_lump_month:
            return {}
        days = frozenset({self.month_lump_month.replace(day=1)})
        return {row.employee_id: days for row in self.traveller_ids}

    def _paid_times(self):
        """Return ``{employee: days or months that this claim pays him for}``."""
        if self.calculation == "travel":
            return self._paid_days()
        return self._paid_months() if self.calculation == "month_lump" else {}

    def _same_times(self):
        """Return the domain of travellers whose claim may pay the same time."""
        if self.calculation == "travel":
            return [
                ("claim_id.travel_departure", "<=", self.travel_return + ONE_DAY),
                ("claim_id.travel_return", ">=", self.travel_departure - ONE_DAY),
            ]
        month = self.month_lump_month.replace(day=1)
        return [
            ("claim_id.month_lump_month", ">=", month),
            ("claim_id.month_lump_month", "<", month + relativedelta(months=1)),
        ]

    def _check_paid_once(self):
        """Refuse to pay a person twice for one day, or one month.

        :raises UserError: another claim that was sent already pays it
        """
        self.ensure_one()
        # superuser mode: a person who changed boards may stand on a claim that the user
        # does not see; only its number and the day are told
        asked = self.sudo()._paid_times()
        if not asked:
            return
        rows = self.env["party.claim.traveller"].sudo()
        others = rows.search(
            [
                ("employee_id", "in", [person.id for person in asked]),
                ("claim_id", "!=", self.id),
                ("claim_id.state", "in", LIVE_STATES),
                ("claim_id.kind_id.calculation", "=", self.calculation),
                *self._same_times(),
            ]
        )
        paid = {claim: claim._paid_times() for claim in others.claim_id}
        for row in others:
            days = paid[row.claim_id].get(row.employee_id, frozenset())
            twice = sorted(days & asked.get(row.employee_id, frozenset()))
            if twice:
                raise UserError(
                    self.env._(
                        "%(person)s is already paid for %(day)s by %(claim)s. Take the "
                        "days that are not due out (“Not on duty”), or correct the "
                        "trip.",
                        person=row.employee_id.name,
                        day=format_date(self.env, twice[0]),
                        claim=row.claim_id.name,
                    )
                )
