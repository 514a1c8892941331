from odoo.tests import freeze_time, tagged

from .common import TODAY, FinanceCase


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMyWorkQueries(FinanceCase):
    """A card of My work costs at most one query more."""

    def _queries(self, count):
        """Add that many claims; return the queries that all cards of the head take."""
        for _ in range(count):
            self._new_claim([1_000]).action_submit()
        self.env.flush_all()
        self.env.invalidate_all()
        items = self.env["party.work.item"].with_user(self.user["head_a"])
        specification = {
            name: {}
            for name in (
                "name",
                "amount",
                "can_decide",
                "content_hash",
                "decision_note",
            )
        }
        domain = [("is_waiting_on_me", "=", True)]
        before = self.env.cr.sql_log_count
        cards = items.web_search_read(domain, specification)["records"]
        self.assertTrue(all(card["can_decide"] for card in cards))
        self.assertIn("6503", cards[0]["decision_note"])
        return self.env.cr.sql_log_count - before

    def test_a_card_costs_at_most_one_query(self):
        self._queries(1)  # warms the caches
        few = self._queries(3)
        many = self._queries(16)
        self.assertLessEqual(many, few + 16)
