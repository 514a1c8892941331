"""Deciding and posting a claim costs the same however much was booked before."""

from odoo.tests import tagged

from .common import FinanceCase


@tagged("post_install", "-at_install")
class TestClaimQueries(FinanceCase):
    def _queries(self, action):
        """Return how many queries an action needs, caches cold."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        action()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _measured_claim(self):
        """Return the queries of the last approval and of posting, for one claim."""
        claim = self._new_claim([1_000, 2_000])
        claim.action_submit()
        while (
            len(claim._current_approvals().filtered(lambda a: not a.decided_by_id)) > 1
        ):
            self._approve_once(claim)
        accountant = claim.with_user(self.user["accountant_a"])
        return (
            self._queries(lambda: self._approve_once(claim)),
            self._queries(accountant.action_post),
        )

    def _approve_once(self, claim):
        user = claim.sudo().waiting_user_id
        seen = claim.with_user(user).content_hash
        claim.with_user(user).with_context(approval_seen=seen).action_approve()

    def test_constant(self):
        self._measured_claim()
        few = self._measured_claim()
        for _number in range(12):
            self._approved_claim([100] * 10)
        many = self._measured_claim()
        # the ORM flushes in an order that varies by a few statements; a query for each
        # earlier claim or row would be twelve or a hundred and twenty
        for before, after in zip(few, many, strict=True):
            self.assertAlmostEqual(after, before, delta=4)
