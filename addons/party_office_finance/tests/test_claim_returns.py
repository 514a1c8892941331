from psycopg2.errors import RaiseException

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import TODAY, FinanceCase
from .test_reports import ReportCase


class ReturnsCase(FinanceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # what a demo paid and returned is not counted here
        cls.env.cr.execute("DELETE FROM party_clock_entry")
        cls.env.cr.execute(
            "UPDATE party_claim SET paid_on = '2001-01-01' WHERE state = 'paid'"
        )
        cls.env.invalidate_all()
        reason = "party_office_base.return_reason_{}".format
        cls.missing = cls.env.ref(reason("missing_paper"))
        cls.amount = cls.env.ref(reason("amount"))
        cls.other = cls.env.ref(reason("other"))

    def _sent(self, user="staff_a", board=None):
        claim = self._new_claim([1_000], user, board=board)
        claim.action_submit()
        return claim

    def _head(self, claim):
        return claim.with_user(claim.sudo().waiting_user_id)

    def _wizard(self, claim, reasons, text="", decision="returned"):
        action = getattr(
            self._head(claim),
            "action_open_return" if decision == "returned" else "action_open_refuse",
        )()
        wizard = self.env[action["res_model"]].with_user(self.user["head_a"])
        return wizard.with_context(**action["context"]).create(
            {"reason_ids": reasons.ids, "reason": text}
        )


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestClaimReturns(ReturnsCase):
    def test_the_dialog_keeps_the_reasons_with_the_decision(self):
        claim = self._sent()
        wizard = self._wizard(claim, self.missing | self.amount, "Invoice of 3 June")
        wizard.action_confirm()
        self.assertEqual(claim.state, "returned")
        step = claim.sudo().approval_ids.filtered(lambda s: s.state == "returned")
        self.assertRecordValues(
            step,
            [
                {
                    "reason_ids": (self.missing | self.amount).ids,
                    "comment": "Invoice of 3 June",
                    "decided_by_id": self.user["head_a"].id,
                }
            ],
        )
        self.assertIn(self.missing.name, claim.message_ids[0].body)
        box = claim.return_box
        for text in ("head_a", "15/06/2026", self.amount.name, "Invoice of 3 June"):
            self.assertIn(text, box)
        claim.action_submit()
        self.assertFalse(claim.return_box)
        self._wizard(claim, self.missing).action_confirm()
        self.assertIn("returned 2 times", claim.return_box)

    def test_the_text_of_the_box_is_text(self):
        claim = self._sent()
        self._wizard(claim, self.missing, "<script>x</script>").action_confirm()
        self.assertNotIn("<script>", claim.return_box)

    def test_words_alone_go_on_working(self):
        claim = self._sent()
        self._head(claim).action_return("Wrong price")
        step = claim.sudo().approval_ids.filtered(lambda s: s.state == "returned")
        self.assertRecordValues(step, [{"comment": "Wrong price", "reason_ids": []}])

    def test_what_does_not_say_why(self):
        claim = self._sent()
        head = self._head(claim)
        for arguments in ((), ("",), (" ",), (None,), ("", []), ("", self.other.ids)):
            with self.subTest(arguments=arguments), self.assertRaises(UserError):
                head.action_return(*arguments)
        for ids in ("all", [0], [["x"]], {"a": 1}, [self.missing.id, -1]):
            with self.subTest(ids=ids), self.assertRaises(UserError):
                head.action_return("Wrong", ids)
        with self.assertRaisesRegex(UserError, "at least one reason"):
            self._wizard(claim, self.missing.browse(), "Wrong").action_confirm()
        with self.assertRaises(UserError):
            self._wizard(claim, self.missing, "", "refused").action_confirm()
        self.assertEqual(claim.state, "submitted")

    def test_a_reason_alone_is_enough(self):
        claim = self._sent()
        self._head(claim).action_return("", self.missing.ids)
        self.assertEqual(claim.state, "returned")

    def test_only_the_person_it_waits_on_returns(self):
        claim = self._sent()
        for user in ("staff_a", "accountant_a", "accountant_b", "cashier", "manager"):
            with self.subTest(user), self.assertRaises(AccessError):
                claim.with_user(self.user[user]).action_return("x", self.missing.ids)

    def test_reasons_are_kept_by_the_office(self):
        for user in ("staff_a", "head_a", "accountant_a", "cashier", "office_chief"):
            with self.subTest(user), self.assertRaises(AccessError):
                self.missing.with_user(self.user[user]).name = "x"
            with self.subTest(user), self.assertRaises(AccessError):
                self.missing.with_user(self.user[user]).create(
                    {"code": "x", "name": "x"}
                )
        for user in ("manager", "chief_accountant"):
            self.missing.with_user(self.user[user]).name = user

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_the_reasons(self):
        claim = self._sent()
        self._head(claim).action_return("x", self.missing.ids)
        self.env.flush_all()
        step = claim.sudo().approval_ids.filtered(lambda s: s.state == "returned")
        table = self.env["party.approval"]._fields["reason_ids"].relation
        for query in (
            f"DELETE FROM {table} WHERE party_approval_id = {step.id}",
            f"UPDATE {table} SET party_return_reason_id = {self.amount.id} "
            f"WHERE party_approval_id = {step.id}",
            f"INSERT INTO {table} (party_approval_id, party_return_reason_id) "
            f"VALUES ({step.id}, {self.amount.id})",
        ):
            refusal = self.assertRaises(RaiseException)
            with self.subTest(query), refusal, self.env.cr.savepoint():
                self.env.cr.execute(query)

    def test_each_reader_counts_the_returns_of_his_boards(self):
        for user, board in (("staff_a", self.board_a), ("staff_b", self.board_b)):
            claim = self._sent(user, board)
            self._head(claim).action_return("x", (self.missing | self.amount).ids)
        rows = self.env["party.claim.return"]
        domain = [("returned_on", ">=", TODAY)]
        seen = {}
        for user in self.user:
            mine = rows.with_user(self.user[user])
            if not mine.has_access("read"):
                seen[user] = None
                continue
            found = mine.search(domain).board_id
            seen[user] = len(found & (self.board_a | self.board_b))
        self.assertEqual(seen["accountant_a"], 1)
        self.assertEqual(seen["head_b"], 1)
        self.assertEqual(seen["chief_accountant"], 2)
        self.assertEqual(seen["office_chief"], 2)
        for user in ("staff_a", "staff_b", "driver", "clerk", "cashier"):
            self.assertIsNone(seen[user], user)
        grouped = rows.with_user(self.user["accountant_a"])._read_group(
            [*domain, ("board_id", "=", self.board_a.id)],
            ["kind_id", "reason_id"],
            ["__count"],
        )
        self.assertEqual(
            {(kind, reason): count for kind, reason, count in grouped},
            {(self.kind, self.missing): 1, (self.kind, self.amount): 1},
        )


@tagged("post_install", "-at_install")
class TestClaimClock(ReturnsCase, ReportCase):
    """Two claims of board A took 4 and 10 days, one of board B 2."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["party.clock.entry"].search([]).sudo().unlink()

    def _paid(self, days, user="staff_a", board=None, returned=()):
        """Return a claim that was sent on 1 June and went on at the days of June.

        :param days: approved, posted, paid
        :param returned: returned and sent again
        """
        with freeze_time("2026-06-01 02:00:00"):
            claim = self._sent(user, board)
        if returned:
            with freeze_time(f"2026-06-{returned[0]:02} 02:00:00"):
                self._head(claim).action_return("x", self.missing.ids)
            with freeze_time(f"2026-06-{returned[1]:02} 02:00:00"):
                claim.action_submit()
        approved, posted, paid = days
        with freeze_time(f"2026-06-{approved:02} 02:00:00"):
            self._approve(claim)
        with freeze_time(f"2026-06-{posted:02} 02:00:00"):
            self._head(claim).action_post()
        with freeze_time(f"2026-06-{paid:02} 02:00:00"):
            self._head(claim).action_pay()
        return claim

    def _three(self):
        self._paid((2, 4, 5))
        self._paid((6, 8, 11), returned=(2, 5))
        self._paid((2, 2, 3), "staff_b", self.board_b)

    def _clock(self, user):
        page = self.env["party.budget.dashboard"].with_user(self.user[user])
        with freeze_time(TODAY):
            return page.get_dashboard()["clock"]

    def test_medians_on_the_page(self):
        self._three()
        mine = self._clock("accountant_a")
        self.assertEqual(mine["paid"]["days"], 7.0)
        self.assertEqual((mine["paid"]["count"], mine["paid"]["came_back"]), (2, 1))
        self.assertEqual([row["name"] for row in mine["by_board"]], [self.board_a.name])
        self.assertEqual(mine["returns"], 1)
        self.assertEqual(mine["reasons"][0]["name"], self.missing.name)
        everything = self._clock("chief_accountant")
        self.assertEqual(everything["paid"]["days"], 4.0)
        self.assertEqual(
            [
                (row["name"], row["days"], row["count"])
                for row in everything["by_board"]
            ],
            [(self.board_a.name, 7.0, 2), (self.board_b.name, 2.0, 1)],
        )
        self.assertEqual(
            [(row["name"], row["count"]) for row in everything["by_kind"]],
            [(self.kind.name, 3)],
        )

    def test_every_figure_opens_its_list(self):
        self._three()
        for user in ("accountant_a", "chief_accountant", "office_chief", "head_a"):
            clock = self._clock(user)
            claims = self.env["party.claim"].with_user(self.user[user])
            for row in (clock["paid"], *clock["by_kind"], *clock["by_board"]):
                self.assertEqual(claims.search_count(row["domain"]), row["count"])
            returns = self.env["party.claim.return"].with_user(self.user[user])
            for row in clock["reasons"]:
                self.assertEqual(returns.search_count(row["domain"]), row["count"])

    def test_own_request_of_another_board_is_not_counted(self):
        backup = {"date_from": "2026-06-01", "date_to": "2026-06-10", "role": "backup"}
        self._assign(self.board_b, self.user["accountant_a"], **backup)
        claim = self._paid((2, 2, 3), "accountant_a", self.board_b)
        claim.check_access("read")
        self.assertEqual(self._clock("accountant_a")["paid"]["count"], 0)
        self.assertEqual(self._clock("accountant_b")["paid"]["count"], 1)

    def test_nothing_paid_yet(self):
        clock = self._clock("accountant_a")
        self.assertEqual(clock["paid"]["count"], 0)
        self.assertEqual(clock["paid"]["days"], 0)

    def test_the_number_of_queries_is_fixed(self):
        def queries():
            self._clock("chief_accountant")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._clock("chief_accountant")
            return self.env.cr.sql_log_count - before

        self._three()
        few = queries()
        for _number in range(4):
            self._paid((2, 4, 5))
        self.assertLessEqual(queries(), few)

    def test_report_of_times(self):
        self._three()
        report, rows = self._report("claim_clock")
        found = {
            (row.level, row.cells["content"]): (
                row.cells["count"],
                row.cells["days"],
                row.cells["submitted"],
                row.cells["returned"],
                row.cells["approved"],
                row.cells["posted"],
            )
            for row in rows
        }
        self.assertEqual(found[2, "Together"][:2], (3, 4.0))
        self.assertEqual(found[1, self.board_a.name], (2, 7.0, 1.5, 3.0, 2.0, 2.0))
        self.assertEqual(found[1, self.board_b.name], (1, 2.0, 1.0, None, 0.0, 1.0))
        self.assertEqual([row.level for row in rows], [2, 1, 0, 1, 0])
        self.assertIn("days", [column.kind for column in report.columns])

    def test_report_of_returns(self):
        self._three()
        _report, rows = self._report("claim_returns")
        self.assertEqual(
            [(row.level, row.cells["content"], row.cells["returns"]) for row in rows],
            [(1, self.board_a.name, 1), (0, self.kind.name, 1)],
        )
        self.assertEqual(rows[1].cells["reason"], self.missing.name)

    def test_reports_keep_to_the_boards_of_the_reader(self):
        self._three()
        for code in ("claim_clock", "claim_returns"):
            _report, rows = self._report(code, user="accountant_b")
            texts = {row.cells["content"] for row in rows}
            self.assertNotIn(self.board_a.name, texts)

    def test_the_period_is_of_local_days(self):
        clock = self.env["party.claim.clock"]
        begin, end = clock._moments(*[self.line_a.create_date.date()] * 2)
        self.assertEqual((end - begin).days, 1)
        self.assertEqual(begin.hour, 17)
