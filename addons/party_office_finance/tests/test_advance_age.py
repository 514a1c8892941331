from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .advance_common import AdvanceCase
from .common import TODAY

AGES = {
    "2026-07-31": ("in_time", 0),
    "2026-08-01": ("to_30", 1),
    "2026-08-30": ("to_30", 30),
    "2026-08-31": ("to_90", 31),
    "2026-10-29": ("to_90", 90),
    "2026-10-30": ("over_90", 91),
}


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestAdvanceAge(AdvanceCase):
    """Open advances by how late they are, for those who follow their boards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(TODAY):
            cls.advance = cls._paid_advance(10_000_000)
            cls.other = cls._paid_advance(2_000_000, "staff_b", board=cls.board_b)

    def _rows(self, user="chief_accountant"):
        ages = self.env["party.advance.age"].with_user(self.user[user])
        return ages.search([("advance_id", "in", (self.advance | self.other).ids)])

    def test_ages(self):
        for day, (age, late) in AGES.items():
            with self.subTest(day), freeze_time(f"{day} 05:00:00"):
                self.env.invalidate_all()
                row = self._rows().filtered(lambda r: r.advance_id == self.advance)
                self.assertRecordValues(
                    row,
                    [
                        {
                            "age": age,
                            "days_overdue": late,
                            "days_open": late + 46 if late else 46,
                            "remaining": 10_000_000,
                            "reserved": 0,
                            "requester_id": self.user["staff_a"].id,
                        }
                    ],
                )

    def test_the_day_is_the_offices(self):
        """18:00 UTC on 31 July is already 1 August in Viet Nam."""
        with freeze_time("2026-07-31 18:00:00"):
            self.assertEqual(set(self._rows().mapped("age")), {"to_30"})

    def test_pivot(self):
        with freeze_time("2026-08-15 05:00:00"):
            groups = self._rows()._read_group(
                [("id", "in", (self.advance | self.other).ids)],
                ["board_id", "age"],
                ["remaining:sum"],
            )
        self.assertEqual(
            {(board, age): amount for board, age, amount in groups},
            {(self.board_a, "to_30"): 10_000_000, (self.board_b, "to_30"): 2_000_000},
        )

    def test_only_what_is_owed(self):
        self._settling_claim(self.advance, [4_000_000])
        row = self._rows("accountant_a")
        self.assertEqual((row.remaining, row.reserved), (10_000_000, 4_000_000))
        rest = self._settling_claim(self.advance, [6_000_000])
        for claim in self.advance.sudo().claim_ids:
            self._post(claim)
        self.assertEqual(rest.state, "paid")
        self.assertFalse(self._rows("accountant_a"))
        self.assertFalse(self.env["party.advance.age"].browse(self.advance.id).exists())

    def test_who_sees_what(self):
        for user, seen in {
            "chief_accountant": self.advance | self.other,
            "office_chief": self.advance | self.other,
            "cashier": self.advance | self.other,
            "accountant_a": self.advance,
            "head_a": self.advance,
            "accountant_b": self.other,
            "head_b": self.other,
        }.items():
            with self.subTest(user):
                self.assertEqual(self._rows(user).advance_id, seen)
        for user in ("staff_a", "staff_b", "driver", "clerk", "manager"):
            with self.subTest(user), self.assertRaises(AccessError):
                self._rows(user)
        row = self._rows("accountant_a")
        self.assertEqual(row.action_open_advance()["res_id"], self.advance.id)
        with self.assertRaises(AccessError):
            row.write({"age": "in_time"})
        with self.assertRaises(AccessError):
            row.with_user(self.user["accountant_b"]).read(["remaining"])
