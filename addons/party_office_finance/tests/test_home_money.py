from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_base.tests.home_case import HomeMixin

from .common import TODAY
from .payment_case import PaymentCase


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestHomeMoney(HomeMixin, PaymentCase):
    """Board A has used 73 of 200 million; 45.5 % of the year has passed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.approved = cls._approved_claim([3_000_000])
        cls._new_entry(70_000_000).action_post()

    def _money(self, user):
        card = self._card(user, "money")
        return {row["id"]: row for row in card["rows"]} if card else {}

    def test_head_and_accountant_see_their_board_exactly(self):
        for user in ("head_a", "accountant_a"):
            rows = self._money(user)
            self.assertEqual(list(rows), [self.board_a.id], user)
            row = rows[self.board_a.id]
            self.assertEqual((row["used"], row["mark"]), (36.5, 45.5))
            self.assertEqual(row["parts"], [{"share": 36.5, "tone": "success"}])
            self.assertIn("127 ", row["value"])
            self.assertIn("200 ", row["text"])
            self.assertIn("3 ", row["text"])
            lines = self._records_behind(row["action"], user)
            self.assertEqual(sum(lines.mapped("available")), 127_000_000)

    def test_who_follows_no_money_has_no_card(self):
        for user in ("staff_a", "clerk", "driver", "dispatcher", "manager", "cashier"):
            self.assertFalse(self._money(user), user)

    def test_other_boards_are_never_named(self):
        for user, other in (
            ("head_a", self.board_b),
            ("accountant_a", self.board_b),
            ("head_b", self.board_a),
        ):
            self.assertNotIn(other.id, self._money(user), user)
            self.assertNotIn(other.name, str(self._card(user, "money")), user)

    def test_chief_sees_fastest_spender_first(self):
        card = self._card("office_chief", "money")
        used = [row["used"] for row in card["rows"]]
        self.assertEqual(used, sorted(used, reverse=True))

    def test_accountant_s_queue(self):
        row = self._money("accountant_a")[self.board_a.id]
        (link,) = row["links"]
        waiting = self._records_behind(link["action"], "accountant_a")
        # an approved claim waits on its accountant to be posted
        self.assertEqual(waiting, self.approved)
        self.assertFalse(self._money("head_a")[self.board_a.id]["links"])

    def test_cashier_s_desk(self):
        self._keep_one_cashier()
        desk = "party_office_finance.party_cashier_desk_action"
        ((behind, before), *_rest) = self._figures("cashier", "desk")
        self.assertEqual(behind, desk)
        rows = self._card("cashier", "desk")["rows"]
        claim = self._waiting_claim(1_250_000)
        self.assertEqual(self._figures("cashier", "desk")[0], (desk, before + 1))
        self.assertNotEqual(self._card("cashier", "desk")["rows"][1], rows[1])
        self.assertIn("1", rows[2]["value"])
        claim.with_user(self.user["cashier"]).action_pay()
        self.assertEqual(self._figures("cashier", "desk")[0], (desk, before))
        self.assertIsNone(self._card("staff_a", "desk"))

    def test_amounts_as_people_say_them(self):
        home = self.env["party.home"]
        self.assertTrue(home._short(1_250_000_000).startswith("1,25 "))
        self.assertTrue(home._short(12_500_000).startswith("12,5 "))
        self.assertEqual(home._short(950_000), "950.000 đ")
        self.assertEqual(home._short(0), "0 đ")

    def test_same_queries_with_more_claims(self):
        users = ("accountant_a", "head_a", "office_chief", "cashier")
        for _number in range(2):
            self._approved_claim([10_000])
        few = {key: self._queries(key) for key in users}
        for _number in range(8):
            self._approved_claim([10_000])
        for key, queries in few.items():
            self.assertLessEqual(self._queries(key), queries + 2, key)
