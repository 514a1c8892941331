from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY
from .treasury_case import TreasuryCase

SEES_A = {
    "accountant_a": True,
    "accountant_b": False,
    "chief_accountant": True,
    "office_chief": True,
    "deputy_chief": True,
    "cashier": True,
    "head_a": False,
    "head_b": False,
    "staff_a": False,
    "manager": False,
    "driver": False,
    "clerk": False,
    "dispatcher": False,
}


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestPartyTreasuryAccess(TreasuryCase):
    """Who sees Treasury documents and lines, and that nothing is forged."""

    def _sees(self, user, model, records):
        try:
            return bool(
                self.env[model]
                .with_user(self.user[user])
                .search_count([("id", "in", records.ids)])
            )
        except AccessError:
            return False

    def _mixed(self):
        """Return a document of the chief accountant for boards A and B."""
        claims = self._posted_claim([1_000_000])
        claim_b = self._new_claim(
            [2_000_000],
            "staff_b",
            self.board_b,
            payment_method="transfer",
            partner_id=self.payee.id,
        )
        claim_b.action_submit()
        self._approve(claim_b)
        claim_b.with_user(self.user["accountant_b"]).action_post()
        self.env.invalidate_all()
        return self._new_paper(
            "transfer_actual",
            user="chief_accountant",
            claim_ids=[Command.set((claims | claim_b).ids)],
        )

    def test_reading(self):
        document = self._paper("cash_advance", 1_000)
        for user, expected in SEES_A.items():
            with self.subTest(user=user):
                found = self._sees(user, "party.treasury.move", document)
                self.assertEqual(found, expected)
                lines = document.sudo().line_ids
                found = self._sees(user, "party.treasury.move.line", lines)
                self.assertEqual(found, expected)

    def test_balances_are_for_who_sees_all_boards(self):
        for user in self.user:
            with self.subTest(user=user):
                self.assertEqual(
                    self._sees(user, "party.treasury.balance", self._balance()),
                    user
                    in ("chief_accountant", "office_chief", "deputy_chief", "cashier"),
                )

    def test_lines_of_others_stay_hidden(self):
        document = self._mixed()
        document.action_submit()
        line_a = document.sudo().line_ids.filtered(
            lambda line: line.board_id == self.board_a
        )
        self.env.flush_all()
        self.env.invalidate_all()
        specification = {
            "content_hash": {},
            "can_decide": {},
            "can_post": {},
            "amount_open": {},
            "board_ids": {"fields": {"display_name": {}}},
            "claim_ids": {"fields": {"name": {}}},
            "line_ids": {"fields": {"amount": {}, "board_id": {}}},
            "amount_total": {},
        }
        seen = document.with_user(self.user["accountant_a"]).web_read(specification)[0]
        self.assertEqual([line["id"] for line in seen["line_ids"]], line_a.ids)
        self.assertEqual(len(seen["claim_ids"]), 1)
        self.assertEqual(seen["amount_total"], 1_000_000)
        reader = document.with_user(self.user["accountant_a"])
        for field in ("amount", "settled_amount"):
            with self.assertRaises(AccessError):
                reader.read([field])
        self._approve(document)
        document.action_post()
        self.assertBalance(150_000_000, 0, 3_000_000)
        self.env.invalidate_all()
        self.assertEqual(reader.amount_total, 1_000_000)
        entry = document.sudo().move_id
        items = self.env["account.move.line"].with_user(self.user["accountant_a"])
        found = items.search([("move_id", "=", entry.id)])
        self.assertEqual(found.board_id, self.board_a)

    def test_accountant_writes_for_his_boards_only(self):
        with self.assertRaises(AccessError):
            self._new_paper("cash_actual", 1_000, board=self.board_b)
        document = self._new_paper("cash_actual", 1_000)
        with self.assertRaises(AccessError):
            document.line_ids.board_id = self.board_b
        foreign = self._new_claim([1_000], "staff_b", self.board_b)
        with self.assertRaises(AccessError):
            self._new_paper("transfer_actual", claim_ids=[Command.set(foreign.ids)])

    def test_only_the_author_writes(self):
        document = self._new_paper("cash_actual", 1_000)
        for user in ("chief_accountant", "accountant_b", "office_chief", "cashier"):
            with self.subTest(user):
                with self.assertRaises(AccessError):
                    document.with_user(self.user[user]).write({"description": "x"})
                with self.assertRaises(AccessError):
                    document.line_ids.with_user(self.user[user]).write({"amount": 5})
                with self.assertRaises(AccessError):
                    document.with_user(self.user[user]).unlink()

    def test_sent_document_is_locked(self):
        document = self._new_paper("cash_actual", 1_000)
        document.action_submit()
        for vals in (
            {"kind": "cash_advance"},
            {"date": "2026-06-01"},
            {"fund_id": self.fund_12.id},
            {"year": 2025},
            {"contract": "1"},
            {"line_ids": [Command.clear()]},
        ):
            with self.subTest(vals), self.assertRaises(UserError):
                document.write(vals)
        with self.assertRaises(UserError):
            document.line_ids.amount = 2_000
        document.paper_number = "125"

    def test_fields_are_not_forged(self):
        chief = self.user["chief_accountant"]
        forged = {
            "state": "posted",
            "name": "KB1",
            "move_id": self.env["account.move"].search([], limit=1).id,
            "settled_amount": 5,
            "amount": 5,
            "is_open": True,
            "reversed_id": self._paper("cash_actual", 1_000).id,
            "board_ids": [Command.set(self.board_b.ids)],
            "board_id": self.board_b.id,
            "posted_by_id": chief.id,
            "posted_at": "2026-01-01 00:00:00",
            "waiting_user_id": chief.id,
            "requester_id": chief.id,
            "company_id": self.company.id,
        }
        draft = self._new_paper("cash_actual", 1_000)
        for name, value in forged.items():
            with self.subTest(name):
                with self.assertRaises(AccessError):
                    draft.write({name: value})
                with self.assertRaises(AccessError):
                    self.env["party.treasury.move"].with_user(
                        self.user["accountant_a"]
                    ).create({"kind": "cash_actual", name: value})
        # fields that the user may not even see are refused by name
        hostile = {
            f"default_{name}": value
            for name, value in forged.items()
            if name not in ("amount", "settled_amount")
        }
        hostile |= {"default_claim_id": 1, "party_budget_booking": True}
        document = (
            self.env["party.treasury.move"]
            .with_user(self.user["accountant_a"])
            .with_context(**hostile)
            .create(
                {
                    "kind": "cash_actual",
                    "line_ids": [
                        Command.create(
                            {
                                "board_id": self.board_a.id,
                                "item_id": self.fuel.id,
                                "amount": 2_000,
                            }
                        )
                    ],
                }
            )
        )
        self.assertRecordValues(
            document.sudo(),
            [
                {
                    "state": "draft",
                    "name": "/",
                    "move_id": False,
                    "settled_amount": 0,
                    "amount": 2_000,
                    "is_open": False,
                    "reversed_id": False,
                    "board_ids": self.board_a.ids,
                    "posted_by_id": False,
                    "requester_id": self.user["accountant_a"].id,
                }
            ],
        )
        with self.assertRaises(AccessError):
            document.line_ids.claim_id = self._posted_claim([1_000])

    def test_counters_are_not_forged(self):
        balance = self._balance()
        for user in self.user.values():
            with self.subTest(user.name):
                with self.assertRaises(AccessError):
                    balance.with_user(user).write({"allocated": 10**12})
                with self.assertRaises(AccessError):
                    balance.with_user(user).unlink()
                with self.assertRaises(AccessError):
                    balance.with_user(user).create(
                        {"year": 2027, "fund_id": self.fund.id, "allocated": 1}
                    )
        for model, names in {
            "party.treasury.balance": ("_move", "_add_allocated", "_follow_entries"),
            "party.treasury.move": (
                "_post_document",
                "_move_origins",
                "_on_cash_withdrawn",
                "_fill_lines",
            ),
            "party.claim": ("_on_treasury_paid",),
        }.items():
            for name in names:
                self.assertTrue(hasattr(self.env[model], name), name)

    def test_changed_content_is_not_posted(self):
        """What was approved is what is posted, even if superuser code changed it."""
        document = self._sign(self._new_paper("cash_actual", 1_000))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE party_treasury_move_line SET amount = 9000 WHERE treasury_id = %s",
            [document.id],
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "does not cover"):
            document.with_user(self.user["chief_accountant"]).action_post()

    def test_list_reads_with_few_queries(self):
        for number in range(6):
            document = self._new_paper("cash_actual", 1_000 + number)
            if number % 2:
                document.action_submit()
        specification = {
            name: {}
            for name in (
                "name",
                "kind",
                "amount_total",
                "amount_open",
                "overdue",
                "content_hash",
                "can_decide",
                "can_post",
                "state",
            )
        }
        specification["board_ids"] = {"fields": {"display_name": {}}}

        def queries(limit):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["party.treasury.move"].with_user(
                self.user["accountant_a"]
            ).web_search_read([], specification, limit=limit)
            return self.env.cr.sql_log_count - before

        queries(1)
        self.assertLessEqual(abs(queries(6) - queries(2)), 2)
