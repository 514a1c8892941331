from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestPartyRegulation(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Regulation = cls.env["party.regulation"]
        vals = {"kind": "circular", "name": "Test"}
        cls.expired, cls.coming, cls.in_force, cls.unknown, cls.replaced = (
            cls.Regulation.create(
                [
                    {**vals, "number": "T1", "date_to": "2026-05-17"},
                    {**vals, "number": "T2", "date_from": "2026-06-02"},
                    {**vals, "number": "T3", "date_from": "2026-06-01"},
                    {**vals, "number": "T4"},
                    {**vals, "number": "T5", "date_from": "2020-01-01"},
                ]
            )
        )
        cls.replaced.replaced_by_id = cls.in_force
        cls.all = cls.expired | cls.coming | cls.in_force | cls.unknown | cls.replaced

    @freeze_time("2026-06-01")
    def test_state(self):
        self.assertEqual(
            self.all.mapped("state"),
            ["expired", "coming", "in_force", "unknown", "unknown"],
        )

    @freeze_time("2026-06-01")
    def test_search_agrees_with_state(self):
        for state in ("expired", "coming", "in_force", "unknown"):
            for operator in ("=", "!="):
                with self.subTest(state=state, operator=operator):
                    found = self.Regulation.search(
                        [("id", "in", self.all.ids), ("state", operator, state)]
                    )
                    expected = self.all.filtered(
                        lambda row, state=state, equal=operator == "=": (
                            (row.state == state) == equal
                        )
                    )
                    self.assertEqual(set(found.ids), set(expected.ids))

    @mute_logger("odoo.sql_db")
    def test_database_refuses(self):
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self.Regulation.create({"number": "T1", "kind": "law", "name": "again"})
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self.in_force.write({"date_to": "2026-05-31"})
            self.in_force.flush_recordset()

    def test_find_by_number_or_title(self):
        self.in_force.name = "Some long title"
        found = self.Regulation.name_search("long title")
        self.assertIn(self.in_force.id, [row[0] for row in found])
        self.assertEqual(self.in_force.display_name, "T3")
        self.assertEqual(
            self.in_force.with_context(show_title=True).display_name,
            "T3 Some long title",
        )

    def test_official_rows_only_close(self):
        keeper = new_test_user(
            self.env,
            "regulation_keeper",
            groups="party_office_base.group_chief_accountant",
        )
        row = self.env.ref("party_office_base.regulation_12_2025_tt_btc")
        row = row.with_user(keeper)
        with self.assertRaises(UserError):
            row.number = "99"
        with self.assertRaises(UserError):
            row.unlink()
        row.date_to = "2027-12-31"
        row.replaced_by_id = self.in_force
        row.action_confirm_checked()
        self.assertFalse(row.needs_check)
        self.in_force.with_user(keeper).name = "ours"

    def test_shipped_rows_rest_on_a_regulation(self):
        for xmlid, state in (
            ("regulation_71_2018_tt_btc", "expired"),
            ("regulation_40_2017_tt_btc", "in_force"),
            ("regulation_35_2026_tt_btc", "in_force"),
        ):
            with self.subTest(xmlid=xmlid), freeze_time("2026-11-22"):
                row = self.env.ref(f"party_office_base.{xmlid}")
                row.invalidate_recordset(["state"])
                self.assertEqual(row.state, state)
        unexplained = self.Regulation.search(
            [("verified", "=", False), ("verify_note", "=", False)]
        ).filtered("is_official")
        self.assertFalse(unexplained)
