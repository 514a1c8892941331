import json

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .advance_common import AdvanceCase
from .common import TODAY

SEES_ADVANCE = {
    "staff_a": True,
    "head_a": True,
    "accountant_a": True,
    "chief_accountant": True,
    "office_chief": True,
    "cashier": True,
    "manager": True,
    "staff_b": False,
    "head_b": False,
    "accountant_b": False,
    "driver": False,
    "clerk": False,
}
SEES_RECEIPT = {
    "accountant_a": True,
    "chief_accountant": True,
    "office_chief": True,
    "cashier": True,
    "accountant_b": False,
    "staff_a": False,
    "head_a": False,
    "manager": False,
}
SEES_CASH = {
    "chief_accountant": True,
    "office_chief": True,
    "cashier": True,
    "accountant_a": False,
    "accountant_b": False,
    "head_a": False,
    "staff_a": False,
    "manager": False,
}
CASH_MODELS = ("party.cash.box", "party.cash.entry", "party.cash.day")


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestAdvanceAccess(AdvanceCase):
    """Who sees advances, receipts and cash, and that nobody forges them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(TODAY):
            cls.advance = cls._paid_advance(3_000_000)
            cls.receipt = (
                cls.env["party.receipt"]
                .with_user(cls.user["accountant_a"])
                .create({"advance_id": cls.advance.id, "amount": 5, "description": "x"})
            )
            cls.day = cls.env["party.cash.day"].create({})

    def _sees(self, records, user):
        try:
            found = records.with_user(self.user[user]).search(
                [("id", "in", records.ids)]
            )
        except AccessError:
            return False
        return bool(found)

    def test_who_sees_what(self):
        for records, table in (
            (self.advance, SEES_ADVANCE),
            (self.receipt, SEES_RECEIPT),
            (self.cash_box, SEES_CASH),
            (self.cash_box.entry_ids, SEES_CASH),
            (self.day, SEES_CASH),
            (self.day.count_ids, SEES_CASH),
        ):
            for user, expected in table.items():
                with self.subTest(records._name, user=user):
                    self.assertEqual(self._sees(records, user), expected)

    def test_advances_are_written_by_their_requester_only(self):
        draft = self._new_advance(1_000)
        for user in ("head_a", "accountant_a", "chief_accountant", "manager"):
            with self.assertRaises(AccessError):
                draft.with_user(self.user[user]).write({"purpose": "other"})
        with self.assertRaises(AccessError):
            self.receipt.with_user(self.user["cashier"]).write({"amount": 1})

    def test_advance_is_not_forged(self):
        forged = {
            "state": "paid",
            "name": "TU1",
            "paid": 5,
            "settled": 5,
            "returned": 5,
            "reserved": 5,
            "remaining": 5,
            "voucher_number": "PC1",
            "paid_on": "2026-06-01",
            "paid_by_id": self.user["staff_a"].id,
            "budget_line_id": self.line_b.id,
            "move_id": 1,
            "requester_id": self.user["staff_b"].id,
            "cancel_reason": "x",
            "waiting_user_id": self.user["staff_a"].id,
        }
        draft = self._new_advance(1_000)
        for name, value in forged.items():
            with self.subTest(name):
                with self.assertRaises(AccessError):
                    draft.write({name: value})
                with self.assertRaises(AccessError):
                    self._new_advance(1_000, **{name: value})
        hostile = {f"default_{name}": value for name, value in forged.items()}
        for name, value in forged.items():
            if name not in ("remaining", "move_id"):
                self.env["ir.default"].with_user(self.user["staff_a"]).set(
                    "party.advance", name, value, user_id=True
                )
        advance = (
            self.env["party.advance"]
            .with_user(self.user["staff_a"])
            .with_context(**hostile)
            .create({"board_id": self.board_a.id, "purpose": "x", "amount": 9_000_000})
        )
        self.assertRecordValues(
            advance.sudo(),
            [
                {
                    "state": "draft",
                    "name": "/",
                    "paid": 0,
                    "settled": 0,
                    "returned": 0,
                    "reserved": 0,
                    "remaining": 0,
                    "voucher_number": False,
                    "paid_by_id": False,
                    "budget_line_id": False,
                    "move_id": False,
                    "requester_id": self.user["staff_a"].id,
                }
            ],
        )

    def test_hostile_context_reaches_no_entry_and_no_book(self):
        advance = self._approved_advance(1_000)
        advance.with_user(self.user["cashier"]).with_context(
            default_state="cancelled",
            default_paid=9,
            default_direction="in",
            default_amount=9,
            default_is_opening=True,
            default_date="2020-01-01",
            check_move_validity=False,
            default_auto_post="at_date",
        ).action_pay()
        move = advance.sudo().move_id
        self.assertRecordValues(
            move, [{"state": "posted", "date": advance.sudo().paid_on}]
        )
        self.assertRecordValues(
            self.env["party.cash.entry"].search([], limit=1),
            [{"direction": "out", "amount": 1_000, "is_opening": False}],
        )

    def test_receipt_is_not_forged(self):
        accountant = self.user["accountant_a"]
        forged = {
            "state": "received",
            "name": "PT1",
            "received_by_id": accountant.id,
            "received_on": "2026-06-01",
            "requester_id": self.user["staff_a"].id,
            "move_id": 1,
            "cancel_reason": "x",
            "kind": "withdrawal",
        }
        values = {"advance_id": self.advance.id, "amount": 5, "description": "x"}
        for name, value in forged.items():
            with self.subTest(name):
                with self.assertRaises(AccessError):
                    self.receipt.write({name: value})
                with self.assertRaises(AccessError):
                    self.receipt.create(values | {name: value})
        hostile = {f"default_{name}": value for name, value in forged.items()}
        hostile["default_kind"] = "advance_return"
        receipt = self.receipt.with_context(**hostile).create(values)
        self.assertRecordValues(
            receipt.sudo(),
            [
                {
                    "state": "draft",
                    "name": "/",
                    "received_by_id": False,
                    "requester_id": accountant.id,
                    "move_id": False,
                }
            ],
        )
        with self.assertRaises(AccessError):
            self.receipt.with_context(default_kind="withdrawal").create(
                {"amount": 5, "description": "x", "board_id": self.board_a.id}
            )

    def test_cash_is_written_by_nobody(self):
        for model in CASH_MODELS[:2]:
            records = {
                "party.cash.box": self.cash_box,
                "party.cash.entry": self.cash_box.entry_ids,
            }[model]
            for user in self.user.values():
                mine = records.with_user(user)
                with self.subTest(model, user=user.name):
                    with self.assertRaises(UserError):
                        mine.write({"write_date": False})
                    with self.assertRaises(UserError):
                        mine.unlink()
                    with self.assertRaises(UserError):
                        mine.create({})
        for user in ("chief_accountant", "office_chief", "staff_a"):
            with self.assertRaises(AccessError):
                self.day.with_user(self.user[user]).create({"date": "2026-06-01"})

    def test_private_methods_are_not_called_from_outside(self):
        for model, names in {
            "party.advance": ("_pay", "_move_figures"),
            "party.receipt": ("_receive", "_issue_withdrawal", "_issue"),
            "party.cash.box": ("_move_balance", "_set_closed_until"),
            "party.cash.entry": ("_record", "_record_opening", "_write_row"),
            "party.claim": ("_fix_advance_shares", "_reserve_advance"),
        }.items():
            for name in names:
                self.assertTrue(hasattr(self.env[model], name), name)

    # ----------------------------------------------------------- foreign documents
    def test_a_line_does_not_tell_of_a_foreign_claim(self):
        foreign = self._new_claim([1_000], "staff_b", self.board_b)
        foreign.sudo().kind_id = self.env.ref("party_office_finance.claim_kind_goods")
        staff = self.user["staff_a"]
        lines = self.env["party.claim.line"].with_user(staff)
        spec = {
            "claim_id": {"fields": {"display_name": {}}},
            "board_id": {"fields": {"display_name": {}}},
            "item_id": {"fields": {"display_name": {}}},
            "fund_id": {},
        }
        for values, context in (
            ({"claim_id": foreign.id}, {}),
            ({"claim_id": foreign.id, "name": "x"}, {"default_claim_id": foreign.id}),
            ({}, {"default_claim_id": foreign.id}),
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                lines.with_context(**context).onchange(values, [], spec)
        with self.assertRaises(AccessError):
            lines.create({"claim_id": foreign.id, "name": "x", "amount": 1})
        own = self._new_claim([1_000])
        with self.assertRaises(AccessError):
            own.line_ids.write({"claim_id": foreign.id})
        # beside its own claim a line of an unsaved form names no other
        result = (
            self.env["party.claim"]
            .with_user(staff)
            .onchange(
                {
                    "board_id": self.board_a.id,
                    "line_ids": [Command.create({"claim_id": foreign.id, "name": "x"})],
                },
                [],
                {"line_ids": {"fields": spec}},
            )
        )
        text = json.dumps(result, default=str)
        self.assertNotIn(self.board_b.name, text)
        self.assertNotIn(f'"id": {foreign.id}', text)

    def test_a_cancellation_does_not_tell_a_foreign_number(self):
        foreign = self._approved_claim([1_000], "staff_b", board=self.board_b)
        wizards = self.env["party.claim.cancel"].with_user(self.user["staff_a"])
        with self.assertRaises(AccessError):
            wizards.create({"claim_id": foreign.id, "reason": "x"})
        with self.assertRaises(AccessError):
            wizards.with_context(default_claim_id=foreign.id).create({"reason": "x"})
        with self.assertRaises(AccessError):
            wizards.onchange(
                {"claim_id": foreign.id},
                [],
                {"claim_id": {"fields": {"display_name": {}}}},
            )
        own = self._new_claim([1_000])
        wizard = wizards.create({"claim_id": own.id, "reason": "x"})
        with self.assertRaises(AccessError):
            wizard.write({"claim_id": foreign.id})

    def test_a_claim_does_not_tell_of_a_foreign_advance(self):
        foreign = self._new_advance(1_000, "staff_b", self.board_b)
        claims = self.env["party.claim"].with_user(self.user["staff_a"])
        spec = {"advance_applied": {}, "advance_id": {"fields": {"display_name": {}}}}
        with self.assertRaises(AccessError):
            claims.onchange({"advance_id": foreign.id}, ["advance_id"], spec)
        with self.assertRaises(AccessError):
            self._new_claim([1], advance_id=foreign.id)
        with self.assertRaises(AccessError):
            self._new_claim([1]).write({"advance_id": foreign.id})
        receipts = self.env["party.receipt"].with_user(self.user["accountant_a"])
        with self.assertRaises(AccessError):
            receipts.create({"advance_id": foreign.id, "amount": 1, "description": "x"})

    def test_the_share_of_a_line_is_not_forged(self):
        claim = self._new_claim([1_000])
        for name, value in (
            ("advance_amount", 1_000),
            ("budget_line_id", self.line_b.id),
        ):
            with self.assertRaises(AccessError):
                claim.line_ids.write({name: value})
            with self.assertRaises(AccessError):
                claim.write(
                    {
                        "line_ids": [
                            Command.create({"name": "x", "amount": 1, name: value})
                        ]
                    }
                )
        claim.with_context(default_advance_amount=1).write(
            {"line_ids": [Command.create({"name": "x", "amount": 1})]}
        )
        self.assertEqual(claim.sudo().line_ids.mapped("advance_amount"), [0, 0])
        for name in ("advance_applied", "amount_due", "amount_hold"):
            with self.assertRaises(AccessError):
                claim.write({name: 0})


@tagged("post_install", "-at_install")
class TestAdvanceRpc(AdvanceCase, HttpCase):
    """The browser's own door lets nothing through either."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(TODAY):
            cls.advance = cls._paid_advance(4_000_000)
            cls.approved = cls._approved_advance(1_000)

    def _call(self, model, method, *args, **kwargs):
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps(
                {
                    "jsonrpc": "2.0",
                    "method": "call",
                    "params": {
                        "model": model,
                        "method": method,
                        "args": list(args),
                        "kwargs": kwargs,
                    },
                }
            ),
            headers={"Content-Type": "application/json"},
        ).json()
        return answer.get("error", {}).get("data", {}).get("name", "")

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model")
    def test_nobody_forges_money(self):
        advance, box = self.advance.id, self.cash_box.id
        attempts = [
            ("party.advance", "write", [advance], {"settled": 4_000_000}),
            ("party.advance", "write", [advance], {"state": "settled"}),
            ("party.advance", "_move_figures", [advance]),
            ("party.advance", "_pay", [self.approved.id]),
            ("party.advance", "unlink", [advance]),
            ("party.cash.box", "write", [box], {"balance": 5}),
            ("party.cash.box", "_move_balance", [box], 5, "2026-06-15"),
            ("party.cash.box", "create", [{"balance": 5}]),
            ("party.cash.entry", "create", [{"amount": 5}]),
            ("party.cash.entry", "_record", "in", 5, "2026-06-15"),
            ("party.cash.entry", "write", self.cash_box.entry_ids.ids, {"amount": 5}),
            ("party.cash.entry", "unlink", self.cash_box.entry_ids.ids),
            ("party.receipt", "_issue_withdrawal", [], 1, 5, "x"),
            ("party.claim.line", "write", [1], {"advance_amount": 5}),
        ]
        hostile = {"su": True, "party_cash_recording": True, "tracking_disable": True}
        for user in ("staff_a", "accountant_a", "cashier", "chief_accountant"):
            self.authenticate(f"test_{user}", f"test_{user}")
            for model, method, *args in attempts:
                with self.subTest(f"{user} {model}.{method}"):
                    self.assertTrue(self._call(model, method, *args, context=hostile))
        self.assertAdvance(self.advance, settled=0, remaining=4_000_000)
        self.cash_box.invalidate_recordset()
        self.assertEqual(self.cash_box.balance, 996_000_000)

    @mute_logger("odoo.http")
    def test_only_the_cashier_pays(self):
        with freeze_time(TODAY):
            for user in ("staff_a", "accountant_a", "chief_accountant"):
                self.authenticate(f"test_{user}", f"test_{user}")
                error = self._call("party.advance", "action_pay", [self.approved.id])
                self.assertIn("AccessError", error)
        self.assertAdvance(self.approved, paid=0, state="approved")
