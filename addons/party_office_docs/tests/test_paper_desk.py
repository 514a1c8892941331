"""Late, urgent and misdirected papers; holidays; the directory of senders; e-mail."""

from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import DocsCase

MAIL = """\
Return-Path: <{sender}>
From: {sender}
To: vanthu@papers.example
Subject: {subject}
Message-Id: <{key}@other.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="cut"

--cut
Content-Type: text/plain; charset="utf-8"

Kinh gui van thu
--cut
Content-Type: application/pdf; name="cong-van.pdf"
Content-Disposition: attachment; filename="cong-van.pdf"
Content-Transfer-Encoding: base64

JVBERi0xLjQ=
--cut--
"""


@tagged("post_install", "-at_install")
class TestTimely(DocsCase):
    def _late(self, received, registered, **values):
        """Tell whether a paper is late (days of June 2026, registered at 9)."""
        with freeze_time(f"{registered} 02:00:00"):
            paper = self._registered(
                received_on=received, document_date=received, **values
            )
            return paper.registered_late

    def test_same_or_next_working_day(self):
        self.assertFalse(self._late("2026-06-10", "2026-06-10"))
        self.assertFalse(self._late("2026-06-10", "2026-06-11", symbol="2-CV/A"))
        self.assertTrue(self._late("2026-06-10", "2026-06-12", symbol="3-CV/A"))

    def test_over_a_weekend_and_a_holiday(self):
        # Friday 12 June to Monday
        self.assertFalse(self._late("2026-06-12", "2026-06-15", symbol="4-CV/A"))
        self.env["party.holiday"].create({"name": "Nghỉ", "date": "2026-06-15"})
        self.assertFalse(self._late("2026-06-12", "2026-06-16", symbol="5-CV/A"))
        self.assertTrue(self._late("2026-06-12", "2026-06-17", symbol="6-CV/A"))

    def test_urgent_is_registered_at_once(self):
        values = {"urgency": "3", "symbol": "7-CV/A"}
        self.assertTrue(self._late("2026-06-10", "2026-06-11", **values))
        # came in on a Saturday
        values["symbol"] = "8-CV/A"
        self.assertFalse(self._late("2026-06-13", "2026-06-15", **values))

    def test_midnight_is_the_offices(self):
        # 20:00 UTC on the 11th is 3 o'clock on the 12th at the office
        with freeze_time("2026-06-11 20:00:00"):
            paper = self._registered(
                received_on="2026-06-10", document_date="2026-06-09"
            )
        self.assertTrue(paper.registered_late)

    def test_late_is_not_forged_and_may_be_explained(self):
        with freeze_time("2026-06-19 02:00:00"):
            paper = self._registered(
                received_on="2026-06-10", document_date="2026-06-09"
            )
        clerk = paper.with_user(self.user["clerk"])
        with self.assertRaises(AccessError):
            clerk.registered_late = False
        clerk.late_reason = "Mất điện"
        found = clerk.search([("registered_late", "=", True), ("id", "=", paper.id)])
        self.assertEqual(found, paper)


