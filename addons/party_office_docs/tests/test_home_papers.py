from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_base.tests.home_case import HomeMixin

from .doing_case import DoingCase

DAY = "2026-06-15 02:00:00"


@tagged("post_install", "-at_install")
@freeze_time(DAY)
class TestHomePapers(HomeMixin, DoingCase):
    def _overdue(self, user="office_chief"):
        """Return ``{unit: number of overdue papers}`` of the chief's picture."""
        parts = self.env["party.home"].with_user(self.user[user])._overdue_parts()
        (papers,) = (part for part in parts if part["tone"] == "danger")
        return papers

    def test_overdue_by_lead(self):
        for day in ("2026-06-14", "2026-06-10", "2026-06-20"):
            self._directed(deadline=day)
        self._directed(lead=self.board_b, deadline="2026-06-14")
        self.env.flush_all()
        papers = self._overdue()
        self.assertEqual(papers["counts"][self.board_a.id], 2)
        self.assertEqual(papers["counts"][self.board_b.id], 1)
        behind = self._records_behind(papers["action"](self.board_a.id), "office_chief")
        self.assertEqual(len(behind), 2)
        self.assertEqual(behind.lead_board_id, self.board_a)
        self.assertTrue(self._card("office_chief", "overdue")["count"] >= 3)

    def test_unit_s_papers(self):
        self.assertEqual(self._papers("head_a"), [0, 0])
        self._directed(deadline="2026-06-14")
        self._directed(deadline="2026-06-17")
        self._directed(lead=self.board_b, deadline="2026-06-14")
        self.assertEqual(self._papers("head_a"), [1, 1])
        self.assertEqual(self._papers("head_b"), [1, 0])
        self.assertIsNone(self._card("staff_a", "unit"))

    def _papers(self, user):
        return [
            value
            for model, value in self._figures(user, "unit")
            if model == "party.document"
        ]

    def test_clerk_s_desk(self):
        before = [value for _behind, value in self._figures("clerk", "desk")]
        self._new_paper()
        self._registered()
        after = [value for _behind, value in self._figures("clerk", "desk")]
        self.assertEqual(
            [one - other for one, other in zip(after, before, strict=True)],
            [1, 1, 0, 0],
        )
        for key in ("staff_a", "accountant_a", "manager", "cashier"):
            self.assertNotIn("party.document", str(self._home(key)["cards"]), key)

    def test_papers_are_no_requests_of_the_clerk(self):
        before = self._card("clerk", "asked")["count"]
        self._directed()
        self.assertEqual(self._card("clerk", "asked")["count"], before)

    def test_same_queries_with_more_papers(self):
        users = ("clerk", "head_a", "office_chief")
        for _number in range(2):
            self._directed(deadline="2026-06-14")
        few = {key: self._queries(key) for key in users}
        for number in range(10):
            lead = self.board_b if number % 2 else self.board_a
            self._directed(lead=lead, deadline="2026-06-14")
        for key, queries in few.items():
            self.assertLessEqual(self._queries(key), queries + 2, key)
