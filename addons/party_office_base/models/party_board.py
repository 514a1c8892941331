from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..office_time import local_today


class PartyBoard(models.Model):
    """A Party board served by the shared office; it is an analytic account."""

    _name = "party.board"
    _description = "Party Board"
    _inherits = {"account.analytic.account": "analytic_account_id"}
    _inherit = ["mail.thread"]
    _order = "sequence, id"

    analytic_account_id = fields.Many2one(
        "account.analytic.account",
        string="Account of the board",
        required=True,
        ondelete="restrict",
        # The directory of boards is searched by name by all staff, who may not
        # read the analytic account itself.
        bypass_search_access=True,
    )
    # The directory: these columns of the analytic account are read by all staff, the
    # account itself is not.
    name = fields.Char(
        string="Board",
        related="analytic_account_id.name",
        inherited=True,
        related_sudo=True,
        readonly=False,
        required=True,
    )
    code = fields.Char(
        related="analytic_account_id.code",
        inherited=True,
        related_sudo=True,
        readonly=False,
    )
    active = fields.Boolean(
        related="analytic_account_id.active",
        inherited=True,
        related_sudo=True,
        readonly=False,
    )
    company_id = fields.Many2one(
        related="analytic_account_id.company_id",
        inherited=True,
        related_sudo=True,
        readonly=False,
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("leadership", "Leadership (standing committee)"),
            ("office", "Party committee office"),
            ("board", "Board"),
            ("inspection", "Inspection commission"),
            ("committee", "Party committee"),
            ("other", "Other served unit"),
        ],
        default="board",
        required=True,
    )
    short_name = fields.Char(help="As used in speech, e.g. Ban Tổ chức.")
    budget_unit_code = fields.Char(
        string="Budget-unit code",
        help="Code of the unit that uses the State budget (mã ĐVQHNS), "
        "when the board has one.",
    )
    issuer_suffix = fields.Char(
        help="Suffix of the numbers of the board's papers, e.g. BTCTU."
    )
    department_id = fields.Many2one(
        "hr.department",
        string="Unit",
        index="btree_not_null",
        help="Root of the board's rooms: everybody who works below it "
        "belongs to the board.",
    )
    head_id = fields.Many2one("res.users", tracking=True, index="btree_not_null")
    deputy_head_id = fields.Many2one(
        "res.users", string="Deputy head", tracking=True, index="btree_not_null"
    )
    assignment_ids = fields.One2many(
        "party.board.assignment", "board_id", string="Accountants"
    )
    accountant_id = fields.Many2one(
        "res.users",
        compute="_compute_accountants",
        search="_search_accountant_id",
        help="The accountant who follows this board today.",
    )
    backup_accountant_id = fields.Many2one("res.users", compute="_compute_accountants")
    service_ids = fields.One2many(
        "party.board.service", "board_id", string="Services of the office"
    )
    service_summary = fields.Char(compute="_compute_service_summary")

    _department_unique = models.UniqueIndex(
        "(department_id) WHERE department_id IS NOT NULL",
        "This unit already belongs to another board.",
    )
    _analytic_account_unique = models.UniqueIndex(
        "(analytic_account_id)",
        "This analytic account already belongs to another board.",
    )

    @api.depends(
        "assignment_ids.user_id",
        "assignment_ids.role",
        "assignment_ids.date_from",
        "assignment_ids.date_to",
    )
    def _compute_accountants(self):
        today = local_today(self.env)
        for board in self:
            current = board.assignment_ids._filter_on(today)
            by_role = {assignment.role: assignment.user_id for assignment in current}
            board.accountant_id = by_role.get("primary", False)
            board.backup_accountant_id = by_role.get("backup", False)

    def _search_accountant_id(self, operator, value):
        if operator not in ("in", "any", "any!"):
            return NotImplemented
        today = local_today(self.env)
        current = Domain(
            [
                ("role", "=", "primary"),
                ("date_from", "<=", today),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", today),
            ]
        )
        if operator == "in" and False in value:
            without = Domain("assignment_ids", "not any!", current)
            others = [user for user in value if user]
            if not others:
                return without
            return without | Domain(
                "assignment_ids", "any!", current & Domain("user_id", "in", others)
            )
        return Domain(
            "assignment_ids", "any!", current & Domain("user_id", operator, value)
        )

    @api.depends("service_ids.service", "service_ids.date_from", "service_ids.date_to")
    def _compute_service_summary(self):
        labels = dict(
            self.env["party.board.service"]
            ._fields["service"]
            ._description_selection(self.env)
        )
        today = local_today(self.env)
        for board in self:
            current = board.service_ids.filtered(lambda s: s._is_on(today))
            board.service_summary = ", ".join(labels[s.service] for s in current)

    @api.model_create_multi
    def create(self, vals_list):
        plan = self._plan()
        for vals in vals_list:
            vals.setdefault("plan_id", plan.id)
        boards = super().create(vals_list)
        # nobody writes this mark by hand: it decides who sees the account
        boards.analytic_account_id.sudo().is_party_board = True
        self._scope_changed()
        return boards

    def write(self, vals):
        result = super().write(vals)
        if {"head_id", "deputy_head_id", "department_id", "active"} & vals.keys():
            self._scope_changed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_unused(self):
        lines = self.env["account.analytic.line"].sudo()
        if lines.search_count(
            [("account_id", "in", self.analytic_account_id.ids)], limit=1
        ):
            raise UserError(
                self.env._(
                    "A board with money booked on it cannot be deleted. "
                    "Archive it instead."
                )
            )

    @api.model
    def _plan(self):
        """Return the analytic plan of the boards: Odoo's base plan."""
        plans = self.env["account.analytic.plan"]
        base_plan, _other_plans = plans._get_all_plans()
        return base_plan

    @api.model
    def _by_analytic_account(self):
        """Return ``{analytic account id: board id}`` for all boards, archived too."""
        # a posted line must find its board whoever posts it
        rows = (
            self.sudo()
            .with_context(active_test=False)
            .search_fetch([], ["analytic_account_id"])
        )
        return {board.analytic_account_id.id: board.id for board in rows}

    @api.model
    def _by_department(self, departments):
        """Return ``{department: party.board}``: the nearest board up the tree.

        Departments that belong to no board are left out.
        """
        boards = self.search([("department_id", "!=", False)])
        board_by_department = {board.department_id.id: board for board in boards}
        found = {}
        for department in departments:
            path = (department.parent_path or "").split("/")
            for part in reversed(path):
                if part and int(part) in board_by_department:
                    found[department] = board_by_department[int(part)]
                    break
        return found

    @api.model
    def _directory_domain(self):
        """Return the domain of the boards that any member of staff may look up."""
        return Domain("company_id", "in", [*self.env.companies.ids, False])

    def _scope_changed(self):
        """Make a change of who sees what act at once, here and in other workers."""
        self.env["res.users"].invalidate_model(
            ["own_board_id", "visible_board_ids", "acting_user_ids", "sees_all_boards"]
        )
        self.env.registry.clear_cache()

    def _is_served(self, service, day=None):
        """Tell whether the office gives this board a service on a day.

        :param str service: accounting, cars, papers or reception
        :param date day: today at the office when not given
        """
        self.ensure_one()
        day = day or local_today(self.env)
        return any(
            row.service == service and row._is_on(day)
            for row in self.sudo().service_ids
        )

    def _accountants_on(self, day):
        """Return the users who follow this board on a day, the primary first."""
        self.ensure_one()
        # routes are resolved for any requester, of whatever role
        current = self.sudo().assignment_ids._filter_on(day)
        return current.sorted(lambda a: a.role == "backup").user_id

    def action_open_handover(self):
        """Open a new hand-over of this board's accounts."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "party.handover",
            "view_mode": "form",
            "name": self.env._("Hand-over of accounts"),
            "context": {
                "default_board_id": self.id,
                "default_from_user_id": self.accountant_id.id,
            },
        }
