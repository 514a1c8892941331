import json

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PartyOfficeCase


@tagged("post_install", "-at_install")
class TestAnalyticScope(PartyOfficeCase):
    """Accountant A, who also has Odoo's own accounting groups, and board B's money."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls.user["accountant_a"]
        cls.accountant.group_ids |= (
            cls.env.ref("account.group_account_user")
            | cls.env.ref("account.group_account_invoice")
            | cls.env.ref("account.group_account_readonly")
            | cls.env.ref("analytic.group_analytic_accounting")
            | cls.env.ref("base.group_allow_export")
        )
        cls.expense = cls.env["account.account"].create(
            {"name": "Chi phí", "code": "61112T", "account_type": "expense"}
        )
        cls.cash = cls.env["account.account"].create(
            {"name": "Tiền mặt", "code": "1111T", "account_type": "asset_cash"}
        )
        cls.journal = cls.env["account.journal"].create(
            {"name": "Thử", "code": "THU", "type": "general"}
        )
        cls.move_a = cls._new_move([(cls.board_a, 100)])
        cls.move_b = cls._new_move([(cls.board_b, 700)])
        cls.move_both = cls._new_move([(cls.board_a, 30), (cls.board_b, 40)])

    @classmethod
    def _new_move(cls, charges):
        lines = [
            Command.create(
                {
                    "name": f"Xăng {board.code}",
                    "account_id": cls.expense.id,
                    "debit": amount,
                    "analytic_distribution": {board.analytic_account_id.id: 100},
                }
            )
            for board, amount in charges
        ]
        total = sum(amount for _board, amount in charges)
        lines.append(
            Command.create({"name": "Tiền", "account_id": cls.cash.id, "credit": total})
        )
        # entries stay drafts: who sees them does not depend on posting
        return cls.env["account.move"].create(
            {"journal_id": cls.journal.id, "date": "2026-05-04", "line_ids": lines}
        )

    def _as(self, model_name):
        return self.env[model_name].with_user(self.accountant)

    def test_boards_are_read_off_the_distribution(self):
        self.assertEqual(self.move_a.board_ids, self.board_a)
        self.assertEqual(self.move_both.board_ids, self.board_a | self.board_b)
        self.assertEqual(
            self.move_both.line_ids.mapped("board_id"), self.board_a | self.board_b
        )
        self.assertEqual(len(self.move_b.line_ids.filtered("board_id")), 1)

    def test_entries(self):
        moves = self._as("account.move")
        ids = (self.move_a | self.move_b | self.move_both).ids
        self.assertEqual(
            moves.search([("id", "in", ids)]), self.move_a | self.move_both
        )
        with self.assertRaises(AccessError):
            moves.browse(self.move_b.id).read(["amount_total"])

    def test_lines_by_every_way_of_reading(self):
        lines = self._as("account.move.line")
        domain = [("move_id", "in", (self.move_a | self.move_b | self.move_both).ids)]
        found = lines.search(domain)
        self.assertEqual(sum(found.mapped("debit")), 130)
        self.assertEqual(
            set(found.filtered("debit").mapped("board_id")), {self.board_a}
        )
        # the counterpart of an entry that is only partly his would tell the total
        self.assertEqual(sum(found.mapped("credit")), 100)
        groups = lines.formatted_read_group(domain, ["board_id"], ["debit:sum"])
        self.assertEqual(sum(group["debit:sum"] for group in groups), 130)
        (total,) = lines._read_group(domain, [], ["debit:sum"])[0]
        self.assertEqual(total, 130)
        exported = found.export_data(["name", "debit"])["datas"]
        self.assertNotIn("Xăng TB", json.dumps(exported, ensure_ascii=False))
        self.assertFalse(lines.search([("name", "=", "Xăng TB")]))

    def test_analytic_lines_and_their_pivot(self):
        for board, amount in ((self.board_a, -100), (self.board_b, -700)):
            self.env["account.analytic.line"].create(
                {
                    "name": board.code,
                    "account_id": board.analytic_account_id.id,
                    "amount": amount,
                }
            )
        lines = self._as("account.analytic.line")
        accounts = (self.board_a | self.board_b).analytic_account_id.ids
        domain = [("account_id", "in", accounts)]
        self.assertEqual(sum(lines.search(domain).mapped("amount")), -100)
        groups = lines.formatted_read_grouping_sets(
            domain, [["account_id"], []], ["amount:sum"]
        )
        self.assertEqual(groups[1][0]["amount:sum"], -100)
        self.assertEqual(len(groups[0]), 1)
        self.assertFalse(lines.search([("auto_account_id", "=", accounts[1])]))

    def test_nothing_can_be_charged_to_board_b(self):
        move = self._as("account.move").create(
            {"journal_id": self.journal.id, "date": "2026-05-04"}
        )
        with self.assertRaises(AccessError):
            move.write(
                {
                    "line_ids": [
                        Command.create(
                            {
                                "name": "x",
                                "account_id": self.expense.id,
                                "debit": 5,
                                "analytic_distribution": {
                                    self.board_b.analytic_account_id.id: 100
                                },
                            }
                        ),
                        Command.create(
                            {"name": "y", "account_id": self.cash.id, "credit": 5}
                        ),
                    ]
                }
            )

    def test_the_leak_of_core_is_closed(self):
        """ "Analytic Accounting" gives every internal user core's write access."""
        self.env["res.config.settings"].create(
            {"group_analytic_accounting": True}
        ).execute()
        staff = self.user["staff_a"]
        staff.invalidate_recordset()
        self.assertTrue(staff.has_group("analytic.group_analytic_accounting"))
        line = self.env["account.analytic.line"].create(
            {
                "name": "x",
                "account_id": self.board_b.analytic_account_id.id,
                "amount": -1,
            }
        )
        own_line = line.copy({"account_id": self.board_a.analytic_account_id.id})
        lines = self.env["account.analytic.line"].with_user(staff)
        self.assertFalse(lines.search([("id", "=", line.id)]))
        for attempt in (
            lambda: lines.browse(line.id).write({"amount": 0}),
            lambda: lines.browse(line.id).unlink(),
            # his own board, but analytic lines come from entries only
            lambda: lines.browse(own_line.id).write({"amount": 0}),
            lambda: lines.browse(own_line.id).unlink(),
            lambda: lines.create(
                {
                    "name": "forged",
                    "account_id": self.board_a.analytic_account_id.id,
                    "amount": 9,
                }
            ),
            lambda: self.board_b.analytic_account_id.with_user(staff).write(
                {"name": "x"}
            ),
            lambda: (
                self.env["account.analytic.account"]
                .with_user(staff)
                .create({"name": "x", "plan_id": self.env["party.board"]._plan().id})
            ),
            lambda: (
                self.env["party.board"]._plan().with_user(staff).write({"name": "x"})
            ),
            lambda: (
                self.env["account.analytic.distribution.model"]
                .with_user(staff)
                .create({"analytic_distribution": {}})
            ),
        ):
            with self.assertRaises(AccessError):
                attempt()
