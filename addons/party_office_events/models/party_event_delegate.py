import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: no letters that are taken for figures
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 10
#: more than any hall of the province seats
MOST = 2000


class PartyEventDelegate(models.Model):
    """One delegate, guest, lecturer or helper: invited, answered, seated, attended."""

    _name = "party.event.delegate"
    _description = "Delegate"
    _inherit = [
        "party.event.row.mixin",
        "party.protected.mixin",
        "party.form.mixin",
    ]
    _order = "event_id, sequence, id"

    event_id = fields.Many2one(
        "party.event",
        string="Conference",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Full name", required=True, index="trigram")
    user_id = fields.Many2one("res.users", index="btree_not_null")
    partner_id = fields.Many2one("res.partner", string="Contact")
    job_title = fields.Char(string="Position")
    unit = fields.Char()
    kind = fields.Selection(
        [
            ("delegate", "Delegate"),
            ("guest", "Guest"),
            ("lecturer", "Lecturer"),
            ("service", "Serves the conference"),
        ],
        string="Takes part as",
        required=True,
        default="delegate",
        index=True,
    )
    is_salaried = fields.Boolean(
        string="On the state payroll",
        default=True,
        help="Who is not gets meals and lodging from the conference "
        "(circular 40/2017/TT-BTC, article 12); who is gets them from his own unit.",
    )
    seat = fields.Char()
    invitation_number = fields.Char(string="Invitation no.", readonly=True, copy=False)
    answer = fields.Selection(
        [("yes", "Comes"), ("no", "Excused"), ("substitute", "Sends a substitute")],
        copy=False,
    )
    substitute_name = fields.Char(string="Substitute", copy=False)
    substitute_title = fields.Char(string="Substitute's position", copy=False)
    code = fields.Char(
        string="Code on the invitation",
        readonly=True,
        copy=False,
        default=lambda self: self._new_code(),
        groups="party_office_base.group_manager",
    )
    attended_at = fields.Datetime(string="Attended at", readonly=True, copy=False)
    attended_by = fields.Selection(
        [("qr", "Code on the invitation"), ("list", "List")],
        string="Recorded by",
        readonly=True,
        copy=False,
    )
    recorded_by_id = fields.Many2one(
        "res.users", string="Who recorded it", readonly=True, copy=False
    )
    is_late = fields.Boolean(string="Came late", compute="_compute_is_late", store=True)

    _code_unique = models.Constraint("UNIQUE (code)", "This code exists already.")
    _substitute_named = models.Constraint(
        "CHECK (answer IS DISTINCT FROM 'substitute' OR substitute_name IS NOT NULL)",
        "Name the substitute.",
    )
    _of_event = models.Index("(event_id, sequence, id)")

    @api.model
    def _new_code(self):
        return "".join(secrets.choice(LETTERS) for _place in range(CODE_LENGTH))

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "code",
            "attended_at",
            "attended_by",
            "recorded_by_id",
            "invitation_number",
        }

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.update(self._named(vals) | {k: v for k, v in vals.items() if v})
        delegates = super().create(vals_list)
        crowded = delegates.sudo().event_id.filtered(
            lambda event: len(event.delegate_ids) > MOST
        )
        if crowded:
            raise ValidationError(
                self.env._("A list names %(most)s delegates at most.", most=MOST)
            )
        return delegates

    @api.model
    def _named(self, vals):
        """Return name, position and unit of a person of the office or a contact."""
        if vals.get("user_id"):
            # names, posts and units are the office's directory
            user = self.env["res.users"].sudo().browse(vals["user_id"])
            return {
                "name": user.name,
                "job_title": user.employee_id.job_title,
                "unit": user.own_board_id.name,
            }
        if vals.get("partner_id"):
            partner = self.env["res.partner"].browse(vals["partner_id"])
            return {
                "name": partner.name,
                "job_title": partner.function,
                "unit": partner.parent_id.name or partner.company_name,
            }
        return {}

    @api.onchange("user_id", "partner_id")
    def _onchange_person(self):
        named = self._named(
            {"user_id": self.user_id.id, "partner_id": self.partner_id.id}
        )
        for field, value in named.items():
            self[field] = value or self[field]

    @api.depends("attended_at", "event_id.start")
    def _compute_is_late(self):
        for delegate in self:
            delegate.is_late = bool(
                delegate.attended_at and delegate.attended_at > delegate.event_id.start
            )

    def _who_came(self):
        """Return who is or was expected, the substitute when there is one."""
        self.ensure_one()
        if self.answer == "substitute":
            return self.substitute_name
        return self.name

    # ---------------------------------------------------------------------- attendance
    def action_attend(self):
        """Record that they came, from the list.

        :raises UserError: not the day yet, or the user takes no attendance
        """
        return self._attend("list")

    def _attend(self, way):
        self.event_id._check_takes_attendance()
        missing = self.filtered(lambda delegate: not delegate.attended_at)
        # protected: the right was checked
        missing.sudo().write(
            {
                "attended_at": fields.Datetime.now(),
                "attended_by": way,
                "recorded_by_id": self.env.uid,
            }
        )
        return True

    def action_not_attended(self):
        """Take back what was recorded by a slip."""
        self.event_id._check_takes_attendance()
        # protected: the right was checked
        self.sudo().write(
            {"attended_at": False, "attended_by": False, "recorded_by_id": False}
        )
        return True

    def action_substitute(self, name, title=""):
        """Record at the door who came instead, and that he came.

        :raises UserError: no name, or the user takes no attendance
        """
        self.ensure_one()
        self.event_id._check_takes_attendance()
        name = " ".join(str(name or "").split())
        if not name:
            raise UserError(self.env._("Name the substitute."))
        # at the door the organiser's right to write is not needed
        self.sudo().write(
            {
                "answer": "substitute",
                "substitute_name": name[:120],
                "substitute_title": " ".join(str(title or "").split())[:120],
            }
        )
        return self._attend("list")
