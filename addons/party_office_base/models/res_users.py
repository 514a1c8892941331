from odoo import api, fields, models

from ..office_time import local_today

ALL_BOARD_ROLES = (
    "party_office_base.group_chief_accountant",
    "party_office_base.group_office_chief",
    "party_office_base.group_cashier",
    "party_office_base.group_manager",
)


class ResUsers(models.Model):
    _inherit = "res.users"

    board_assignment_ids = fields.One2many(
        "party.board.assignment", "user_id", string="Assigned boards"
    )
    headed_board_ids = fields.One2many("party.board", "head_id")
    deputy_headed_board_ids = fields.One2many("party.board", "deputy_head_id")
    substitution_ids = fields.One2many("party.substitution", "substitute_id")
    own_board_id = fields.Many2one(
        "party.board",
        string="Board",
        compute="_compute_own_board_id",
        compute_sudo=True,
        help="The board where the employee works.",
    )
    sees_all_boards = fields.Boolean(
        compute="_compute_visible_board_ids", compute_sudo=True
    )
    visible_board_ids = fields.Many2many(
        "party.board",
        compute="_compute_visible_board_ids",
        compute_sudo=True,
        help="Boards whose documents and money this user may see today.",
    )
    acting_user_ids = fields.Many2many(
        "res.users",
        compute="_compute_acting_user_ids",
        compute_sudo=True,
        help="The user and those whom he substitutes today.",
    )

    @api.depends("employee_ids.department_id.parent_path")
    def _compute_own_board_id(self):
        # a slice would be read alone: the employees of all users are read together
        together = self.employee_ids.ids
        departments = {
            user: user.employee_ids[:1].with_prefetch(together).department_id
            for user in self
        }
        boards = self.env["party.board"]._by_department(
            self.env["hr.department"].union(*departments.values())
        )
        for user, department in departments.items():
            user.own_board_id = boards.get(department, False)

    @api.depends(
        "all_group_ids",
        "own_board_id",
        "headed_board_ids",
        "deputy_headed_board_ids",
        "board_assignment_ids.board_id",
        "board_assignment_ids.date_from",
        "board_assignment_ids.date_to",
    )
    def _compute_visible_board_ids(self):
        today = local_today(self.env)
        every_board = self.env["party.board"].with_context(active_test=False)
        for user in self:
            user.sees_all_boards = any(user.has_group(role) for role in ALL_BOARD_ROLES)
            if user.sees_all_boards:
                user.visible_board_ids = every_board._search([]).get_result_ids()
                continue
            # accountants work in the office, whose money is not theirs to follow
            # unless they are assigned to it
            follows = user.has_group("party_office_base.group_accountant")
            user.visible_board_ids = (
                (every_board.browse() if follows else user.own_board_id)
                | user.headed_board_ids
                | user.deputy_headed_board_ids
                | user.board_assignment_ids._filter_on(today).board_id
            )

    @api.depends(
        "substitution_ids.user_id",
        "substitution_ids.active",
        "substitution_ids.date_from",
        "substitution_ids.date_to",
    )
    def _compute_acting_user_ids(self):
        today = local_today(self.env)
        for user in self:
            current = user.substitution_ids.filtered(lambda s: s._is_on(today))
            user.acting_user_ids = user | current.user_id

    def write(self, vals):
        result = super().write(vals)
        if "group_ids" in vals:
            self.env["party.board"]._scope_changed()
        return result
