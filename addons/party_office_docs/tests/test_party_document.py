from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import DocsCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestPartyDocument(DocsCase):
    """The skeleton of papers: numbers, one lead, who reads, secret stubs."""

    def test_register_numbers_by_year_and_body(self):
        papers = [self._registered() for _ in range(3)]
        self.assertEqual([p.name for p in papers], ["1/2026", "2/2026", "3/2026"])
        other = self._registered(body_id=self.body_a.id)
        self.assertEqual(other.name, "1/2026")
        self.assertEqual(papers[0].waiting_user_id, self.user["office_chief"])

    @freeze_time("2026-12-31 18:00:00")
    def test_the_year_of_a_number_is_that_of_the_office(self):
        """One o'clock of 1 January at the office, 31 December for a traveller."""
        self.user["clerk"].tz = "Europe/Paris"
        paper = self._registered()
        self.assertEqual(paper.name, "1/2027")
        self.assertEqual(str(paper.received_on), "2027-01-01")

    def test_only_the_clerk_registers(self):
        paper = self._new_paper()
        paper._add_readers(self.board_a)
        with self.assertRaises(AccessError):
            paper.with_user(self.user["head_a"]).action_register()

    def test_state_and_number_cannot_be_forged(self):
        paper = self._new_paper()
        for vals in (
            {"state": "registered"},
            {"name": "9/2026"},
            {"lead_board_id": self.board_a.id},
            {"reader_board_ids": [(4, self.board_a.id)]},
        ):
            with self.assertRaises(AccessError, msg=str(vals)):
                paper.write(vals)

    def test_exactly_one_lead_in_the_database(self):
        paper = self._directed(co=self.board_b)
        co = paper.sudo().routing_ids.filtered(lambda r: r.role == "co")
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            co.role = "lead"
            co.flush_recordset()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self.cr.execute(
                "UPDATE party_document SET lead_board_id = NULL WHERE id = %s",
                [paper.id],
            )

    def test_lead_may_change(self):
        paper = self._directed(lead=self.board_a, co=self.board_b)
        paper._route(self.board_b, self.board_a)
        roles = {r.board_id: r.role for r in paper.sudo().routing_ids}
        self.assertEqual(roles, {self.board_b: "lead", self.board_a: "co"})

    def test_who_reads(self):
        paper = self._directed(co=self.board_b)
        other = self._registered(body_id=self.body_a.id)
        for key in ("staff_a", "head_a", "staff_b", "clerk", "office_chief"):
            self.assertTrue(paper.with_user(self.user[key]).has_access("read"), key)
        for key in ("accountant_b", "chief_accountant", "cashier", "manager"):
            self.assertFalse(other.with_user(self.user[key]).has_access("read"), key)
        self.assertFalse(other.with_user(self.user["staff_b"]).has_access("read"))
        items = self.env["party.work.item"]._of(other)
        self.assertTrue(items)
        for key in ("chief_accountant", "cashier", "staff_b"):
            self.assertFalse(items.with_user(self.user[key]).has_access("read"), key)

    def test_readers_are_found_by_search_as_by_record(self):
        papers = self._directed(co=self.board_b) | self._registered()
        papers |= self._registered(body_id=self.body_a.id)
        papers[1]._hand_to(self.user["staff_b"], "x")
        for key in self.user:
            own = papers.with_user(self.user[key])
            found = own.search([("id", "in", papers.ids)])
            self.assertEqual(found, own._filtered_access("read").sorted(), key)
        routing = papers.sudo().routing_ids.with_user(self.user["staff_b"])
        self.assertEqual(routing.search([("id", "in", routing.ids)]), routing)
        hidden = self._directed(body_id=self.body_a.id).sudo().routing_ids
        hidden = hidden.with_user(self.user["staff_b"])
        self.assertFalse(hidden.search([("id", "in", hidden.ids)]))

    def test_secret_stub_takes_a_number_and_no_content(self):
        with self.assertRaises(UserError):
            self._new_paper(secrecy="secret")
        stub = (
            self.env["party.document"]
            .with_user(self.user["clerk"])
            .create({"body_id": self.body.id, "secrecy": "secret"})
        )
        with self.assertRaises(UserError):
            stub.abstract = "nội dung"
        stub.action_register()
        self.assertEqual(stub.state, "secret")
        self.assertTrue(stub.name)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self.cr.execute(
                "UPDATE party_document SET abstract = 'x' WHERE id = %s", [stub.id]
            )
