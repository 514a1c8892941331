import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import DocsCase

#: Wednesday 10 June 2026, 9 o'clock at the office
NOW = "2026-06-10 02:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPaperEntry(DocsCase):
    def setUp(self):
        super().setUp()
        self.entry = self._entry("clerk")

    def _entry(self, key):
        return self.env["party.paper.entry"].with_user(self.user[key])

    def _values(self, **values):
        return {
            "body_id": self.body.id,
            "symbol": "127-CV/BTCTWT",
            "kind_id": self.kind.id,
            "sender_id": self.sender.id,
            "document_date": "2026-06-09",
            "received_on": "2026-06-10",
            "abstract": "V/v chuẩn bị hội nghị",
            "urgency": "0",
            "secrecy": "none",
            "channel": "paper",
            "page_count": 2,
            **values,
        }

    def _paper(self, answer):
        return self.env["party.document"].browse(answer["id"])

    # ------------------------------------------------------------------ guess
    def test_symbol_names_kind_and_sender(self):
        found = self.entry.guess(" số 09 – cv / btctwt ")
        self.assertEqual(found["symbol"], "09-CV/BTCTWT")
        self.assertEqual(found["kind_id"], self.kind.id)
        self.assertEqual(found["sender"], [self.sender.id, self.sender.name])
        self.assertEqual(found["duplicates"], [])

    def test_state_letter_is_an_official_letter(self):
        found = self.entry.guess("1234/SNVT-CCVC")
        self.assertEqual((found["kind_id"], found["sender"]), (self.kind.id, False))

    def test_suffix_of_two_is_offered_not_chosen(self):
        other = self.env["party.correspondent"].create(
            {"name": "Ban khác (thử)", "code": "btctwt"}
        )
        found = self.entry.guess("127-CV/BTCTWT")
        self.assertFalse(found["sender"])
        self.assertEqual(
            {row[0] for row in found["senders"]}, {self.sender.id, other.id}
        )

    def test_senders_are_found_without_tone_marks(self):
        found = self.entry.find_senders("ban to chuc trung uong (thu")
        self.assertIn([self.sender.id, self.sender.name], found)

    # --------------------------------------------------------------- register
    def test_number_at_once(self):
        before = self.entry.get_desk()["registered_today"]
        first = self.entry.register(self._values())
        second = self.entry.register(self._values(symbol="128-CV/BTCTWT"))
        self.assertEqual((first["number"], second["number"]), ("1/2026", "2/2026"))
        self.assertEqual(second["registered_today"], before + 2)
        paper = self._paper(first)
        self.assertRecordValues(
            paper,
            [
                {
                    "state": "registered",
                    "symbol": "127-CV/BTCTWT",
                    "sender_id": self.sender.id,
                    "waiting_user_id": self.user["office_chief"].id,
                    "registered_by_id": self.user["clerk"].id,
                    "requester_id": self.user["clerk"].id,
                    "page_count": 2,
                }
            ],
        )

    def test_new_sender_learns_its_suffix(self):
        values = self._values(symbol="45/BC-SNVT", sender_id=False)
        answer = self.entry.register(values, "  Sở  Nội vụ (thử) ")
        sender = self._paper(answer).sender_id
        self.assertEqual((sender.name, sender.code), ("Sở Nội vụ (thử)", "SNVT"))
        found = self.entry.guess("46/BC-SNVT")
        self.assertEqual(found["sender"], [sender.id, sender.name])

    def test_scan_belongs_to_its_paper(self):
        data = base64.b64encode(b"%PDF-1.4 thu").decode()
        answer = self.entry.register(
            self._values(), "", [{"name": "scan.pdf", "data": data}]
        )
        attachment = self._paper(answer).attachment_ids
        self.assertRecordValues(
            attachment,
            [
                {
                    "name": "scan.pdf",
                    "res_model": "party.document",
                    "res_id": answer["id"],
                    "raw": b"%PDF-1.4 thu",
                }
            ],
        )
        with self.assertRaises(UserError):
            self.entry.register(
                self._values(symbol="9-CV/X"), "", [{"name": "x.pdf", "data": ""}]
            )

    def test_something_missing_takes_no_number(self):
        for missing in ("abstract", "document_date", "sender_id", "received_on"):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self.entry.register(self._values(**{missing: False}))
        self.assertEqual(self.entry.register(self._values())["number"], "1/2026")

    def test_impossible_values_get_a_sentence(self):
        for wrong in (
            {"document_date": "2026-06-11"},
            {"received_on": "2026-06-11"},
            {"document_date": "1900-01-01"},
            {"received_on": "2026-06-08"},
            {"page_count": 10**6},
            {"page_count": -1},
        ):
            with self.assertRaises(UserError, msg=wrong), self.env.cr.savepoint():
                self.entry.register(self._values(**wrong))

    def test_other_fields_are_not_taken(self):
        answer = self.entry.register(
            self._values(state="done", number=99, name="99/2026", deadline="2026-01-01")
        )
        self.assertRecordValues(
            self._paper(answer),
            [{"state": "registered", "number": 1, "name": "1/2026", "deadline": False}],
        )

    def test_only_the_clerk(self):
        for key in (
            "staff_a",
            "head_a",
            "accountant_a",
            "chief_accountant",
            "cashier",
            "manager",
            "office_chief",
        ):
            entry = self._entry(key)
            for call in (
                lambda e=entry: e.get_desk(),
                lambda e=entry: e.guess("127-CV/BTCTWT"),
                lambda e=entry: e.find_senders("ban"),
                lambda e=entry: e.register(self._values()),
                lambda e=entry: e.receive([{"name": "a", "data": "YQ=="}]),
                lambda e=entry: e.load(1),
            ):
                with self.assertRaises(AccessError, msg=key):
                    call()

    # ----------------------------------------------------------------- secret
    def test_secret_paper_leaves_nothing_but_number_kind_and_date(self):
        data = base64.b64encode(b"%PDF-1.4 mat").decode()
        answer = self.entry.register(
            self._values(secrecy="secret", note="ghi", duplicate_reason="x"),
            "Người gửi mật",
            [{"name": "mat.pdf", "data": data}],
        )
        paper = self._paper(answer)
        self.assertRecordValues(
            paper,
            [
                {
                    "state": "secret",
                    "name": "1/2026",
                    "kind_id": self.kind.id,
                    "symbol": False,
                    "symbol_key": False,
                    "abstract": False,
                    "sender_id": False,
                    "note": False,
                    "duplicate_reason": False,
                }
            ],
        )
        self.assertFalse(paper.attachment_ids)
        self.assertFalse(
            self.env["party.correspondent"].search([("name", "=", "Người gửi mật")])
        )
        self.assertEqual(self.entry._row(paper)["abstract"], "")

    def test_received_paper_is_not_marked_here(self):
        self.entry.receive([{"name": "a.pdf", "data": "JVBERg=="}])
        paper = self.env["party.document"].search(
            [("requester_id", "=", self.user["clerk"].id)]
        )
        with self.assertRaises(UserError):
            self.entry.register(self._values(secrecy="top"), "", [], paper.id)

    # ------------------------------------------------------------- duplicates
    def test_duplicate_is_shown_before_it_takes_a_number(self):
        first = self.entry.register(self._values())
        again = self._values(symbol="0127 – cv/btctwt", abstract="Khác")
        answer = self.entry.register(again)
        self.assertEqual([row["id"] for row in answer["duplicates"]], [first["id"]])
        self.assertNotIn("number", answer)
        found = self.entry.guess("127-CV/BTCTWT", False, "2026-06-09", self.body.id)
        self.assertEqual([row["number"] for row in found["duplicates"]], ["1/2026"])
        answer = self.entry.register(
            dict(again, duplicate_reason="Bản chính đến sau bản fax")
        )
        self.assertEqual(answer["number"], "2/2026")

    def test_duplicate_is_refused_on_the_form_too(self):
        self._registered(symbol="7-CV/T")
        twin = self._new_paper(symbol="7-cv/t")
        self.assertEqual(len(twin.duplicate_ids), 1)
        with self.assertRaises(UserError):
            twin.action_register()
        twin.duplicate_reason = "Gửi lại"
        twin.action_register()
        self.assertEqual(twin.name, "2/2026")

    def test_what_is_no_duplicate(self):
        self._registered(symbol="7-CV/T")
        other = self.env["party.correspondent"].create({"name": "Nơi khác (thử)"})
        self._registered(symbol="7-CV/T", sender_id=other.id)
        self._registered(symbol="7-CV/T", body_id=self.body_a.id)
        self._registered(symbol=False)
        self._registered(symbol=False)
        # numbers of the state begin again each year
        self._registered(symbol="45/BC-UBNDT", document_date="2026-06-01")
        self._registered(symbol="45/BC-UBNDT", document_date="2025-06-01")

    def test_paper_that_went_back_is_no_duplicate(self):
        self._registered(symbol="7-CV/T").action_send_back("Không đúng nơi nhận")
        self._registered(symbol="7-CV/T")

    # --------------------------------------------------------------- received
    def test_batch_of_scans_becomes_one_paper_each(self):
        answer = self.entry.receive(
            [
                {"name": "mot.pdf", "data": "JVBERg=="},
                {"name": "hai.pdf", "data": "JVBERg=="},
            ]
        )
        first, second = [row["id"] for row in answer["waiting"]][-2:]
        loaded = self.entry.load(first)
        self.assertEqual([file["name"] for file in loaded["files"]], ["mot.pdf"])
        answer = self.entry.register(self._values(), "", [], first)
        self.assertEqual((answer["number"], answer["id"]), ("1/2026", first))
        waiting = [row["id"] for row in answer["waiting"]]
        self.assertIn(second, waiting)
        self.assertNotIn(first, waiting)
        with self.assertRaises(UserError):
            self.entry.register(self._values(symbol="8-CV/Y"), "", [], first)

    def test_desk_needs_few_queries(self):
        for number in range(3):
            self.entry.register(self._values(symbol=f"{number}-CV/Z"))
        self.entry.get_desk()
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            self.entry.get_desk()
