import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .common import TODAY, FinanceCase


class DashboardCase(FinanceCase):
    def _page(self, user, **arguments):
        self.env.invalidate_all()
        page = self.env["party.budget.dashboard"].with_user(self.user[user])
        return page.get_dashboard(**arguments)


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestPartyBudgetDashboard(DashboardCase):
    """The page Money: exact figures, in scope, the list behind each of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.held = cls._approved_claim([3_000_000])
        cls._new_entry(70_000_000).action_post()
        cls.sent = cls._new_claim([1_500_000])
        cls.sent.action_submit()

    def test_figures_are_exact(self):
        page = self._page("accountant_a")
        self.assertEqual(page["face"], "accountant")
        self.assertEqual((page["year"], page["year_share"]), (2026, 45.5))
        (board,) = page["boards"]
        expected = {
            "id": self.board_a.id,
            "allocated": 100_000_000,
            "held": 3_000_000,
            "advanced": 0,
            "spent": 70_000_000,
            "available": 27_000_000,
            "used": 73_000_000,
            "used_share": 73.0,
            "pace": "far_ahead",
            "oldest_days": 0,
        }
        self.assertEqual({name: board[name] for name in expected}, expected)
        for name in ("allocated", "used", "available"):
            self.assertEqual(page["total"][name], expected[name])
        self.assertEqual(board["to_post"]["count"], 1)
        # 70 million in 166 of 365 days, and the hold on top
        self.assertEqual(board["missing"], -(-70_000_000 * 365 // 166) - 97_000_000)
        self.assertEqual(board["runs_out_on"], "2026-08-19")
        self.assertEqual(board["levels"], [])

    def test_what_waits_on_whom(self):
        # the claim that was sent waits on the head, then on the accountant
        head = self._page("head_a")
        self.assertEqual([work["count"] for work in head["mine"]], [1])
        self.assertEqual(
            self._page("accountant_a")["boards"][0]["to_check"]["count"], 0
        )
        self.sent.with_user(self.user["head_a"]).with_context(
            approval_seen=self.sent.sudo().content_hash
        ).action_approve()
        page = self._page("accountant_a")
        self.assertEqual(page["boards"][0]["to_check"]["count"], 1)
        self.assertEqual(self._page("chief_accountant")["mine"], [])

    def test_thresholds(self):
        self._new_entry(24_000_000).action_post()
        (board,) = self._page("accountant_a")["boards"]
        self.assertEqual(
            [(level["level"], level["count"]) for level in board["levels"]],
            [("90", 1), ("80", 1)],
        )
        self.assertEqual(board["levels"][0]["domain"], [("id", "in", self.line_a.ids)])

    def test_faces_and_scope(self):
        a, b = self.board_a.id, self.board_b.id
        for user, face, expected in (
            ("office_chief", "office_chief", {a, b}),
            ("chief_accountant", "chief_accountant", {a, b}),
            ("accountant_a", "accountant", {a}),
            ("accountant_b", "accountant", {b}),
            ("head_a", "board_head", {a}),
            ("head_b", "board_head", {b}),
            ("cashier", "cashier", {a, b}),
        ):
            with self.subTest(user=user):
                page = self._page(user)
                self.assertEqual(page["face"], face)
                shown = {board["id"] for board in page["boards"]} & {a, b}
                self.assertEqual(shown, expected)
        text = json.dumps(self._page("accountant_b"))
        self.assertNotIn(self.board_a.name, json.loads(text)["boards"][0]["name"])
        self.assertNotIn("73000000", text)
        self.assertNotIn(self.held.sudo().name, text)

    def test_nobody_else_gets_it(self):
        for user in ("staff_a", "driver", "clerk", "dispatcher", "manager"):
            with self.subTest(user=user), self.assertRaises(AccessError):
                self._page(user)

    def test_menu(self):
        menu = self.env.ref("party_office_finance.party_budget_dashboard_menu").id
        for user, expected in (
            ("staff_a", False),
            ("driver", False),
            ("manager", False),
            ("accountant_a", True),
            ("head_a", True),
            ("office_chief", True),
        ):
            menus = self.env["ir.ui.menu"].with_user(self.user[user])
            self.assertEqual(menu in menus._visible_menu_ids(), expected, user)

    def test_the_fastest_spender_comes_first(self):
        page = self._page("chief_accountant")
        ours = {self.board_a.id, self.board_b.id}
        shown = [board["id"] for board in page["boards"] if board["id"] in ours]
        self.assertEqual(shown, [self.board_a.id, self.board_b.id])
        shares = [board["used_share"] for board in page["boards"]]
        self.assertEqual(shares, sorted(shares, reverse=True))

    def test_fund_wall_adds_up(self):
        self._allocate(self.board_a, 5_000_000, fund=self.fund_12)
        page = self._page("chief_accountant")
        walls = {fund["wall"]: fund for fund in page["funds"]}
        self.assertGreaterEqual(walls["non_autonomous"]["allocated"], 5_000_000)
        for name in ("allocated", "used", "available"):
            self.assertEqual(
                sum(fund[name] for fund in page["funds"]), page["total"][name]
            )

    def _paid_after_a_return(self):
        reason = self.env.ref("party_office_base.return_reason_amount")
        claim = self._new_claim([2_000])
        claim.action_submit()
        claim.with_user(self.user["head_a"]).action_return("", reason.ids)
        claim.action_submit()
        self._approve(claim)
        claim.with_user(self.user["accountant_a"]).action_post()
        claim.with_user(self.user["cashier"]).action_pay()

    def test_every_count_is_the_length_of_its_list(self):
        models = {
            "mine": "party.work.item",
            "states": "party.claim",
            "steps": "party.clock.entry",
            "drift": "party.budget.drift",
            "decisions": "party.budget.decision",
            "to_check": "party.claim",
            "to_post": "party.claim",
            "levels": "party.budget.line",
            "total": "party.budget.line",
            "funds": "party.budget.line",
            "boards": "party.budget.line",
            "paid": "party.claim",
            "by_kind": "party.claim",
            "by_board": "party.claim",
            "reasons": "party.claim.return",
        }
        self._new_entry(24_000_000).action_post()
        self._paid_after_a_return()
        seen = set()

        def check(name, value, user):
            if isinstance(value, list):
                for item in value:
                    check(name, item, user)
            elif isinstance(value, dict):
                if "domain" in value and "count" in value:
                    seen.add(name)
                    found = (
                        self.env[models[name]]
                        .with_user(self.user[user])
                        .search_count(value["domain"])
                    )
                    self.assertEqual(found, value["count"], (user, name))
                for key, item in value.items():
                    check(key, item, user)

        for user in ("accountant_a", "chief_accountant", "office_chief", "head_a"):
            page = self._page(user)
            for key, value in page.items():
                check(key, value, user)
        self.assertEqual(seen, set(models))

    def test_slow_steps_are_medians(self):
        self.env.cr.execute(
            "DELETE FROM party_clock_entry WHERE res_model = 'party.claim'"
        )
        entries = self.env["party.clock.entry"]
        for days in (1, 2, 9):
            entries.create(
                {
                    "res_model": "party.claim",
                    "res_id": self.held.id,
                    "board_id": self.board_a.id,
                    "user_id": self.user["accountant_a"].id,
                    "step": "Check",
                    "date_from": "2026-06-01 00:00:00",
                    "date_to": f"2026-06-{days + 1:02d} 00:00:00",
                }
            )
        (step,) = self._page("office_chief")["steps"]
        self.assertEqual((step["step"], step["days"], step["count"]), ("Check", 2.0, 3))

    def test_board_head_sees_what_was_asked(self):
        asked = self._page("head_a")["asked"]
        states = {
            row["state"]: (row["count"], row["amount"]) for row in asked["states"]
        }
        self.assertEqual(
            states, {"submitted": (1, 1_500_000), "approved": (1, 3_000_000)}
        )
        self.assertEqual(
            {row["id"] for row in asked["open"]}, {self.sent.id, self.held.id}
        )
        self.assertEqual(self._page("head_b")["asked"]["states"], [])

    def test_a_year_without_budget(self):
        page = self._page("accountant_a", year=2027)
        self.assertEqual(page["boards"], [])
        self.assertEqual(
            page["without_budget"],
            [{"id": self.board_a.id, "name": self.board_a.name}],
        )
        self.assertEqual(page["years"][:2], [2027, 2026])

    def test_day_moves_only_the_clock(self):
        page = self._page("accountant_a", year=2026, day="2026-12-31")
        self.assertEqual(page["year_share"], 100.0)
        (board,) = page["boards"]
        self.assertEqual((board["used"], board["missing"]), (73_000_000, 0))
        self.assertEqual(board["pace"], "behind")

    def test_a_year_is_a_year(self):
        for year in ("2026", 12, [2026]):
            with self.assertRaises(UserError):
                self._page("accountant_a", year=year)


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestPartyBudgetDashboardQueries(DashboardCase):
    """The page costs the same number of queries whatever it shows."""

    USERS = ("office_chief", "chief_accountant", "accountant_a", "head_a")

    def _grow(self, start, boards):
        """Add boards of the accountant, each with lines, and claims of board A."""
        for number in range(start, start + boards):
            board = self._new_board(f"Board {number}", f"N{number}")
            self._assign(board, self.user["accountant_a"])
            for item in (self.fuel, self.supplies):
                self._allocate(board, 1_000_000, item=item)
            self._approved_claim([1_000])
            self._new_claim([2_000]).action_submit()

    def _queries(self, user):
        self._page(user)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.env["party.budget.dashboard"].with_user(self.user[user]).get_dashboard()
        return self.env.cr.sql_log_count - before

    def test_constant_number_of_queries(self):
        self._grow(0, 2)
        few = {user: self._queries(user) for user in self.USERS}
        self._grow(2, 8)
        for user in self.USERS:
            with self.subTest(user=user):
                self.assertEqual(self._queries(user), few[user])
                self.assertLessEqual(few[user], 30)
                self.env.invalidate_all()
                page = self.env["party.budget.dashboard"].with_user(self.user[user])
                with self.assertQueryCount(few[user]):
                    page.get_dashboard()


@tagged("post_install", "-at_install")
class TestPartyBudgetDashboardHttp(FinanceCase, HttpCase):
    """The action and its one call, as the web client makes them."""

    def _rpc(self, method="get_dashboard"):
        return self.url_open(
            f"/web/dataset/call_kw/party.budget.dashboard/{method}",
            data=json.dumps(
                {
                    "params": {
                        "model": "party.budget.dashboard",
                        "method": method,
                        "args": [],
                        "kwargs": {},
                    }
                }
            ),
            headers={"Content-Type": "application/json"},
        ).json()

    def test_action_loads(self):
        login = self.user["accountant_a"].login
        self.authenticate(login, login)
        action = self.url_open(
            "/web/action/load",
            data=json.dumps({"params": {"action_id": "party-money"}}),
            headers={"Content-Type": "application/json"},
        ).json()["result"]
        self.assertEqual(action["tag"], "party_office_finance.dashboard")
        self.assertEqual(self._rpc()["result"]["face"], "accountant")

    @mute_logger("odoo.http")
    def test_staff_is_refused(self):
        login = self.user["staff_a"].login
        self.authenticate(login, login)
        self.assertEqual(
            self._rpc()["error"]["data"]["name"], "odoo.exceptions.AccessError"
        )
        self.assertIn("error", self._rpc("_fund_wall"))
