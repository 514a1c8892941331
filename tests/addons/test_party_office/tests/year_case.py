"""What the persons of the story do, and how its figures are checked (đồng)."""

from contextlib import contextmanager
from datetime import date

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time

from odoo.addons.party_office_base.rules.report import ReportOptions
from odoo.addons.party_office_finance.tests.common import FinanceCase

#: A year of its own: all rules on funds are in force, and no demo has figures in it.
YEAR = 2027
COUNTERS = ("allocated", "held", "advanced", "spent", "available")
#: who signs, in order
CLAIM = ("head_a", "accountant_a", "chief_accountant", "deputy_chief")
LARGE_CLAIM = ("head_a", "accountant_a", "chief_accountant", "office_chief")
TREASURY = ("chief_accountant", "office_chief")
DECISION = ("office_chief",)


def on(day):
    """Say on which day a step of the story happens.

    Steps happen in the order in which they are written.
    """

    def mark(step):
        step.day = day
        return step

    return mark


class YearCase(FinanceCase):
    """Board A, whose year begins with an empty cash box and no estimate."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._empty_cash_box()
        cls.supplier = cls.env["res.partner"].create({"name": "Nhà cung cấp"})
        item = "party_office_finance.item_{}".format
        #: the lines of the estimate: fund and item
        cls.keys = {
            "fuel": (cls.fund, cls.fuel),
            "stationery": (cls.fund, cls.supplies),
            "conference": (cls.fund_12, cls.env.ref(item(6655))),
            "overtime": (cls.fund, cls.env.ref(item(6105))),
        }
        cls.kinds = {
            "fuel": cls.kind,
            "stationery": cls.env.ref("party_office_finance.claim_kind_goods"),
        }
        cls.other_kind = cls.env.ref("party_office_finance.claim_kind_other")

    def setUp(self):
        super().setUp()
        self._keep_one_cashier()
        #: what the books said before the story, by account
        self.books_before = {}
        self.books_before = self._balances()
        #: what the counters said at the end of each quarter
        self.noted = {}

    def tell(self, *chapters):
        """Let all steps happen as they are written, each on its day."""
        days = []
        for chapter in chapters:
            for step in vars(chapter).values():
                if hasattr(step, "day"):
                    days.append(step.day)
                    with self.on_day(step.day):
                        step(self)
        # a story that goes back in time is not a year
        self.assertEqual(days, sorted(set(days)))

    @contextmanager
    def on_day(self, day):
        """Make it ten o'clock in the morning of a day in Vietnam."""
        with freeze_time(f"{day} 03:00:00"):
            # another day, another request
            self.env.invalidate_all()
            yield

    def by(self, who, record):
        """Return a record as a person sees it."""
        return record.with_user(self.user[who])

    @contextmanager
    def refused(self, *parts, error=UserError):
        """Expect a refusal that says all of this."""
        with self.assertRaises(error) as refusal, self.cr.savepoint():
            yield refusal
        for part in parts:
            self.assertIn(part, str(refusal.exception))

    # -------------------------------------------------------------- what they do
    def sign(self, document, *names):
        """Let the persons approve, each when it waits on him and on nobody else."""
        for name in names:
            waits_on = document.sudo().waiting_user_id
            self.assertEqual(waits_on, self.user[name], document.name)
            seen = self.by(name, document).content_hash
            signed = self.by(name, document).with_context(approval_seen=seen)
            signed.action_approve()

    def drafted(self, number, kind, amounts, **values):
        """Return a decision of the accountant with its scanned paper."""
        rows = [(self.board_a, *self.keys[key], amounts[key]) for key in amounts]
        return self._new_decision(
            kind,
            rows,
            **{
                "name": number,
                "date": date.today(),
                "year": YEAR,
                "issuer": "Tỉnh ủy",
                **values,
            },
        )

    def decided(self, number, kind, amounts, **values):
        """Let a decision be sent, approved by the chief of office and posted."""
        decision = self.drafted(number, kind, amounts, **values)
        decision.action_submit()
        self.sign(decision, *DECISION)
        self.by("chief_accountant", decision).action_post()
        return decision

    def asked(self, description, key, amount, **values):
        """Let the member of staff send a claim of one line."""
        fund, item = self.keys[key]
        line = {
            "name": description,
            "fund_id": fund.id,
            "item_id": item.id,
            "amount": amount,
        }
        claim = self._new_claim(
            [],
            **{
                "kind_id": self.kinds.get(key, self.other_kind).id,
                "date": date.today(),
                "description": description,
                "line_ids": [Command.create(line)],
                **values,
            },
        )
        claim.action_submit()
        return claim

    def asked_transfer(self, description, key, amount):
        """Let the member of staff send a claim that the Treasury is to pay."""
        return self.asked(
            description,
            key,
            amount,
            payment_method="transfer",
            partner_id=self.supplier.id,
        )

    def posted(self, claim):
        """Let the accountant of the board post a claim; return its entry."""
        self.by("accountant_a", claim).action_post()
        return claim.sudo().move_id

    def paid_in_cash(self, description, key, amount):
        """Let a claim go its whole way in one day: asked, signed, posted, paid."""
        claim = self.asked(description, key, amount)
        self.sign(claim, *CLAIM)
        self.posted(claim)
        self.by("cashier", claim).action_pay()
        self.assertEqual(claim.state, "paid")
        return claim

    def advance(self, purpose, key, amount):
        """Let the member of staff get an advance from the cashier."""
        fund, item = self.keys[key]
        advances = self.env["party.advance"].with_user(self.user["staff_a"])
        advance = advances.create(
            {
                "purpose": purpose,
                "amount": amount,
                "date": date.today(),
                "kind_id": self.kinds.get(key, self.other_kind).id,
                "fund_id": fund.id,
                "item_id": item.id,
            }
        )
        advance.action_submit()
        self.sign(advance, *CLAIM)
        self.assertBudget(key, held=self.held_before(key) + amount)
        self.by("cashier", advance).action_pay()
        return advance

    def held_before(self, key):
        """Return what decisions withhold on a line."""
        lines = self.env["party.budget.line"]
        domain = [("id", "=", self.budget(key).id)]
        return lines._withheld_as_of(date.today(), domain).get(self.budget(key).id, 0)

    def at_the_treasury(self, kind, amounts=(), **values):
        """Let a paper for the Treasury be drafted, signed twice and posted.

        :param dict amounts: đồng for each line of the estimate
        """
        fund = self.keys[next(iter(amounts))][0] if amounts else self.fund
        origin = values.pop("settles", self.env["party.treasury.move"])
        documents = self.env["party.treasury.move"].with_user(self.user["accountant_a"])
        document = documents.create(
            {
                "kind": kind,
                "date": date.today(),
                "year": YEAR,
                "fund_id": fund.id,
                "line_ids": [
                    Command.create(
                        {
                            "board_id": self.board_a.id,
                            "item_id": self.keys[key][1].id,
                            "amount": amounts[key],
                            "origin_id": origin.id,
                        }
                    )
                    for key in amounts
                ],
                **values,
            }
        )
        document.action_submit()
        self.sign(document, *TREASURY)
        self.by("chief_accountant", document).action_post()
        return document

    def transferred(self, *claims):
        """Let the Treasury pay posted claims of one fund."""
        return self.at_the_treasury(
            "transfer_actual",
            fund_id=claims[0].line_ids.fund_id.id,
            claim_ids=[Command.set([claim.id for claim in claims])],
        )

    def cash_withdrawn(self, kind, amounts):
        """Let cash be withdrawn and the cashier confirm that it is in the box."""
        document = self.at_the_treasury(kind, amounts)
        receipt = self.env["party.receipt"].search(
            [("move_id", "=", document.sudo().move_id.id)]
        )
        self.by("cashier", receipt).action_receive()
        return document

    def counted(self, notes):
        """Return today's count of the box by the cashier.

        :param dict notes: number of notes of each value
        """
        box = self.by("cashier", self.cash_box)
        day = self.env["party.cash.day"].browse(box.action_close_day()["res_id"])
        day = self.by("cashier", day)
        for line in day.count_ids:
            line.quantity = notes.get(int(line.denomination), 0)
        return day

    def typed(self, *rows):
        """Return a draft entry of the accountant: ``(label, line, đồng)``."""
        return (
            self.env["account.move"]
            .with_user(self.user["accountant_a"])
            .create(
                {
                    "move_type": "entry",
                    "date": date.today(),
                    "journal_id": self.company.party_general_journal_id.id,
                    "line_ids": [
                        Command.create(self._expense(label, *self.keys[key], amount))
                        for label, key, amount in rows
                    ],
                }
            )
        )

    def _expense(self, label, fund, item, amount):
        analytic = self.board_a.analytic_account_id
        return {
            "name": label,
            "account_id": self.expense.id,
            "balance": amount,
            "analytic_distribution": {str(analytic.id): 100},
            "party_fund_id": fund.id,
            "party_item_id": item.id,
        }

    def report(self, code, day=None, who="chief_accountant"):
        """Return a report as of a day (today when not said), with its rows read."""
        provider = self.env[f"party.report.{code}"].with_user(self.user[who])
        options = ReportOptions(
            day=day or date.today(), year=YEAR, board_ids=(self.board_a.id,)
        )
        report = provider._report(options)
        return report, list(report.rows)

    # -------------------------------------------------------- what the books say
    def budget(self, key, year=YEAR):
        """Return a line of the estimate of board A."""
        fund, item = self.keys[key]
        return self.env["party.budget.line"].search(
            [
                ("board_id", "=", self.board_a.id),
                ("fund_id", "=", fund.id),
                ("item_id", "=", item.id),
                ("year", "=", year),
            ]
        )

    def assertBudget(self, key, year=YEAR, **expected):
        """Check counters of a line against record, ledger and database."""
        self.assertCounters(self.budget(key, year), **expected)

    def _balances(self):
        """Return ``{account code: balance}`` of the posted entries since the start."""
        rows = self.env["account.move.line"]._read_group(
            [("parent_state", "=", "posted"), ("company_id", "=", self.company.id)],
            ["account_id"],
            ["balance:sum"],
        )
        return {
            account.code: int(total) - self.books_before.get(account.code, 0)
            for account, total in rows
        }

    def assertBooks(self, expected):
        """Check all accounts that have a balance: debit above zero, credit below.

        :param dict expected: ``{account code: đồng}``
        """
        balances = self._balances()
        found = {code: total for code, total in balances.items() if total}
        self.assertEqual(found, expected)

    def assertEntry(self, move, expected):
        """Check the posted entry of a document: ``{account code: balance}``."""
        move = move.sudo()
        self.assertEqual(move.state, "posted")
        found = {}
        for line in move.line_ids:
            found[line.account_id.code] = (
                found.get(line.account_id.code, 0) + line.balance
            )
        self.assertEqual(found, expected)

    def assertTreasury(self, fund, year=YEAR, **expected):
        """Check the counters of a fund at the Treasury (account 008)."""
        balance = self.env["party.treasury.balance"].search(
            [
                ("fund_id", "=", fund.id),
                ("year", "=", year),
                ("company_id", "=", self.company.id),
            ]
        )
        balance.invalidate_recordset()
        self.assertRecordValues(balance, [expected])

    def assertBox(self, amount):
        """Check what is in the cash box."""
        self.cash_box.invalidate_recordset()
        self.assertEqual(self.cash_box.balance, amount)

    def assertNothingDrifts(self):
        """Check that counters, ledger, documents and books agree to the đồng."""
        alarms = self.env["party.budget.drift"]._cron_check()
        self.assertFalse(alarms.mapped("name"))

    def note_the_quarter(self):
        """Keep what the counters say today, for the reports of later days."""
        lines = self.env["party.budget.line"].search(
            [("board_id", "=", self.board_a.id), ("year", "=", YEAR)]
        )
        self.noted[date.today()] = {
            (line.fund_id.display_name, line.item_id.code): tuple(
                int(line[name]) for name in COUNTERS
            )
            for line in lines
        }
        self.assertNothingDrifts()
