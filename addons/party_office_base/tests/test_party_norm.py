from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from psycopg2.errors import ExclusionViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

ROLES = (
    "staff",
    "driver",
    "clerk",
    "dispatcher",
    "cashier",
    "accountant",
    "board_head",
    "office_chief",
)
KEEPERS = ("manager", "chief_accountant")


@tagged("post_install", "-at_install")
class TestPartyNorm(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US"))
        cls.Norm = cls.env["party.norm"]
        cls.type = cls.env["party.norm.type"].create(
            {"code": "test_meal", "name": "Test meal", "unit": "đồng/day"}
        )
        cls.national, cls.province, cls.internal = cls.env["party.regulation"].create(
            [
                {
                    "number": number,
                    "name": number,
                    "kind": kind,
                    "layer": layer,
                    "date_from": "2020-01-01",
                }
                for number, kind, layer in (
                    ("1/2020/TT-TEST", "circular", "national"),
                    ("2/2020/NQ-TEST", "resolution", "province"),
                    ("3/2020/QC-TEST", "internal_rules", "internal"),
                )
            ]
        )
        cls.rest = cls.env.ref("party_office_base.norm_rank_rest")
        cls.commune = cls.env.ref("party_office_base.norm_area_commune")
        cls.area_province = cls.env.ref("party_office_base.norm_area_province")

    def add(self, layer, value, **kw):
        vals = {
            "type_id": self.type.id,
            "layer": layer,
            "value": value,
            "date_from": "2026-01-01",
            "regulation_id": getattr(self, layer).id,
            "article": "Điều 1",
            "verified": True,
        }
        return self.Norm.create({**vals, **kw})

    @contextmanager
    def refused(self, pattern):
        """The statement is refused with these words, and leaves nothing behind."""
        with (
            self.assertRaisesRegex(ValidationError, pattern),
            self.env.cr.savepoint(),
        ):
            yield

    def get(self, day="2026-06-01", **kw):
        return self.Norm._get("test_meal", day, **kw)

    # ---- which layer

    def test_innermost_layer_wins(self):
        self.add("national", 300000)
        self.assertEqual(self.get().value, Decimal(300000))
        self.add("province", 280000)
        self.assertEqual(self.get().layer, "province")
        self.add("internal", 250000)
        result = self.get()
        self.assertEqual(result.value, Decimal(250000))
        self.assertEqual(result.regulation, "3/2020/QC-TEST")
        self.assertEqual(result.article, "Điều 1")
        self.assertEqual(result.ceiling, Decimal(280000))
        self.assertIn("2/2020/NQ-TEST", result.ceiling_source)
        self.assertEqual(result.unit, "đồng/day")
        self.assertIn("250,000", result.explanation)
        self.assertIn("3/2020/QC-TEST", result.explanation)
        self.assertTrue(result.verified)

    def test_specific_beats_general_and_wider_area_holds(self):
        self.add("national", 100)
        province = self.add("national", 200, area_id=self.area_province.id)
        rest = self.add(
            "national", 150, area_id=self.area_province.id, rank_id=self.rest.id
        )
        self.assertEqual(self.get().value, Decimal(100))
        # a commune is part of the province
        self.assertEqual(self.get(area="commune").key, province.id)
        self.assertEqual(self.get(rank="rest", area="commune").key, rest.id)
        self.assertEqual(self.get(rank="rest", area="tw").value, Decimal(100))

    def test_two_days_of_a_change(self):
        self.add("national", 100, date_to="2026-05-31")
        self.add("national", 120, date_from="2026-06-01")
        self.assertEqual(self.get("2026-05-31").value, Decimal(100))
        self.assertEqual(self.get(date(2026, 6, 1)).value, Decimal(120))

    def test_missing_names_what_is_missing(self):
        self.add("national", 100, rank_id=self.rest.id)
        with self.assertRaisesRegex(UserError, "No norm 'Test meal'.*area .*Norms"):
            self.get(rank="r080", area="tw")
        with self.assertRaisesRegex(UserError, "01/01/2020|Jan 1, 2020"):
            self.get("2020-01-01", rank="rest")
        for kw in ({"rank": "nobody"}, {"area": "moon"}):
            with self.assertRaisesRegex(UserError, "nobody|moon"):
                self.get(**kw)
        with self.assertRaisesRegex(UserError, "no_such_norm"):
            self.Norm._get("no_such_norm", "2026-06-01")

    def test_decimals_are_exact(self):
        self.add("national", 0.2)
        self.assertEqual(self.get().value, Decimal("0.2"))
        self.assertIn("0.2 ", self.get().explanation)

    # ---- ceilings

    def test_lower_layer_may_not_pass(self):
        self.add("national", 300000)
        with self.refused("310,000.*3/2020/QC-TEST.*300,000.*1/2020/TT-TEST"):
            self.add("internal", 310000)
        row = self.add("internal", 300000)
        with self.assertRaises(ValidationError):
            row.value = 300001

    def test_ceiling_of_a_later_day_counts(self):
        self.add("national", 300, date_to="2026-05-31")
        self.add("national", 200, date_from="2026-06-01")
        with self.refused("06/01/2026|Jun 1, 2026"):
            self.add("internal", 250)
        self.add("internal", 250, date_to="2026-05-31")

    def test_stricter_text_binds_older_rows_on_use(self):
        self.add("national", 300)
        row = self.add("internal", 250)
        province = self.add("province", 200, date_from="2026-06-01")
        result = self.get()
        self.assertTrue(result.exceeds)
        self.assertEqual(result.value, Decimal(200))
        self.assertEqual(result.stated, Decimal(250))
        self.assertIn("2/2020/NQ-TEST", result.explanation)
        self.assertIn("250", result.explanation)
        row.invalidate_recordset()
        self.assertIn("200", row.ceiling_note)
        self.assertFalse(province.ceiling_note)
        self.assertFalse(self.get("2026-05-31").exceeds)

    def test_floor(self):
        self.type.bound = "floor"
        self.add("national", 15)
        with self.assertRaises(ValidationError):
            self.add("internal", 12)
        self.add("internal", 20)
        self.assertEqual(self.get().value, Decimal(20))

    def test_general_row_under_specific_ceilings(self):
        city = self.env.ref("party_office_base.norm_area_tw")
        self.add("national", 600, area_id=city.id)
        self.add("national", 500, area_id=self.area_province.id)
        with self.assertRaises(ValidationError):
            self.add("internal", 601)
        self.add("internal", 550)
        self.assertEqual(self.get(area="tw").value, Decimal(550))
        self.assertEqual(self.get(area="province").value, Decimal(500))

    # ---- the database

    def test_overlap_is_refused_by_the_database(self):
        self.env.cr.execute(
            "SELECT contype FROM pg_constraint WHERE conname = %s",
            ["party_norm_no_overlap"],
        )
        self.assertEqual(self.env.cr.fetchall(), [("x",)])
        self.add("national", 100)  # rank, area, office empty, no end
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(ExclusionViolation),
            self.env.cr.savepoint(),
        ):
            self.add("national", 110, date_from="2027-01-01")
        self.add("national", 110, date_to="2025-12-31", date_from="2025-01-01")
        self.add("national", 110, rank_id=self.rest.id)
        self.add("national", 110, area_id=self.commune.id)
        self.add("province", 100)

    # ---- what is shipped

    def test_shipped_rates(self):
        cases = [
            # code, day, rank, area, value, regulation, verified
            ("travel_per_diem", "2025-05-03", None, None, "200000", "40/2017", True),
            ("travel_per_diem", "2025-05-04", None, None, "300000", "12/2025", True),
            ("travel_per_diem", "2026-01-01", None, "sea_island", "400000", "12", True),
            ("lodging_lump", "2026-01-01", "rest", "tw", "600000", "12/2025", False),
            ("lodging_lump", "2026-01-01", "minister", "tw", "1600000", "12/", True),
            ("own_vehicle_fuel", "2026-01-01", None, "commune", "0.2", "12/", False),
            ("own_vehicle_min_km", "2026-01-01", None, "special", "10", "12/", False),
            ("own_vehicle_min_km", "2026-01-01", None, "commune", "15", "12/", False),
            ("guest_drink", "2026-05-17", None, None, "20000", "71/2018", False),
            ("guest_drink", "2026-05-18", None, None, "60000", "35/2026", True),
            ("guest_meal", "2026-11-22", None, None, "600000", "35/2026", True),
            ("foreign_food", "2026-06-01", "guest_a_head", None, "3000000", "35", True),
            ("base_salary", "2026-06-30", None, None, "2340000", "73/2024", True),
            ("base_salary", "2026-07-01", None, None, "2530000", "161/2026", True),
        ]
        for code, day, rank, area, value, regulation, verified in cases:
            with self.subTest(code=code, day=day, rank=rank, area=area):
                result = self.Norm.with_company(self.env.company)._get(
                    code, day, rank, area
                )
                self.assertEqual(result.value, Decimal(value))
                self.assertTrue(result.regulation.startswith(regulation))
                self.assertEqual(result.verified, verified)

    def test_unverified_rows_say_what_to_check(self):
        rows = self.Norm.search([("verified", "=", False)]).filtered("is_official")
        self.assertTrue(rows)
        self.assertFalse(rows.filtered(lambda row: not row.verify_note))

    def test_rank_by_coefficient(self):
        Rank = self.env["party.norm.rank"]
        codes = [Rank._for_coefficient(c).code for c in (1.3, 1.25, 1.2, 0.8, 0.7, 0)]
        self.assertEqual(codes, ["r125", "r125", "r080", "r080", "rest", "rest"])

    # ---- screens

    @freeze_time("2026-06-01")
    def test_applies_today(self):
        national = self.add("national", 300)
        province = self.add("province", 200)
        old = self.add("national", 100, date_from="2025-01-01", date_to="2025-12-31")
        rows = national | province | old
        self.assertEqual(rows.filtered("applies_today"), province)
        self.assertEqual(rows.filtered("in_force_today"), national | province)
        domain = [("id", "in", rows.ids)]
        found = self.Norm.search([*domain, ("applies_today", "=", True)])
        self.assertEqual(found, province)
        found = self.Norm.search([*domain, ("applies_today", "=", False)])
        self.assertEqual(found, national | old)
        found = self.Norm.search([*domain, ("in_force_today", "!=", True)])
        self.assertEqual(found, old)

    # ---- who may

    def test_official_rows(self):
        manager = new_test_user(
            self.env, "norm_keeper", groups="party_office_base.group_manager"
        )
        official = self.env.ref(
            "party_office_base.norm_tt_12_2025_lodging_lump_rest_tw"
        ).with_user(manager)
        self.assertTrue(official.is_official)
        for vals in ({"value": 1}, {"verified": True}, {"checked_by_id": manager.id}):
            with self.assertRaises(UserError):
                official.write(vals)
        with self.assertRaises(UserError):
            official.unlink()
        self.assertTrue(official.needs_check)
        official.action_confirm_checked()
        self.assertFalse(official.needs_check)
        self.assertEqual(official.checked_by_id, manager)
        official.date_to = "2026-12-31"
        own = self.add("internal", 5)
        self.assertFalse(own.is_official)
        own.with_user(manager).value = 6
        own.with_user(manager).unlink()

    def test_two_rows_at_once(self):
        rows = self.add("national", 1, verified=False) | self.add(
            "province", 1, verified=False
        )
        rows.action_confirm_checked()
        self.assertEqual(rows.mapped("needs_check"), [False, False])
        rows.write({"date_to": "2026-12-31"})
        rows.unlink()

    def test_access_of_each_role(self):
        row = self.add("national", 10)
        for role in ROLES + KEEPERS:
            user = new_test_user(
                self.env, f"norm_{role}", groups=f"party_office_base.group_{role}"
            )
            mine = row.with_user(user)
            with self.subTest(role=role):
                self.assertEqual(mine.value, 10)
                self.assertEqual(mine._get("test_meal", "2026-06-01").value, 10)
                for operation in ("write", "create", "unlink"):
                    self.assertEqual(mine.has_access(operation), role in KEEPERS)
                if role not in KEEPERS:
                    with self.assertRaises(AccessError):
                        mine.action_confirm_checked()
                    with self.assertRaises(AccessError):
                        mine.write({"value": 9})

    def test_other_office_does_not_see_our_rules(self):
        other = self.env["res.company"].create({"name": "Other office"})
        self.add("national", 300)
        row = self.add("internal", 250)
        self.assertEqual(row.company_id, self.env.company)
        result = self.Norm.with_company(other)._get("test_meal", "2026-06-01")
        self.assertEqual(result.value, Decimal(300))
