from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .outgoing_case import OutgoingCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestPartyDocumentIssued(OutgoingCase):
    """Issued papers: numbers put in and cancelled, hand-over, recall."""

    def _enter(self, key="clerk", files=True, after=None, reason="", **values):
        scan = self._upload(key).ids if files else None
        return (
            self.env["party.document"]
            .with_user(self.user[key])
            .action_enter_issued(
                {
                    "body_id": self.body_a.id,
                    "kind_id": self.kind.id,
                    "document_date": "2026-06-15",
                    "abstract": "V/v đã ký ngoài hệ thống",
                    "signer_name": "Nguyễn Văn A",
                    **values,
                },
                scan,
                after and after.id,
                reason,
            )
        )

    # ------------------------------------------------------------- entered directly
    def test_paper_signed_outside(self):
        paper = self._enter()
        self.assertEqual((paper.name, paper.state), ("01-CV/BAT", "issued"))
        self.assertEqual(paper.attachment_ids.raw, b"%PDF-1.4 scan")
        self.assertFalse(
            self.env["ir.attachment"].search(
                [("res_model", "=", "party.document"), ("res_id", "=", 0)]
            )
        )
        with self.assertRaises(UserError):
            self._enter(files=False)
        with self.assertRaises(UserError):
            self._enter(signer_name="")
        with self.assertRaises(UserError):
            self._enter(document_date="2026-06-16")
        with self.assertRaises(UserError):
            self._enter(document_date="1900-01-01")
        with self.assertRaises(AccessError):
            self._enter("head_a")

    def test_forged_values_are_dropped(self):
        paper = self._enter(state="done", name="99-CV/BAT", number=99)
        self.assertEqual((paper.name, paper.state), ("01-CV/BAT", "issued"))

    def test_number_for_a_secret_paper(self):
        self._enter()
        with self.assertRaises(UserError):
            self._enter(secrecy="secret")
        stub = self._enter(
            files=False, secrecy="secret", abstract=False, signer_name=False
        )
        self.assertRecordValues(
            stub,
            [
                {
                    "name": "02-CV/BAT",
                    "state": "secret",
                    "abstract": False,
                    "symbol": False,
                }
            ],
        )
        self.assertFalse(stub.attachment_ids)

    def test_order_of_the_book(self):
        self._enter(document_date="2026-06-15")
        with self.assertRaises(UserError):
            self._enter(document_date="2026-06-10")
        plan = self.env.ref("party_office_docs.kind_plan")
        self.assertEqual(
            self._enter(document_date="2026-06-10", kind_id=plan.id).name, "01-KH/BAT"
        )

    # --------------------------------------------------------------- inserted number
    def test_inserted_numbers(self):
        first = self._enter(document_date="2026-06-10")
        self._enter(document_date="2026-06-12")
        with self.assertRaises(UserError):
            self._enter(document_date="2026-06-11", after=first)
        names = [
            self._enter(
                document_date="2026-06-11", after=first, reason="Bỏ sót khi vào sổ"
            ).name
            for _ in range(2)
        ]
        self.assertEqual(names, ["01a-CV/BAT", "01b-CV/BAT"])
        for day in ("2026-06-09", "2026-06-13"):
            with self.assertRaises(UserError, msg=day):
                self._enter(document_date=day, after=first, reason="Bỏ sót")
        # the count goes on, and no number is missing
        self.assertEqual(self._enter().name, "03-CV/BAT")
        series = self.env["party.series"].search(
            [("code", "=", "paper_out"), ("company_id", "=", self.company.id)]
        )
        self.assertFalse(series._gaps())

    def test_inserted_number_stays_in_its_book(self):
        first = self._enter(document_date="2026-06-10")
        plan = self.env.ref("party_office_docs.kind_plan")
        with self.assertRaises(UserError):
            self._enter(
                document_date="2026-06-11",
                after=first,
                reason="Bỏ sót",
                kind_id=plan.id,
            )

    # ---------------------------------------------------------------- cancel, recall
    def test_cancelled_number_stays_in_the_book(self):
        paper = self._enter()
        with self.assertRaises(UserError):
            paper.action_cancel_number("  ")
        with self.assertRaises(AccessError):
            paper.with_user(self.user["office_chief"]).action_cancel_number("Nhầm")
        paper.action_cancel_number("Đánh nhầm số")
        self.assertEqual((paper.state, paper.name), ("cancelled", "01-CV/BAT"))
        number = self.env["party.series.number"]._of(paper)
        self.assertEqual((number.state, number.reason), ("cancelled", "Đánh nhầm số"))
        self.assertEqual(self._enter().name, "02-CV/BAT")
        with self.assertRaises(UserError):
            paper.action_cancel_number("Nữa")

    def test_recall_tells_the_units(self):
        paper = self._issued()
        with self.assertRaises(AccessError):
            paper.with_user(self.user["head_a"]).action_recall("Sai nội dung")
        with self.assertRaises(UserError):
            paper.with_user(self.user["clerk"]).action_recall("")
        paper.with_user(self.user["office_chief"]).action_recall("Sai nội dung")
        self.assertEqual((paper.state, paper.stop_reason), ("recalled", "Sai nội dung"))
        self.assertEqual(paper.activity_ids.user_id, self.user["head_b"])
        with self.assertRaises(UserError):
            paper.with_user(self.user["clerk"]).action_recall("Nữa")

    def test_incoming_papers_are_not_recalled(self):
        paper = self._registered()
        with self.assertRaises(UserError):
            paper.with_user(self.user["clerk"]).action_recall("Nhầm")

    def test_issued_paper_does_not_change(self):
        paper = self._enter()
        for vals in (
            {"abstract": "khác"},
            {"document_date": "2026-06-01"},
            {"attachment_ids": [Command.clear()]},
            {"signer_name": "khác"},
        ):
            with self.assertRaises(UserError, msg=str(vals)):
                paper.write(vals)
        with self.assertRaises(AccessError):
            paper.stop_reason = "khác"

    # --------------------------------------------------------------------- hand-over
    def test_hand_over_book(self):
        paper = self._issued()
        to_b, outside = paper.delivery_ids.sorted("id")
        self.assertEqual(len(paper.delivery_ids), 2, "the file copy is not handed over")
        self.assertEqual((to_b.board_id, to_b.channel), (self.board_b, "system"))
        self.assertTrue(to_b.handed_at)
        self.assertFalse(outside.handed_at)
        mine = to_b.with_user(self.user["staff_b"])
        self.assertTrue(mine.can_receive)
        with self.assertRaises(AccessError):
            to_b.with_user(self.user["staff_a"]).action_receive()
        paper.with_user(self.user["staff_b"]).action_receive()
        self.assertEqual(to_b.received_by, "staff_b")
        with self.assertRaises(UserError):
            mine.action_receive()
        clerk = outside.with_user(self.user["clerk"])
        clerk.action_hand_over()
        clerk.received_by = "Bà Lan, văn thư"
        self.assertTrue(outside.received_at)
        self.assertEqual(outside.received_by_id, self.user["clerk"])
        with self.assertRaises(UserError):
            clerk.received_by = "người khác"
        with self.assertRaises(UserError):
            paper.with_user(self.user["clerk"]).action_cancel_number("Nhầm")

    def test_hand_over_cannot_be_forged(self):
        paper = self._issued()
        line = paper.delivery_ids[0]
        for key in ("staff_b", "clerk"):
            with self.assertRaises(AccessError, msg=key):
                line.with_user(self.user[key]).received_at = "2026-06-15 03:00:00"
            with self.assertRaises(AccessError, msg=key):
                self.env["party.document.delivery"].with_user(self.user[key]).create(
                    {"document_id": paper.id, "board_id": self.board_a.id}
                )
        with self.assertRaises(AccessError):
            line.with_user(self.user["staff_b"]).received_by = "tôi"
        with self.assertRaises(AccessError):
            paper.with_user(self.user["head_b"]).action_hand_over()

    def test_clerk_adds_a_recipient_later(self):
        paper = self._enter()
        self.assertFalse(paper.with_user(self.user["staff_b"]).has_access("read"))
        paper.recipient_ids = [Command.create({"board_id": self.board_b.id})]
        self.assertTrue(paper.with_user(self.user["staff_b"]).has_access("read"))
        self.assertEqual(paper.sudo().delivery_ids.board_id, self.board_b)
        with self.assertRaises(UserError):
            paper.recipient_ids.unlink()
        incoming = self._registered()
        with self.assertRaises(UserError):
            incoming.recipient_ids = [Command.create({"board_id": self.board_b.id})]

    def test_recipient_group(self):
        group = self.env["party.recipient.group"].create(
            {
                "name": "Các ban đảng",
                "board_ids": [Command.set((self.board_a | self.board_b).ids)],
                "correspondent_ids": [Command.set(self.sender.ids)],
            }
        )
        self.assertEqual(len(group._lines()), 3)
        draft = self._new_draft()
        new = draft.new(origin=draft)
        new.add_group_id = group
        new._onchange_add_group()
        self.assertEqual(len(new.recipient_ids), 4, "known ones are not added again")
