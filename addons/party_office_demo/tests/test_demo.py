import json

from odoo.exceptions import UserError
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

from ..setup.claims import _acting
from ..setup.csv_data import read_table, record


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    """The demo holds what its README promises."""

    def test_every_board_has_an_accountant_today(self):
        boards = self.env["party.board"].search([])
        self.assertGreaterEqual(len(boards), 7)
        for board in boards:
            self.assertTrue(board.accountant_id, board.name)
            self.assertTrue(board.backup_accountant_id, board.name)

    def test_everybody_works_for_one_board(self):
        rows = read_table("res.users")
        users = self.env["res.users"].search(
            [("login", "in", [row["login"] for row in rows])]
        )
        self.assertEqual(len(users), len(rows))
        self.assertTrue(all(user.own_board_id for user in users))
        self.assertEqual(set(users.mapped("lang")), {"vi_VN"})

    def test_office_names_its_persons(self):
        company = self.env.company
        self.assertEqual(company.currency_id.name, "VND")
        self.assertEqual(company.chief_accountant_id.login, "ketoantruong")
        self.assertEqual(company.office_chief_id.login, "chanhvp")
        self.assertEqual(company.deputy_office_chief_id.login, "phochanhvp")
        self.assertEqual(company.dispatcher_id.login, "dieuxe")
        self.assertEqual(company.cashier_id.login, "thuquy")

    def test_new_users_speak_vietnamese(self):
        user = new_test_user(self.env, login="demo_newcomer")
        self.assertEqual(user.lang, "vi_VN")

    def test_claims_in_every_state(self):
        claims = self.env["party.claim"].search([])
        states = {name for name, _label in claims._fields["state"].selection}
        self.assertFalse(states - set(claims.mapped("state")))
        waiting = claims.filtered(lambda c: c.state == "submitted")
        roles = {claim._pending_approval().role for claim in waiting}
        expected = {
            "board_head",
            "assigned_accountant",
            "chief_accountant",
            "deputy_office_chief",
            "office_chief",
        }
        self.assertEqual(roles, expected)

    def test_counters_are_the_sums_of_the_ledger(self):
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT line.id
              FROM party_budget_line line
         LEFT JOIN party_budget_move move ON move.line_id = line.id
          GROUP BY line.id
            HAVING line.allocated <> coalesce(sum(move.delta_allocated), 0)
                OR line.held <> coalesce(sum(move.delta_held), 0)
                OR line.spent <> coalesce(sum(move.delta_spent), 0)
            """
        )
        self.assertFalse(self.env.cr.fetchall())
        total = sum(self.env["party.budget.line"].search([]).mapped("allocated"))
        estimates = sum(int(row["amount"]) for row in read_table("estimates"))
        self.assertEqual(total, estimates)
        self.assertAlmostEqual(total / 1e9, 12, delta=0.2)

    def test_a_refusal_with_figures_can_be_seen(self):
        claim = (
            self.env["party.claim"]
            .search([("board_id", "=", record(self.env, "board", "bnc").id)])
            .filtered(lambda c: c.state == "submitted")
        )
        acting = _acting(claim)
        seen = acting.with_context(approval_seen=acting.content_hash)
        with self.assertRaises(UserError) as refusal:
            seen.action_approve()
        self.assertIn("2.919.580", refusal.exception.args[0])

    def test_accountants_see_only_assigned_boards(self):
        user = record(self.env, "user", "ketoan1")
        rows = self.env["party.board.assignment"].search([("user_id", "=", user.id)])
        assigned = rows.filtered("is_current").board_id
        self.assertLessEqual({"BTC", "UBKT"}, set(assigned.mapped("code")))
        boards = self.env["party.claim"].with_user(user).search([]).board_id
        self.assertLessEqual(boards, assigned)
        self.assertFalse({"BTGDV", "BNC", "DUCCQD"} & set(boards.mapped("code")))

    def test_hand_over_left_history(self):
        board = record(self.env, "board", "btgdv")
        handover = self.env["party.handover"].search([("board_id", "=", board.id)])
        self.assertEqual(handover.state, "done")
        self.assertTrue(handover.line_ids)
        self.assertEqual(board.accountant_id.login, "ketoan2")


@tagged("post_install", "-at_install")
class TestDemoLogin(HttpCase):
    def test_every_login_of_the_list_works_and_has_its_role(self):
        roles = {
            "chanhvp": "office_chief",
            "phochanhvp": "office_chief",
            "ketoantruong": "chief_accountant",
            "ketoan1": "accountant",
            "ketoan2": "accountant",
            "thuquy": "cashier",
            "truongban.btc": "board_head",
            "chuyenvien.btc": "staff",
            "dieuxe": "dispatcher",
            "laixe1": "driver",
            "vanthu": "clerk",
            "quantri": "manager",
        }
        rows = read_table("demo_logins")
        self.assertEqual({row["login"] for row in rows}, set(roles))
        for row in rows:
            with self.subTest(login=row["login"]):
                self.authenticate(row["login"], row["password"])
                user = self.env["res.users"].search([("login", "=", row["login"])])
                self.assertEqual(self._session_info()["uid"], user.id)
                self.assertEqual(user.name, row["name"])
                role = f"party_office_base.group_{roles[row['login']]}"
                self.assertTrue(user.has_group(role))

    def _session_info(self):
        response = self.url_open(
            "/web/session/get_session_info",
            data=json.dumps({"jsonrpc": "2.0", "params": {}}),
            headers={"Content-Type": "application/json"},
        )
        return response.json()["result"]

    def test_login_page_lists_the_roles(self):
        page = self.url_open("/web/login").text
        for row in read_table("demo_logins"):
            self.assertIn(f'data-login="{row["login"]}"', page)
            self.assertIn(row["role"], page)
