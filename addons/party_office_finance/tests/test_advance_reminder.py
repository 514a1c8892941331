from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..models.party_advance_reminder import TO_DO
from .advance_common import AdvanceCase
from .common import TODAY


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestAdvanceReminder(AdvanceCase):
    """An advance paid on 15 June, due on 31 July: 7, 3, 1 days before, and after."""

    def setUp(self):
        super().setUp()
        self.advance = self._paid_advance(10_000_000)

    def _to_dos(self, advance=None):
        to_do = self.env.ref(TO_DO)
        advance = (advance or self.advance).sudo()
        return advance.activity_ids.filtered(lambda a: a.activity_type_id == to_do)

    def _run(self, day):
        """Run the cron in the morning of a day at the office."""
        with freeze_time(f"{day} 00:00:00"):
            self.env["party.advance"]._cron_remind()
        return self._to_dos()

    def test_each_once(self):
        said = []
        for day in range(20, 32):
            before = self._to_dos()
            to_dos = self._run(f"2026-07-{day}")
            self.assertLessEqual(len(to_dos), 1, "one to-do at a time")
            if to_dos - before:
                said.append((day, self.advance.sudo().reminded))
                self.assertEqual(to_dos.user_id, self.user["staff_a"])
                self.assertEqual(str(to_dos.date_deadline), "2026-07-31")
                self.assertIn("31/07/2026", to_dos.summary)
                self.assertIn("10.000.000", to_dos.note)
        self.assertEqual(said, [(24, "7"), (28, "3"), (30, "1")])

    def test_overdue_is_said_to_the_accountant_too(self):
        self._run("2026-07-31")
        to_dos = self._run("2026-08-01")
        self.assertEqual(
            to_dos.user_id, self.user["staff_a"] | self.user["accountant_a"]
        )
        self.assertSaysOverdue(to_dos)
        # and never again
        self.assertEqual(self._run("2026-09-15"), to_dos)

    def assertSaysOverdue(self, to_dos):
        """Check the summaries, which are in the language of who reads them."""
        for summary in to_dos.mapped("summary"):
            self.assertRegex(summary, f"{self.advance.name} (is overdue|đã quá hạn)")

    def test_days_without_a_run_leave_one_to_do(self):
        to_dos = self._run("2026-08-20")
        self.assertSaysOverdue(to_dos)
        self.assertEqual(len(to_dos), 2)

    def test_in_the_language_of_who_reads_it(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.user["staff_a"].lang = "vi_VN"
        self.assertIn(self.advance.name, self._run("2026-07-25").summary)

    def test_settled_and_open_again(self):
        self.assertTrue(self._run("2026-07-25"))
        claim = self._settling_claim(self.advance, [10_000_000])
        # all of it is proved: the accountant is to post
        self._to_dos().unlink()
        self.assertFalse(self._run("2026-07-29"))
        move = self._post(claim)
        self.assertFalse(self._to_dos())
        self.assertFalse(self.advance.sudo().reminded)
        move.button_draft()
        claim.action_cancel("wrong papers")
        self.assertTrue(self._run("2026-07-30"))

    def test_to_do_goes_with_the_debt(self):
        self.assertTrue(self._run("2026-08-01"))
        self._post(self._settling_claim(self.advance, [10_000_000]))
        self.assertFalse(self._to_dos())

    def test_nobody_else_is_reminded(self):
        draft = self._new_advance(1_000)
        approved = self._approved_advance(1_000)
        self._run("2026-08-01")
        self.assertFalse(self._to_dos(draft) | self._to_dos(approved))

    def test_the_stage_is_not_forged(self):
        with self.assertRaises(AccessError):
            self.advance.write({"reminded": "0"})
        with self.assertRaises(AccessError):
            self._new_advance(1_000, reminded="0")
