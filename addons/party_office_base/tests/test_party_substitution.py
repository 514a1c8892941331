from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import PartyOfficeCase


@tagged("post_install", "-at_install")
class TestPartySubstitution(PartyOfficeCase):
    def _values(self, user, substitute):
        return {
            "user_id": self.user[user].id,
            "substitute_id": self.user[substitute].id,
            "date_from": "2026-11-01",
            "date_to": "2026-11-05",
        }

    def test_one_appoints_only_for_oneself(self):
        substitutions = self.env["party.substitution"]
        substitutions.with_user(self.user["head_a"]).create(
            self._values("head_a", "head_b")
        )
        with self.assertRaises(AccessError):
            substitutions.with_user(self.user["staff_a"]).create(
                self._values("head_b", "staff_a")
            )
        chief = substitutions.with_user(self.user["office_chief"])
        with self.assertRaises(AccessError):
            chief.create(self._values("head_b", "office_chief"))
        with self.assertRaises(AccessError):
            substitutions.with_user(self.user["manager"]).create(
                self._values("head_b", "manager")
            )
        chief.create(self._values("head_b", "head_a"))

    def test_nobody_turns_a_substitution_to_himself(self):
        substitution = self.env["party.substitution"].create(
            self._values("head_a", "head_b")
        )
        with self.assertRaises(AccessError):
            substitution.with_user(self.user["staff_b"]).write(
                {"substitute_id": self.user["staff_b"].id}
            )
        with self.assertRaises(AccessError):
            substitution.with_user(self.user["staff_b"]).unlink()

    def test_acts_inside_its_dates(self):
        self.env["party.substitution"].create(self._values("head_a", "head_b"))
        head_b = self.user["head_b"]
        for moment, acts in (
            ("2026-10-31 16:59:00", False),
            ("2026-10-31 17:00:00", True),
            ("2026-11-05 16:59:00", True),
            ("2026-11-05 17:00:00", False),
        ):
            with self.subTest(moment), freeze_time(moment):
                self.env.invalidate_all()
                self.assertEqual(self.user["head_a"] in head_b.acting_user_ids, acts)

    @freeze_time("2026-11-03 03:00:00")
    def test_what_has_begun_is_evidence(self):
        substitution = self.env["party.substitution"].create(
            self._values("head_a", "head_b")
        )
        with self.assertRaises(UserError):
            substitution.unlink()
        with self.assertRaises(UserError):
            substitution.substitute_id = self.user["staff_a"]
        with self.assertRaises(UserError):
            substitution.date_from = "2026-12-01"
        substitution.date_to = "2026-11-03"
