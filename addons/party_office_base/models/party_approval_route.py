from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

APPROVER_ROLES = [
    ("board_head", "Head of the board"),
    ("assigned_accountant", "Accountant of the board"),
    ("chief_accountant", "Chief accountant"),
    ("deputy_office_chief", "Deputy chief of office, as authorised"),
    ("office_chief", "Chief of office"),
    ("dispatcher", "Car dispatcher"),
    ("form_checker", "Checker of the form of papers"),
    ("signer", "Signer of the paper"),
]


class PartyApprovalRoute(models.Model):
    """Which steps a kind of document goes through, from an amount upwards."""

    _name = "party.approval.route"
    _description = "Approval Route"
    _order = "model_name, kind, amount_from"

    name = fields.Char(required=True, translate=True)
    model_name = fields.Char(
        string="Document model", required=True, help="Technical name of the document."
    )
    kind = fields.Char(
        help="Kind of document; empty: every kind without its own route."
    )
    amount_from = fields.Monetary(
        default=0.0, help="The route holds from this amount (đồng) upwards."
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    step_ids = fields.One2many("party.approval.route.step", "route_id", copy=True)
    active = fields.Boolean(default=True)

    _one_route = models.UniqueIndex(
        "(company_id, model_name, COALESCE(kind, ''), amount_from) WHERE active",
        "There is already a route for this document, kind and amount.",
    )

    @api.constrains("step_ids")
    def _check_has_steps(self):
        for route in self:
            if not route.step_ids:
                raise ValidationError(
                    self.env._(
                        "The route %(route)s needs at least one step.", route=route.name
                    )
                )

    @api.model
    def _find(self, model_name, kind, amount, company):
        """Return the route of a document: own kind first, then highest threshold.

        :param float amount: đồng
        :raises UserError: when no route fits
        """
        # the route decides for every requester, who need not read routes
        routes = self.sudo().search(
            [
                ("model_name", "=", model_name),
                ("kind", "in", [kind or False, False]),
                ("amount_from", "<=", amount),
                ("company_id", "=", company.id),
            ]
        )
        route = max(
            routes, key=lambda r: (bool(r.kind), r.amount_from), default=self.browse()
        )
        if not route:
            raise UserError(
                self.env._(
                    "No approval route is set up for this document. Ask the person who "
                    "keeps the configuration to add one."
                )
            )
        return route


class PartyApprovalRouteStep(models.Model):
    _name = "party.approval.route.step"
    _description = "Step of an Approval Route"
    _order = "route_id, sequence, id"

    route_id = fields.Many2one(
        "party.approval.route", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    role = fields.Selection(APPROVER_ROLES, required=True)