@tagged("post_install", "-at_install")
class TestHoliday(DocsCase):
    def test_every_year_and_once(self):
        holidays = self.env["party.holiday"]
        days = holidays._days(date(2027, 4, 28), date(2028, 5, 2))
        self.assertIn(date(2027, 4, 30), days)
        self.assertIn(date(2028, 5, 1), days)
        self.assertIn(date(2027, 9, 2), days)
        self.assertNotIn(date(2026, 2, 17), days)
        self.assertIn(
            date(2026, 2, 17), holidays._days(date(2026, 2, 17), date(2026, 2, 17))
        )

    def test_next_working_day_after_the_lunar_new_year(self):
        holidays = self.env["party.holiday"].with_user(self.user["staff_a"])
        # Friday 13 February; 16 to 20 are holidays
        self.assertEqual(
            holidays._next_working_day(date(2026, 2, 13)), date(2026, 2, 23)
        )
        self.assertTrue(holidays._is_rest_day(date(2030, 9, 2)))
        self.assertEqual(
            holidays._shift_working_days(date(2026, 4, 29), 1), date(2026, 5, 4)
        )
        self.assertEqual(
            holidays._shift_working_days(date(2026, 5, 4), -1), date(2026, 4, 29)
        )

    def test_lunar_days_are_not_verified(self):
        tet = self.env.ref("party_office_base.holiday_tet_2026_1")
        self.assertTrue(tet.needs_check)
        self.assertFalse(self.env.ref("party_office_base.holiday_national").needs_check)
        tet.with_user(self.user["clerk"]).action_confirm_checked()
        self.assertFalse(tet.needs_check)
        with self.assertRaises(AccessError):
            tet.with_user(self.user["staff_a"]).write({"date": "2026-02-15"})

    @mute_logger("odoo.sql_db")
    def test_one_row_a_day(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env["party.holiday"].create({"name": "Hai", "date": "2026-04-30"})


@tagged("post_install", "-at_install")
@freeze_time("2026-06-12 02:00:00")
class TestUrgentAndMisdirected(DocsCase):
    def test_chief_gets_an_activity_at_once(self):
        plain = self._registered(symbol="1-CV/U")
        self.assertFalse(plain.activity_ids)
        urgent = self._registered(symbol="2-CV/U", urgency="3")
        self.assertRecordValues(
            urgent.activity_ids,
            [
                {
                    "user_id": self.user["office_chief"].id,
                    "date_deadline": date(2026, 6, 12),
                }
            ],
        )
        self.assertNotIn(urgent.abstract, urgent.activity_ids.summary)
        urgent._route(self.board_a)
        urgent._set_directed(self.user["office_chief"], "Tham mưu", "2026-06-15")
        self.assertFalse(urgent.activity_ids)

    def test_registered_paper_goes_back_and_keeps_its_number(self):
        paper = self._registered(urgency="1")
        paper.action_send_back("  Không phải  nơi nhận ")
        self.assertRecordValues(
            paper,
            [
                {
                    "state": "cancelled",
                    "name": "1/2026",
                    "sent_back_reason": "Không phải nơi nhận",
                    "waiting_user_id": False,
                }
            ],
        )
        self.assertFalse(paper.activity_ids)
        given = self.env["party.series.number"]._of(paper)
        self.assertEqual(
            (given.state, given.reason), ("cancelled", "Không phải nơi nhận")
        )
        self.assertEqual(self._registered().name, "2/2026")

    def test_unregistered_paper_goes_back_without_a_number(self):
        paper = self._new_paper() | self._new_paper(symbol="4-CV/S")
        paper.action_send_back("Nhầm nơi nhận")
        self.assertEqual(set(paper.mapped("state")), {"sent_back"})
        self.assertFalse(any(paper.mapped("name")))
        with self.assertRaises(UserError):
            paper[0].action_register()
        with self.assertRaises(UserError):
            paper[0].action_send_back("Lần nữa")
        self.assertEqual(self._registered(symbol="5-CV/S").name, "1/2026")

    def test_who_sends_back(self):
        paper = self._registered()
        for key in ("staff_a", "head_a", "accountant_a", "cashier", "manager"):
            with self.assertRaises(AccessError, msg=key):
                paper.with_user(self.user[key]).action_send_back("Không")
        with self.assertRaises(UserError):
            paper.with_user(self.user["office_chief"]).action_send_back("  ")
        paper.with_user(self.user["office_chief"]).action_send_back("Nhầm")
        with self.assertRaises(AccessError):
            paper.with_user(self.user["clerk"]).write({"sent_back_reason": "Khác"})
        directed = self._directed(symbol="6-CV/S")
        with self.assertRaises(UserError):
            directed.with_user(self.user["clerk"]).action_send_back("Muộn")

    def test_wizard(self):
        paper = self._registered()
        action = paper.with_user(self.user["clerk"]).action_open_send_back()
        wizard = (
            self.env["party.document.send.back"]
            .with_user(self.user["clerk"])
            .with_context(**action["context"])
            .create({"reason": "Nhầm"})
        )
        wizard.action_send_back()
        self.assertEqual(paper.state, "cancelled")


@tagged("post_install", "-at_install")
class TestDirectory(DocsCase):
    def _two(self):
        senders = self.env["party.correspondent"].with_user(self.user["clerk"])
        return senders.create(
            [
                {"name": "Sở Tài chính (thử)", "code": "STCT"},
                {"name": "So Tai chinh (thu)", "email": "stc@other.example"},
            ]
        )

    def test_papers_move_to_the_one_that_is_kept(self):
        kept, gone = self._two()
        child = gone.create({"name": "Phòng (thử)", "parent_id": gone.id})
        papers = self._registered(sender_id=gone.id, symbol="1-CV/M")
        papers |= self._registered(sender_id=kept.id, symbol="2-CV/M")
        (kept | gone)._merge_into(kept)
        self.assertFalse(gone.exists())
        self.assertEqual(papers.sender_id, kept)
        self.assertEqual(child.parent_id, kept)
        self.assertEqual(kept.email, "stc@other.example")
        # the former name leads to the one that is kept
        senders = kept.with_user(self.user["clerk"])
        self.assertEqual(senders.name_create(" so tai chinh  (THU)")[0], kept.id)
        self.assertIn(kept.id, [row[0] for row in senders.name_search("So Tai chinh")])

    def test_superior_of_itself_is_not_made(self):
        kept, gone = self._two()
        kept.parent_id = gone
        (kept | gone)._merge_into(kept)
        self.assertFalse(kept.parent_id)

    def test_who_merges(self):
        kept, gone = self._two()
        for key in ("staff_a", "head_a", "office_chief", "cashier"):
            with self.assertRaises(AccessError, msg=key):
                (kept | gone).with_user(self.user[key])._merge_into(
                    kept.with_user(self.user[key])
                )
        with self.assertRaises(UserError):
            kept._merge_into(kept)
        wizard = (
            self.env["party.correspondent.merge"]
            .with_user(self.user["manager"])
            .with_context(
                active_model="party.correspondent", active_ids=(kept | gone).ids
            )
            .create({})
        )
        self.assertEqual(wizard.kept_id.id, min((kept | gone).ids))
        wizard.action_merge()
        self.assertEqual(len((kept | gone).exists()), 1)

    def test_different_boards_stay_apart(self):
        kept, gone = self._two()
        kept.sudo().board_id = self.board_a
        gone.sudo().board_id = self.board_b
        with self.assertRaises(UserError):
            (kept | gone)._merge_into(kept)


@tagged("post_install", "-at_install")
class TestMail(DocsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sender.email = "Ban TC <Vanthu@BTC.example>"

    def _receive(self, key="one", subject="V/v hoi nghi", sender="vanthu@btc.example"):
        before = self.env["party.document"].search([("channel", "=", "mail")])
        self.env["mail.thread"].message_process(
            "party.document", MAIL.format(key=key, subject=subject, sender=sender)
        )
        return self.env["party.document"].search([("channel", "=", "mail")]) - before

    def test_letter_waits_for_the_clerk(self):
        paper = self._receive()
        self.assertRecordValues(
            paper,
            [
                {
                    "state": "received",
                    "direction": "in",
                    "abstract": "V/v hoi nghi",
                    "sender_id": self.sender.id,
                    "name": False,
                }
            ],
        )
        self.assertEqual(paper.attachment_ids.mapped("name"), ["cong-van.pdf"])
        self.assertEqual(paper.attachment_ids.raw, b"%PDF-1.4")
        for key in ("staff_a", "head_a", "accountant_a"):
            self.assertFalse(
                self.env["party.document"]
                .with_user(self.user[key])
                .search([("id", "=", paper.id)])
            )
        clerk = paper.with_user(self.user["clerk"])
        clerk.write({"document_date": "2026-06-01", "received_on": "2026-06-02"})
        clerk.action_register()
        self.assertTrue(paper.name)

    def test_nobody_outside_follows(self):
        paper = self._receive()
        self.assertFalse(paper.message_partner_ids)
        partner = self.env["res.partner"].create(
            {"name": "Ngoài", "email": "vanthu@btc.example"}
        )
        paper.with_user(self.user["clerk"]).message_subscribe(partner.ids)
        self.assertFalse(paper.message_partner_ids)

    def test_same_letter_twice_and_unknown_sender(self):
        self.assertTrue(self._receive(key="two"))
        self.assertFalse(self._receive(key="two"))
        paper = self._receive(key="three", sender="la@stranger.example", subject="")
        self.assertFalse(paper.sender_id)
        self.assertEqual(paper.abstract, "Kinh gui van thu")
        with self.assertRaises(UserError):
            paper.with_user(self.user["clerk"]).action_register()

    def test_bounce_makes_no_paper(self):
        before = self.env["party.document"].search_count([])
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self.env["mail.thread"].message_process(
                "party.document",
                MAIL.format(
                    key="bounce",
                    subject="Undelivered",
                    sender="MAILER-DAEMON@x.example",
                ),
            )
        self.assertEqual(self.env["party.document"].search_count([]), before)

    def test_address_is_a_setting(self):
        settings = self.env["res.config.settings"].create(
            {"party_paper_alias": "congvan"}
        )
        settings.execute()
        alias = self.env.ref("party_office_docs.mail_alias_papers")
        self.assertEqual(alias.alias_name, "congvan")
        self.assertEqual(alias.alias_model_id.model, "party.document")


@tagged("post_install", "-at_install")
class TestBadDays(DocsCase):
    @freeze_time("2026-06-12 02:00:00")
    def test_constraint(self):
        paper = self._new_paper(document_date="2026-06-10")
        for values in (
            {"document_date": "2026-12-13"},
            {"received_on": "1899-12-31"},
            {"received_on": "9999-12-31"},
            {"page_count": 10**6},
        ):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                paper.write(values)
                paper.flush_recordset()


@tagged("post_install", "-at_install")
class TestSlip(DocsCase):
    def _render(self, paper, key):
        report = self.env["ir.actions.report"].with_user(self.user[key])
        return report._render(
            "party_office_docs.party_document_slip_report", paper.ids
        )[0]

    @freeze_time("2026-06-15 02:00:00")
    def test_slip(self):
        paper = self._directed(co=self.board_b, urgency="3")
        for key in ("clerk", "office_chief", "staff_a", "staff_b"):
            self.assertTrue(self._render(paper, key).startswith(b"%PDF"), key)
        other = self._directed(symbol="9-CV/S")
        with self.assertRaises(AccessError):
            self._render(other, "staff_b")
        form = paper._form_values(
            self.env.ref("party_office_docs.party_document_slip_report")
        )
        self.assertEqual(form["number"], "1")
        self.assertEqual(form["urgency"], "HỎA TỐC")
        self.assertEqual(
            [part["units"] for part in form["parts"]],
            [self.board_a.name, self.board_b.name, ""],
        )

    def test_no_slip_without_number_or_for_a_secret(self):
        with self.assertRaises(UserError):
            self._render(self._new_paper(), "clerk")
        secret = (
            self.env["party.document"]
            .with_user(self.user["clerk"])
            .create({"body_id": self.body.id, "secrecy": "secret"})
        )
        secret.action_register()
        with self.assertRaises(UserError):
            self._render(secret, "clerk")
