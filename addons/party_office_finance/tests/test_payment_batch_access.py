from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY
from .payment_case import PaymentCase

EVERYBODY = (
    "staff_a",
    "head_a",
    "accountant_a",
    "accountant_b",
    "chief_accountant",
    "cashier",
    "office_chief",
    "manager",
    "driver",
)
MODELS = (
    "party.payment.batch",
    "party.payment.batch.line",
    "party.payment.beneficiary",
)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPaymentBatchAccess(PaymentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cash = cls._ready_batch(cls._waiting_claim(1_000_000))
        cls.transfer = cls._ready_batch(cls._posted_claim([2_000_000]))
        cls.both = cls._new_batch(
            cls._waiting_claim(3_000_000)
            | cls._waiting_claim(4_000_000, "staff_b", cls.board_b),
            "chief_accountant",
        )
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _seen(self, model, user):
        """Return the lists of which a user sees something."""
        if not self.env[model].with_user(self.user[user]).has_access("read"):
            return set()
        ours = self.cash | self.transfer | self.both
        field = "id" if model == "party.payment.batch" else "batch_id"
        records = self.env[model].with_user(self.user[user]).search([])
        ids = set(records.mapped("id") if field == "id" else records.batch_id.ids)
        return {
            name
            for name, batch in (
                ("cash", self.cash),
                ("transfer", self.transfer),
                ("both", self.both),
            )
            if batch.id in ids & set(ours.ids)
        }

    def test_who_sees_which_list(self):
        expected = {
            "accountant_a": {"cash", "transfer"},
            "chief_accountant": {"cash", "transfer", "both"},
            "office_chief": {"cash", "transfer", "both"},
            "cashier": {"cash", "both"},
        }
        for user in EVERYBODY:
            for model in MODELS[:2]:
                with self.subTest(user=user, model=model):
                    self.assertEqual(self._seen(model, user), expected.get(user, set()))
            persons = {"transfer"} & expected.get(user, set())
            self.assertEqual(self._seen(MODELS[2], user), persons, user)

    def test_nothing_is_forged(self):
        forgeries = {
            "party.payment.batch": {
                "name": "DS",
                "state": "paid",
                "made_on": "2026-01-01",
                "is_cancelled": True,
                "payment_method": "transfer",
                "treasury_id": False,
                "requester_id": self.user["staff_a"].id,
                "line_ids": [Command.clear()],
                "beneficiary_ids": [Command.clear()],
            },
            "party.payment.batch.line": {
                "amount": 1,
                "receiver": "Me",
                "fingerprint": "",
                "state": "paid",
                "is_live": False,
                "batch_id": self.both.id,
            },
            "party.payment.beneficiary": {
                "amount": 1,
                "name": "Me",
                "acc_number": "1",
                "is_trusted": True,
                "partner_id": self.payee.id,
            },
        }
        records = {
            "party.payment.batch": self.transfer,
            "party.payment.batch.line": self.transfer.line_ids,
            "party.payment.beneficiary": self.transfer.sudo().beneficiary_ids,
        }
        for user in EVERYBODY:
            for model, values in forgeries.items():
                for name, value in values.items():
                    record = records[model].with_user(self.user[user])
                    with (
                        self.subTest(user=user, model=model, field=name),
                        self.assertRaises(UserError),
                    ):
                        record.write({name: value})

    def test_nobody_creates_rows_by_hand(self):
        claim = self._waiting_claim(5_000_000)
        values = {
            "party.payment.batch": {"payment_method": "cash"},
            "party.payment.batch.line": {
                "batch_id": self.cash.id,
                "claim_id": claim.id,
                "board_id": self.board_a.id,
                "number": "x",
                "amount": 1,
            },
            "party.payment.beneficiary": {
                "batch_id": self.transfer.id,
                "line_id": self.transfer.line_ids.id,
                "name": "Me",
                "amount": 1,
            },
        }
        for user in EVERYBODY:
            for model, vals in values.items():
                with (
                    self.subTest(user=user, model=model),
                    self.assertRaises(AccessError),
                ):
                    self.env[model].with_user(self.user[user]).create(vals)
        for user in EVERYBODY:
            with self.subTest(user), self.assertRaises(UserError):
                self.cash.line_ids.with_user(self.user[user]).unlink()

    def test_account_is_chosen_in_the_draft_only(self):
        with self.assertRaises(UserError):
            self.transfer.beneficiary_ids.bank_account_id = self.account_payee
        draft = self._new_batch(self._posted_claim([1_000_000]))
        for user in ("accountant_b", "cashier", "office_chief", "staff_a"):
            with self.subTest(user), self.assertRaises(AccessError):
                draft.beneficiary_ids.with_user(self.user[user]).write(
                    {"bank_account_id": self.account_payee.id}
                )

    def test_actions_of_others(self):
        draft = self._new_batch(self._waiting_claim(6_000_000))
        for user in set(EVERYBODY) - {"accountant_a", "chief_accountant"}:
            for act in ("action_make", "action_add_waiting", "action_cancel", "unlink"):
                with self.subTest(user=user, act=act), self.assertRaises(AccessError):
                    getattr(draft.with_user(self.user[user]), act)()
            with self.subTest(user=user), self.assertRaises(AccessError):
                draft.line_ids.with_user(self.user[user]).action_remove()
        draft.with_user(self.user["chief_accountant"]).action_make()
        for user in set(EVERYBODY) - {"cashier"}:
            with self.subTest(user=user), self.assertRaises(AccessError):
                draft.with_user(self.user[user]).action_pay()

    def test_who_makes_lists(self):
        claim = self._waiting_claim(7_000_000)
        for user in set(EVERYBODY) - {"accountant_a", "chief_accountant"}:
            mine = claim.with_user(self.user[user])
            with self.subTest(user), self.assertRaises(AccessError):
                mine.action_make_payment_batch()
        self.assertFalse(claim._payable_line())
        # the list of both boards is not the accountant's of one of them
        with self.assertRaises(AccessError):
            self.both.with_user(self.user["accountant_a"]).read(["name"])

    def test_accountant_that_was_moved_away(self):
        """Who follows the board no more neither sees nor makes its lists."""
        draft = self._new_batch(self._waiting_claim(8_000_000))
        self.env["party.board.assignment"].search(
            [("board_id", "=", self.board_a.id)]
        ).date_to = "2026-06-14"
        for batch in (self.cash, draft):
            with self.assertRaises(AccessError):
                batch.with_user(self.user["accountant_a"]).read(["name"])
        with self.assertRaises(AccessError):
            draft.with_user(self.user["accountant_a"]).action_make()

    def test_lists_by_rpc_do_not_grow_with_queries(self):
        batches = self.env["party.payment.batch"].with_user(
            self.user["chief_accountant"]
        )
        fields = ["name", "progress", "amount_total", "amount_paid", "state"]

        def read(records):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            records.read(fields)
            return self.env.cr.sql_log_count - start

        ours = batches.browse((self.cash | self.transfer | self.both).ids)
        read(ours)
        self.assertEqual(read(ours), read(ours[0]))
