from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import tagged

from .common import PartyOfficeCase


@tagged("post_install", "-at_install")
class TestPartyBoard(PartyOfficeCase):
    def test_a_board_is_an_analytic_account_of_the_base_plan(self):
        account = self.board_a.analytic_account_id
        self.assertTrue(account.is_party_board)
        self.assertEqual(account.name, "Ban Tổ chức (thử)")
        self.assertEqual(account.plan_id._column_name(), "account_id")

    def test_own_board_is_found_through_rooms(self):
        room = self.env["hr.department"].create(
            {"name": "Phòng", "parent_id": self.board_a.department_id.id}
        )
        user = self._new_user("room", "staff")
        self.env["hr.employee"].create(
            {"name": "room", "user_id": user.id, "department_id": room.id}
        )
        self.assertEqual(user.own_board_id, self.board_a)
        self.assertEqual(user.visible_board_ids, self.board_a)

    def test_roles_that_see_all_boards(self):
        for key in ("chief_accountant", "office_chief", "cashier", "manager"):
            with self.subTest(key):
                boards = self.user[key].visible_board_ids
                self.assertIn(self.board_a, boards)
                self.assertIn(self.board_b, boards)
        for key in ("staff_a", "head_a", "accountant_a", "driver", "clerk"):
            with self.subTest(key):
                self.assertNotIn(self.board_b, self.user[key].visible_board_ids)

    def test_directory_is_open_and_the_account_behind_it_is_not(self):
        directory = self.env["party.board"].with_user(self.user["staff_a"])
        self.assertIn(self.board_b, directory.search([("name", "ilike", "noi chinh")]))
        board = directory.browse(self.board_b.id)
        self.assertEqual(board.name, "Ban Nội chính (thử)")
        self.assertEqual(board.accountant_id, self.user["accountant_b"])
        accounts = self.env["account.analytic.account"].with_user(
            self.user["accountant_a"]
        )
        self.assertFalse(
            accounts.search([("id", "=", self.board_b.analytic_account_id.id)])
        )
        self.assertTrue(
            accounts.search([("id", "=", self.board_a.analytic_account_id.id)])
        )

    def test_staff_cannot_change_boards(self):
        for key in ("staff_a", "head_a", "accountant_a", "chief_accountant", "clerk"):
            with self.subTest(key), self.assertRaises(AccessError):
                self.board_a.with_user(self.user[key]).write({"head_id": False})

    def test_manager_keeps_boards(self):
        boards = self.env["party.board"].with_user(self.user["manager"])
        board = boards.create({"name": "Ban mới", "code": "TM"})
        board.head_id = self.user["head_a"]
        self.assertIn(board, self.user["head_a"].visible_board_ids)

    def test_search_by_todays_accountant(self):
        boards = self.env["party.board"]
        mine = boards.search([("accountant_id", "=", self.user["accountant_a"].id)])
        self.assertEqual(mine, self.board_a)
        without = boards.search([("accountant_id", "=", False)])
        self.assertIn(self.office, without)
        self.assertNotIn(self.board_a, without)

    def test_services_have_dates(self):
        self.env["party.board.service"].create(
            {
                "board_id": self.board_a.id,
                "service": "cars",
                "date_from": "2026-01-01",
                "date_to": "2026-06-30",
            }
        )
        self.assertTrue(self.board_a._is_served("cars", Date.to_date("2026-06-30")))
        self.assertFalse(self.board_a._is_served("cars", Date.to_date("2026-07-01")))
        self.assertFalse(self.board_a._is_served("papers", Date.to_date("2026-06-30")))

    def test_board_with_money_is_not_deleted(self):
        self.env["account.analytic.line"].create(
            {
                "name": "x",
                "account_id": self.board_a.analytic_account_id.id,
                "amount": -1,
            }
        )
        with self.assertRaises(UserError):
            self.board_a.unlink()
