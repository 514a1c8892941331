from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.party_office_base.rules.report import Column, Report, Row


class PartyReportCashBook(models.AbstractModel):
    """The cash book (S11-H sổ quỹ tiền mặt), month by month."""

    _name = "party.report.cash_book"
    _description = "Cash Book"
    _inherit = ["party.report.provider"]

    def _report(self, options):
        # only who may read the cash book reads its report
        self.env["party.cash.entry"].check_access("read")
        since = options.since or fields.Date.start_of(options.day, "month")
        company = self.env.company
        return Report(
            title=self.env._("Cash book"),
            subtitles=[
                company.name,
                self.env._(
                    "From %(since)s to %(day)s",
                    since=since.strftime("%d/%m/%Y"),
                    day=options.day.strftime("%d/%m/%Y"),
                ),
            ],
            columns=self._columns(),
            rows=self._rows(company, since, options.day),
            signatures=[
                self.env._("Cashier"),
                self.env._("Chief accountant"),
                self.env._("Head of the unit"),
            ],
            form_code="S11-H",
        )

    def _columns(self):
        return [
            Column("date", self.env._("Date"), "date", 12),
            Column("number_in", self.env._("Receipt"), "text", 14),
            Column("number_out", self.env._("Payment voucher"), "text", 14),
            Column("description", self.env._("Description"), "text", 44),
            Column("amount_in", self.env._("In"), "money", 18, total=True),
            Column("amount_out", self.env._("Out"), "money", 18, total=True),
            Column("balance", self.env._("Balance"), "money", 18),
        ]

    def _rows(self, company, since, until):
        entries = self.env["party.cash.entry"].search(
            [
                ("company_id", "=", company.id),
                ("date", ">=", since),
                ("date", "<=", until),
            ],
            order="sequence",
        )
        rows = []
        balance = self._balance_before(company, since)
        for month, group in entries.grouped(
            lambda e: fields.Date.start_of(e.date, "month")
        ).items():
            name = month.strftime("%m/%Y")
            rows.append(
                self._sum_row(self.env._("Opening balance %s", name), balance=balance)
            )
            rows += [self._entry_row(entry) for entry in group]
            balance = group[-1].balance_after
            rows.append(
                self._sum_row(
                    self.env._("Moved in %s", name),
                    amount_in=sum(group.mapped("amount_in")),
                    amount_out=sum(group.mapped("amount_out")),
                )
            )
            rows.append(
                self._sum_row(self.env._("Closing balance %s", name), balance=balance)
            )
        if not rows:
            rows.append(self._sum_row(self.env._("Opening balance"), balance=balance))
        return rows

    def _balance_before(self, company, day):
        last = self.env["party.cash.entry"].search(
            [("company_id", "=", company.id), ("date", "<", day)],
            order="sequence desc",
            limit=1,
        )
        return last.balance_after

    def _sum_row(self, text, **figures):
        return Row({"description": text, **figures}, level=1)

    def _entry_row(self, entry):
        incoming = entry.direction == "in"
        return Row(
            {
                "date": entry.date,
                "number_in": entry.number if incoming else "",
                "number_out": "" if incoming else entry.number,
                "description": entry.description or "",
                "amount_in": entry.amount_in,
                "amount_out": entry.amount_out,
                "balance": entry.balance_after,
            },
            link=(entry.res_model, entry.res_id),
        )


