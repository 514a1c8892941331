"""Test API of the suite: a small office, two boards, one person for each role."""

from odoo import Command, fields
from odoo.tests import TransactionCase, new_test_user

ROLES = (
    "staff",
    "board_head",
    "accountant",
    "chief_accountant",
    "cashier",
    "dispatcher",
    "driver",
    "clerk",
    "office_chief",
    "manager",
)


class PartyOfficeCase(TransactionCase):
    """Two boards (A, B), each with head, accountant and a member of staff, in VND.

    ``cls.user`` maps a short name to a user: ``head_a, staff_a, accountant_a, head_b,
    staff_b, accountant_b, chief_accountant, office_chief, deputy_chief, cashier,
    dispatcher, driver, clerk, manager``. No demo data is needed.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context=dict(cls.env.context, tracking_disable=True, no_reset_password=True)
        )
        cls.company = cls.env.company
        cls.vnd = cls.env.ref("base.VND")
        cls.vnd.active = True
        if cls.company.currency_id != cls.vnd:
            cls.env.cr.execute(
                "UPDATE res_company SET currency_id = %s WHERE id = %s",
                [cls.vnd.id, cls.company.id],
            )
            cls.env.invalidate_all()
        cls.user = {}
        cls.board_a = cls._new_board("Ban Tổ chức (thử)", "TA")
        cls.board_b = cls._new_board("Ban Nội chính (thử)", "TB")
        cls.office = cls._new_board("Văn phòng (thử)", "TVP", kind="office")
        for letter, board in (("a", cls.board_a), ("b", cls.board_b)):
            cls._new_user(f"head_{letter}", "board_head", board)
            cls._new_user(f"staff_{letter}", "staff", board)
            cls._new_user(f"accountant_{letter}", "accountant", cls.office)
            board.head_id = cls.user[f"head_{letter}"]
            cls._assign(board, cls.user[f"accountant_{letter}"])
        for role in ("chief_accountant", "office_chief", "cashier", "dispatcher"):
            cls._new_user(role, role, cls.office)
        for role in ("driver", "clerk", "manager"):
            cls._new_user(role, role, cls.office)
        cls._new_user("deputy_chief", "office_chief", cls.office)
        cls.office.head_id = cls.user["office_chief"]
        cls.company.write(
            {
                "chief_accountant_id": cls.user["chief_accountant"].id,
                "office_chief_id": cls.user["office_chief"].id,
                "deputy_office_chief_id": cls.user["deputy_chief"].id,
                "dispatcher_id": cls.user["dispatcher"].id,
            }
        )

    @classmethod
    def _new_board(cls, name, code, kind="board"):
        department = cls.env["hr.department"].create({"name": name})
        return cls.env["party.board"].create(
            {
                "name": name,
                "code": code,
                "kind": kind,
                "department_id": department.id,
            }
        )

    @classmethod
    def _new_user(cls, key, role, board=None, groups=""):
        """Create a user with a role (``group_<role>`` of the suite) and an employee."""
        names = ",".join(
            filter(None, ["base.group_user", f"party_office_base.group_{role}", groups])
        )
        user = new_test_user(cls.env, login=f"test_{key}", groups=names, name=key)
        if board:
            cls.env["hr.employee"].create(
                {
                    "name": key,
                    "user_id": user.id,
                    "department_id": board.department_id.id,
                }
            )
        cls.user[key] = user
        return user

    @classmethod
    def _assign(
        cls, board, user, date_from="2020-01-01", date_to=False, role="primary"
    ):
        return cls.env["party.board.assignment"].create(
            {
                "board_id": board.id,
                "user_id": user.id,
                "role": role,
                "date_from": fields.Date.to_date(date_from),
                "date_to": date_to and fields.Date.to_date(date_to),
            }
        )

    @classmethod
    def _new_route(cls, model_name, roles, kind=False, amount_from=0.0):
        """Create an approval route whose steps are held by the given roles."""
        return cls.env["party.approval.route"].create(
            {
                "name": f"{model_name} from {amount_from:.0f}",
                "model_name": model_name,
                "kind": kind,
                "amount_from": amount_from,
                "step_ids": [
                    Command.create({"name": role, "role": role, "sequence": number})
                    for number, role in enumerate(roles)
                ],
            }
        )
