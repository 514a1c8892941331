from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: Law on citizen reception 42/2013/QH13, art. 2
RECEPTION_KINDS = [
    ("complaint", "Complaint"),
    ("denunciation", "Denunciation"),
    ("petition", "Petition"),
    ("feedback", "Feedback"),
    ("other", "Other matter"),
]

HANDLINGS = [
    ("explained", "Explained on the spot"),
    ("guided", "Guided to the competent body"),
    ("accepted", "Accepted for settlement"),
    ("passed", "Passed to a competent unit"),
    ("refused", "Not accepted"),
]

EARLIEST = fields.Date.to_date("2000-01-01")


class PartyCitizenReception(models.Model):
    """A line of the register of citizens received (sổ tiếp công dân).

    Only those who receive citizens read it. It has no chatter and no line in any work
    list: both would tell others.
    """

    _name = "party.citizen.reception"
    _description = "Reception of a Citizen"
    _inherit = ["party.protected.mixin", "party.plausible.mixin"]
    _order = "received_on desc, id desc"
    _rec_names_search = ["name", "citizen", "content"]

    name = fields.Char(string="Number", readonly=True, copy=False)
    received_on = fields.Date(
        string="Day of reception", required=True, default=fields.Date.context_today
    )
    citizen = fields.Char(string="Citizen's name", required=True)
    address = fields.Char()
    phone = fields.Char()
    people_count = fields.Integer(string="Persons", default=1, aggregator="sum")
    kind = fields.Selection(RECEPTION_KINDS, required=True, index=True)
    content = fields.Text(required=True, help="What the citizen said, in short.")
    receiver_id = fields.Many2one(
        "res.users",
        string="Received by",
        required=True,
        index=True,
        default=lambda self: self.env.user,
    )
    handling = fields.Selection(HANDLINGS, string="How it was dealt with")
    handling_note = fields.Text(string="Opinion of the receiver")
    board_id = fields.Many2one(
        "party.board", string="Unit that settles it", index="btree_not_null"
    )
    deadline = fields.Date()
    document_id = fields.Many2one(
        "party.document",
        string="Linked paper",
        index="btree_not_null",
        ondelete="set null",
        domain=[("secrecy", "=", "none")],
        check_company=True,
    )
    answered_on = fields.Date(string="Answered on")
    answer = fields.Text(
        string="Text of the answer",
        help="What was answered, or the number of the answer.",
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "party_citizen_reception_attachment_rel",
        "reception_id",
        "attachment_id",
        string="Papers handed in",
        copy=False,
    )
    is_open = fields.Boolean(
        string="Not answered", compute="_compute_is_open", store=True
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )

    _name_unique = models.Constraint(
        "UNIQUE (company_id, name)", "A number is given once."
    )
    _count_possible = models.Constraint(
        "CHECK (people_count BETWEEN 1 AND 9999)", "Enter 1 to 9,999 persons."
    )
    _answer_after = models.Constraint(
        "CHECK (answered_on IS NULL OR answered_on >= received_on)",
        "The answer may not come before the reception.",
    )
    _deadline_after = models.Constraint(
        "CHECK (deadline IS NULL OR deadline >= received_on)",
        "The deadline may not come before the reception.",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"name", "company_id"}

    @api.model
    def _plausible_fields(self):
        return super()._plausible_fields() | {"people_count"}

    @api.depends("answered_on", "handling")
    def _compute_is_open(self):
        for reception in self:
            # what was explained on the spot or guided on needs no answer
            closed = reception.handling in ("explained", "guided", "refused")
            reception.is_open = not (reception.answered_on or closed)

    @api.depends("name", "citizen")
    def _compute_display_name(self):
        for reception in self:
            reception.display_name = " · ".join(
                filter(None, [reception.name, reception.citizen])
            )

    @api.constrains("received_on")
    def _check_received_on(self):
        today = fields.Date.context_today(self)
        for reception in self:
            if not EARLIEST <= reception.received_on <= today:
                raise ValidationError(
                    self.env._("Enter the day on which the citizen was received.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        receptions = super().create(vals_list)
        for reception in receptions:
            number = self.env["party.series"]._next(
                "citizen_reception", reception.received_on, reception
            )
            # protected: given with the line, never again
            reception.sudo().name = number
            reception._own_attachments()
        return receptions

    def write(self, vals):
        if "received_on" in vals:
            day = fields.Date.to_date(vals["received_on"])
            for reception in self:
                if not day or day.year != reception.received_on.year:
                    raise UserError(
                        self.env._(
                            "%(reception)s stands in the book of its year.",
                            reception=reception.name,
                        )
                    )
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._own_attachments()
        return result

    def _own_attachments(self):
        """Tie uploaded papers to their line, so that nobody else reads them."""
        for reception in self:
            # an upload before the first save belongs to its author alone
            fresh = reception.sudo().attachment_ids.filtered(
                lambda a: not a.res_id and a.create_uid == self.env.user
            )
            fresh.write({"res_model": reception._name, "res_id": reception.id})

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A line of the register is never deleted."))