class PartyReportCashCheck(models.AbstractModel):
    """The cash book against account 1111 of the ledger, entry by entry.

    What is posted and not yet paid or received explains a difference; anything else is
    an alarm.
    """

    _name = "party.report.cash_check"
    _description = "Cash Book and Ledger"
    _inherit = ["party.report.provider"]

    def _report(self, options):
        self.env["party.cash.entry"].check_access("read")
        company = self.env.company
        return Report(
            title=self.env._("Cash book and ledger"),
            subtitles=[
                company.name,
                self.env._("On %s", options.day.strftime("%d/%m/%Y")),
            ],
            columns=[
                Column("state", self.env._("Finding"), "text", 26),
                Column("description", self.env._("Description"), "text", 44),
                Column("ledger", self.env._("Ledger"), "money", 18, total=True),
                Column("cash", self.env._("Cash book"), "money", 18, total=True),
                Column("gap", self.env._("Difference"), "money", 18, total=True),
            ],
            rows=self._rows(company, options.day),
        )

    def _rows(self, company, day):
        differences = self._differences(company, day)
        pending = self._pending([row[0] for row in differences if row[0]], day)
        rows = []
        for move, name, ledger, cash in differences:
            document = pending.get(move)
            label = self.env._("Explained") if document else self.env._("ALARM")
            rows.append(
                Row(
                    {
                        "state": label,
                        "description": document or name or self.env._("Cash book"),
                        "ledger": ledger,
                        "cash": cash,
                        "gap": ledger - cash,
                    },
                    link=("account.move", move) if move else None,
                )
            )
        ledger, cash = self._balances(company, day)
        gap = sum(row.cells["gap"] for row in rows)
        rows.insert(
            0,
            self._heading(self.env._("Balance on this day"), ledger, cash),
        )
        rows.append(self._heading(self.env._("Sum of the differences"), gap, 0))
        return rows

    def _heading(self, text, ledger, cash):
        return Row(
            {
                "description": text,
                "ledger": ledger,
                "cash": cash,
                "gap": ledger - cash,
            },
            level=1,
        )

    def _account(self, company):
        # the company's settings are the same for whoever reads the report
        company = company.sudo()
        return company.party_cash_account_id or company._party_account("1111")

    def _balances(self, company, day):
        """Return ``(ledger, cash book)`` at the end of a day (đồng)."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT (SELECT COALESCE(sum(item.balance), 0)
                          FROM account_move_line item
                         WHERE item.account_id = %(account)s
                           AND item.company_id = %(company)s
                           AND item.parent_state = 'posted' AND item.date <= %(day)s),
                       (SELECT COALESCE(sum(entry.amount_in - entry.amount_out), 0)
                          FROM party_cash_entry entry
                         WHERE entry.company_id = %(company)s AND entry.date <= %(day)s)
                """,
                account=self._account(company).id,
                company=company.id,
                day=day,
            )
        )
        return rows[0]

    def _differences(self, company, day):
        """Return ``[(entry id or None, name, ledger, cash)]`` where the two differ.

        Opening balances have no common entry: those of the ledger, entered by hand
        until the book began, stand against the book's own.
        """
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                WITH opened AS (
                    SELECT entry.date, entry.amount FROM party_cash_entry entry
                     WHERE entry.company_id = %(company)s AND entry.is_opening),
                cash AS (
                    SELECT entry.account_move_id AS move,
                           min(entry.description) AS name,
                           sum(entry.amount_in - entry.amount_out) AS amount
                      FROM party_cash_entry entry
                     WHERE entry.company_id = %(company)s AND entry.date <= %(day)s
                       AND NOT entry.is_opening
                  GROUP BY entry.account_move_id),
                ledger AS (
                    SELECT item.move_id AS move, min(move.name) AS name,
                           min(move.date) AS date, sum(item.balance) AS amount
                      FROM account_move_line item
                      JOIN account_move move ON move.id = item.move_id
                     WHERE item.account_id = %(account)s
                       AND item.company_id = %(company)s
                       AND move.state = 'posted' AND move.date <= %(day)s
                  GROUP BY item.move_id),
                matched AS (
                    SELECT COALESCE(ledger.move, cash.move) AS move,
                           COALESCE(ledger.name, cash.name) AS name,
                           COALESCE(ledger.amount, 0) AS ledger,
                           COALESCE(cash.amount, 0) AS cash,
                           cash.move IS NULL AND ledger.date <= (
                               SELECT date FROM opened) AS is_opening
                      FROM ledger FULL JOIN cash ON cash.move = ledger.move),
                openings AS (
                    SELECT COALESCE((SELECT sum(ledger) FROM matched
                                      WHERE is_opening), 0) AS ledger,
                           COALESCE((SELECT sum(amount) FROM opened
                                      WHERE date <= %(day)s), 0) AS cash)
                SELECT move, name, ledger, cash FROM matched
                 WHERE ledger <> cash AND is_opening IS NOT TRUE
                 UNION ALL
                SELECT NULL, %(opening)s, ledger, cash FROM openings
                 WHERE ledger <> cash
              ORDER BY 1 NULLS FIRST
                """,
                account=self._account(company).id,
                company=company.id,
                day=day,
                opening=self.env._("Opening balance"),
            )
        )

    def _pending(self, move_ids, day):
        """Return ``{entry id: text}`` of vouchers posted but not yet paid or received
        on a day.
        """
        if not move_ids:
            return {}
        # claims and receipts of all boards: who reads the cash book sees them all
        claims = (
            self.env["party.claim"]
            .sudo()
            .search(
                [
                    ("move_id", "in", move_ids),
                    ("payment_method", "=", "cash"),
                    "|",
                    ("state", "=", "posted"),
                    ("paid_on", ">", day),
                ]
            )
        )
        receipts = (
            self.env["party.receipt"]
            .sudo()
            .search(
                [
                    ("move_id", "in", move_ids),
                    "|",
                    ("state", "=", "issued"),
                    ("received_on", ">", day),
                ]
            )
        )
        texts = {
            claim.move_id.id: self.env._(
                "%(voucher)s posted, not yet paid", voucher=claim.voucher_number
            )
            for claim in claims
        }
        return texts | {
            receipt.move_id.id: self.env._(
                "%(receipt)s posted, not yet received", receipt=receipt.name
            )
            for receipt in receipts
        }
