"""The register of citizens received: gap-free, and nobody else reads it.

It is 2036, so that no other line is in the way.
"""

from datetime import date

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import DocsCase

RECEPTION = "party_office_docs.group_reception"


@tagged("post_install", "-at_install")
@freeze_time("2036-06-15 02:00:00")
class TestCitizenReception(DocsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._new_user("receiver", "staff", cls.office, groups=RECEPTION)

    def _new(self, key="receiver", **values):
        return (
            self.env["party.citizen.reception"]
            .with_user(self.user[key])
            .create(
                {
                    "citizen": "Nguyễn Thị Bình",
                    "address": "Xã An Hòa",
                    "kind": "petition",
                    "content": "Kiến nghị sửa đường liên thôn",
                    **values,
                }
            )
        )

    def test_numbers_of_the_year(self):
        lines = [self._new() for _number in range(3)]
        self.assertEqual([line.name for line in lines], ["1/2036", "2/2036", "3/2036"])
        self.assertEqual(self._new(received_on="2035-12-31").name, "1/2035")
        self.assertEqual(lines[0].receiver_id, self.user["receiver"])
        self.assertTrue(lines[0].is_open)
        lines[0].handling = "explained"
        self.assertFalse(lines[0].is_open)

    def test_only_who_receives_citizens_and_the_chief_read(self):
        line = self._new()
        for key in ("receiver", "office_chief", "deputy_chief"):
            self.assertTrue(line.with_user(self.user[key]).has_access("read"), key)
        for key in (
            "staff_a",
            "head_a",
            "clerk",
            "accountant_a",
            "chief_accountant",
            "cashier",
            "dispatcher",
            "manager",
        ):
            mine = line.with_user(self.user[key])
            self.assertFalse(mine.has_access("read"), key)
            for ask in (
                lambda mine=mine: mine.search([]),
                lambda mine=mine: mine.search_count([]),
                lambda mine=mine: mine.name_search("Bình"),
                lambda mine=mine: mine.formatted_read_group([], ["kind"], ["__count"]),
                lambda mine=mine: mine.read(["citizen"]),
            ):
                with self.assertRaises(AccessError, msg=key):
                    ask()
            with self.assertRaises(AccessError, msg=key):
                self._new(key)

    def test_neither_numbers_nor_counters_tell_how_many_came(self):
        self._new()
        domain = [("series_id.code", "=", "citizen_reception")]
        for model in ("party.series.number", "party.series.counter"):
            rows = self.env[model]
            self.assertTrue(rows.sudo().search_count(domain))
            self.assertTrue(
                rows.with_user(self.user["office_chief"]).search_count(domain)
            )
            for key in ("clerk", "manager"):
                self.assertFalse(
                    rows.with_user(self.user[key]).search_count(domain), key
                )

    def test_papers_handed_in_follow_the_line(self):
        files = self.env["ir.attachment"].with_user(self.user["receiver"])
        paper = files.create({"name": "don.pdf", "raw": b"%PDF-1.4 don"})
        self._new(attachment_ids=[Command.link(paper.id)])
        for key, may in (("office_chief", True), ("clerk", False), ("staff_a", False)):
            self.assertEqual(
                paper.with_user(self.user[key]).has_access("read"), may, key
            )

    def test_a_linked_paper_says_nothing_to_its_readers(self):
        paper = self._registered()
        self._new(document_id=paper.id)
        names = self.env["party.document"]._fields
        self.assertFalse(
            [n for n in names if names[n].comodel_name == "party.citizen.reception"]
        )

    def test_number_year_and_line_stay(self):
        line = self._new()
        with self.assertRaises(AccessError):
            line.name = "9/2036"
        with self.assertRaises(AccessError):
            self._new(name="9/2036")
        with self.assertRaises(UserError):
            line.received_on = "2035-06-15"
        line.received_on = "2036-06-14"
        with self.assertRaises(AccessError):
            line.unlink()
        with self.assertRaises(UserError):
            line.sudo().unlink()

    def test_what_cannot_be(self):
        for values in (
            {"received_on": "1900-01-01"},
            {"received_on": "2036-06-16"},
            {"people_count": 10**18},
            {"people_count": float("nan")},
        ):
            with self.assertRaises(ValidationError, msg=str(values)):
                self._new(**values)
        for values in (
            {"people_count": 0},
            {"deadline": "2036-06-01"},
            {"answered_on": "2036-06-01"},
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self._new(**values).flush_recordset()

    def test_the_printed_register(self):
        self._new(people_count=4)
        self._new(received_on="2036-05-31", handling="guided")
        june = {"since": date(2036, 6, 1), "day": date(2036, 6, 30)}
        runs = self.env["party.report.run"]
        run = runs.with_user(self.user["receiver"]).create(
            {"code": "reception_book", **june}
        )
        (row,) = run._build().rows
        self.assertEqual(row.cells["name"], "1/2036")
        self.assertEqual(row.cells["citizen"], "Nguyễn Thị Bình, Xã An Hòa")
        self.assertEqual(row.cells["people"], 4)
        report = self.env.ref("party_office_base.party_report_run_report")
        pdf, _kind = report.with_user(self.user["receiver"])._render_party_pdf(
            report, run.ids
        )
        self.assertEqual(pdf[:4], b"%PDF")
        for key in ("clerk", "staff_a", "manager", "cashier"):
            with self.assertRaises(AccessError, msg=key):
                runs.with_user(self.user[key]).create(
                    {"code": "reception_book", **june}
                )._build()
