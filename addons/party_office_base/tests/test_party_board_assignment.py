from psycopg2.errors import ExclusionViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import PartyOfficeCase


@tagged("post_install", "-at_install")
class TestPartyBoardAssignment(PartyOfficeCase):
    def test_the_constraints_exist_in_the_database(self):
        """Odoo only logs a constraint that it failed to create."""
        self.env.cr.execute(
            """
            SELECT conname FROM pg_constraint
            WHERE contype = 'x' AND conrelid = ANY (%s::regclass[])
            """,
            [
                [
                    "party_board_assignment",
                    "party_board_service",
                    "party_substitution",
                ]
            ],
        )
        self.assertEqual(
            {name for (name,) in self.env.cr.fetchall()},
            {
                "party_board_assignment_one_primary",
                "party_board_assignment_one_role_a_person",
                "party_board_service_no_overlap",
                "party_substitution_one_at_a_time",
            },
        )

    @mute_logger("odoo.sql_db")
    def test_one_primary_for_a_board_and_day(self):
        with self.assertRaises(ExclusionViolation), self.env.cr.savepoint():
            self._assign(self.board_a, self.user["accountant_b"], "2026-01-01")
        # the day after the first ends is free
        self.board_a.assignment_ids.date_to = "2026-06-30"
        self._assign(self.board_a, self.user["accountant_b"], "2026-07-01")
        with freeze_time("2026-06-30 12:00:00"):
            self.board_a.invalidate_recordset()
            self.assertEqual(self.board_a.accountant_id, self.user["accountant_a"])
        with freeze_time("2026-07-01 12:00:00"):
            self.board_a.invalidate_recordset()
            self.assertEqual(self.board_a.accountant_id, self.user["accountant_b"])

    def test_a_backup_sees_the_board_too(self):
        self._assign(
            self.board_a, self.user["accountant_b"], "2026-01-01", role="backup"
        )
        self.assertIn(self.board_a, self.user["accountant_b"].visible_board_ids)
        self.assertEqual(self.board_a.backup_accountant_id, self.user["accountant_b"])

    def test_reassignment_acts_at_once(self):
        """The cached rule domain must not outlive the write."""
        account = self.board_a.analytic_account_id
        accounts = self.env["account.analytic.account"]
        old = accounts.with_user(self.user["accountant_a"])
        new = accounts.with_user(self.user["accountant_b"])
        self.assertTrue(old.search_count([("id", "=", account.id)]))
        self.assertFalse(new.search_count([("id", "=", account.id)]))
        self.board_a.assignment_ids.date_to = "2020-12-31"
        self._assign(self.board_a, self.user["accountant_b"], "2021-01-01")
        self.assertFalse(old.search_count([("id", "=", account.id)]))
        self.assertTrue(new.search_count([("id", "=", account.id)]))

    def test_midnight_in_viet_nam_is_the_border(self):
        """17:00 UTC is midnight in Viet Nam; nothing is written at the border."""
        self.board_a.assignment_ids.date_to = "2026-06-30"
        accounts = self.env["account.analytic.account"].with_user(
            self.user["accountant_a"]
        )
        domain = [("id", "=", self.board_a.analytic_account_id.id)]
        with freeze_time("2026-06-30 16:59:00"):
            self.env.invalidate_all()
            self.assertTrue(accounts.search_count(domain))
        with freeze_time("2026-06-30 17:00:00"):
            self.env.invalidate_all()
            self.assertFalse(accounts.search_count(domain))

    def test_only_the_chief_accountant_and_the_manager_assign(self):
        values = {
            "board_id": self.office.id,
            "user_id": self.user["accountant_a"].id,
            "date_from": "2026-01-01",
        }
        assignments = self.env["party.board.assignment"]
        for key in ("staff_a", "head_a", "accountant_a", "cashier", "office_chief"):
            with self.subTest(key), self.assertRaises(AccessError):
                assignments.with_user(self.user[key]).create(values)
        assignments.with_user(self.user["chief_accountant"]).create(values)
        self.assertEqual(self.office.accountant_id, self.user["accountant_a"])

    def test_only_accountants_are_assigned(self):
        with self.assertRaises(ValidationError):
            self._assign(self.office, self.user["staff_a"])

    def test_history_is_not_rewritten(self):
        assignment = self.board_a.assignment_ids
        for change in (
            lambda: assignment.unlink(),
            lambda: assignment.write({"user_id": self.user["accountant_b"].id}),
            lambda: assignment.write({"date_from": "2030-01-01"}),
        ):
            with self.assertRaises(UserError):
                change()

    def test_a_move_to_another_board_acts_at_once(self):
        staff = self.user["staff_a"]
        moves = self.env["account.analytic.account"].with_user(staff)
        rule = self.env["ir.rule"].with_user(staff)
        before = rule._compute_domain("account.analytic.account", "read")
        staff.employee_ids.department_id = self.board_b.department_id
        self.assertEqual(staff.visible_board_ids, self.board_b)
        after = moves.env["ir.rule"]._compute_domain("account.analytic.account", "read")
        self.assertNotEqual(before, after)


@tagged("post_install", "-at_install")
class TestPartyHandover(PartyOfficeCase):
    def _handover(self, date):
        return (
            self.env["party.handover"]
            .with_user(self.user["chief_accountant"])
            .create(
                {
                    "board_id": self.board_a.id,
                    "from_user_id": self.user["accountant_a"].id,
                    "to_user_id": self.user["accountant_b"].id,
                    "date": date,
                    "note": "Hóa đơn tháng 10 còn thiếu.",
                }
            )
        )

    @freeze_time("2026-11-10 03:00:00")
    def test_handover_closes_and_opens(self):
        handover = self._handover("2026-11-10")
        handover.action_confirm()
        self.assertEqual(self.board_a.accountant_id, self.user["accountant_b"])
        self.assertRecordValues(
            self.board_a.assignment_ids.sorted("date_from"),
            [
                {"user_id": self.user["accountant_a"].id, "note": False},
                {
                    "user_id": self.user["accountant_b"].id,
                    "note": "Hóa đơn tháng 10 còn thiếu.",
                },
            ],
        )
        with self.assertRaises(UserError):
            handover.action_confirm()
        with self.assertRaises(UserError):
            handover.unlink()

    @freeze_time("2026-11-10 03:00:00")
    def test_handover_on_a_later_day_waits_for_it(self):
        self._handover("2026-12-01").action_confirm()
        self.assertEqual(self.board_a.accountant_id, self.user["accountant_a"])
        with freeze_time("2026-12-01 03:00:00"):
            self.env.invalidate_all()
            self.assertEqual(self.board_a.accountant_id, self.user["accountant_b"])

    def test_handover_before_the_beginning_is_refused(self):
        with self.assertRaisesRegex(UserError, "must be later"):
            self._handover("2020-01-01").action_confirm()

    def test_two_at_once(self):
        handovers = self._handover("2026-11-01")
        handovers |= self.env["party.handover"].create(
            {
                "board_id": self.board_b.id,
                "from_user_id": self.user["accountant_b"].id,
                "to_user_id": self.user["accountant_a"].id,
                "date": "2026-11-01",
            }
        )
        handovers.action_confirm()
        self.assertEqual(set(handovers.mapped("state")), {"done"})

    def test_an_accountant_cannot_hand_over(self):
        with self.assertRaises(AccessError):
            self._handover("2026-11-01").with_user(
                self.user["accountant_a"]
            ).action_confirm()
