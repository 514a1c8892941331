from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.party_office_base.rules.money import format_dong, whole

from ..rules.distribution import single_board
from ..rules.ledger import BudgetEntry, consume

LOCKED_FIELDS = (
    "account_id",
    "analytic_distribution",
    "balance",
    "debit",
    "credit",
    "amount_currency",
    "currency_id",
    "move_id",
    "date",
    "display_type",
    "party_fund_id",
    "party_item_id",
    "party_claim_line_id",
)
#: what the books say: fixed on every line once the entry is posted
POSTED_FIELDS = (
    "account_id",
    "balance",
    "debit",
    "credit",
    "amount_currency",
    "currency_id",
    "move_id",
    "display_type",
)
#: what a second person agrees to: who changes it is an author
AGREED_FIELDS = {*LOCKED_FIELDS, "name", "partner_id"}


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    party_fund_id = fields.Many2one(
        "party.fund", string="Fund", index="btree_not_null", ondelete="restrict"
    )
    party_item_id = fields.Many2one(
        "party.budget.item",
        string="Budget item",
        index="btree_not_null",
        ondelete="restrict",
    )
    party_claim_line_id = fields.Many2one(
        "party.claim.line",
        string="Claim line",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    # ------------------------------------------------------------- protection
    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not self.env.su and lines.filtered("party_claim_line_id"):
            self._refuse_claim_link()
        lines._check_boards_followed()
        # core lets a caller add balanced lines to a posted entry
        late = lines.filtered(
            lambda line: line.move_id.state == "posted" and line._is_budget_controlled()
        )
        if late:
            self._refuse_posted(late)
        lines._check_books_closed()
        return lines

    def write(self, vals):
        if "party_claim_line_id" in vals and not self.env.su:
            self._refuse_claim_link()
        locked = [name for name in LOCKED_FIELDS if name in vals]
        if locked:
            self._check_budget_locked(locked, vals)
            self._check_books_locked(vals)
        moves = self.move_id
        result = super().write(vals)
        if AGREED_FIELDS & vals.keys():
            # a line that is moved away changes the entry that it leaves, too
            (moves | self.move_id)._note_editor()
        if "analytic_distribution" in vals:
            self._check_boards_followed()
        if "account_id" in vals or "move_id" in vals:
            moved = self.filtered(
                lambda line: (
                    line.move_id.state == "posted"
                    and line._is_budget_controlled()
                    and not line._party_net_spent()
                    and not line.company_currency_id.is_zero(line.balance)
                )
            )
            if moved:
                self._refuse_posted(moved)
        return result

    def unlink(self):
        self._check_books_closed()
        moves = self.move_id
        result = super().unlink()
        moves.exists()._note_editor()
        return result

    def _check_boards_followed(self):
        """Refuse to charge a board that the user does not follow.

        Record rules look at a line before it is written; without this a draft could be
        turned to another board and left to the cron that posts entries of their day.

        :raises AccessError: naming the boards
        """
        if self.env.su or self.env.user.sees_all_boards:
            return
        boards = self.env["party.board"]._by_analytic_account()
        charged = self.env["party.board"]
        for line in self:
            charged |= line._distribution_boards(boards)
        foreign = charged - self.env.user.visible_board_ids
        if foreign:
            raise AccessError(
                self.env._(
                    "You do not follow %(boards)s: you cannot charge it.",
                    # the names of boards are public inside the office
                    boards=", ".join(foreign.sudo().mapped("name")),
                )
            )

    def _check_budget_locked(self, names, vals):
        changes = self.env["account.move"]._field_will_change
        frozen = self.filtered(
            lambda line: (
                line.move_id.state == "posted"
                and line._is_budget_controlled()
                and any(changes(line, vals, name) for name in names)
            )
        )
        if frozen:
            self._refuse_posted(frozen)

    def _check_books_locked(self, vals):
        changes = self.env["account.move"]._field_will_change
        self.filtered(
            lambda line: any(changes(line, vals, name) for name in POSTED_FIELDS)
        )._check_books_closed()
        if "move_id" in vals:
            self.env["account.move"].browse(vals["move_id"]).line_ids[
                :1
            ]._check_books_closed()

    def _check_books_closed(self):
        """Refuse to change what a posted entry says.

        Core refuses it too, but not when the context says ``skip_readonly_check`` or
        ``check_move_validity``. Bank statements and payments keep their own entries.

        :raises UserError: naming the line
        """
        if self.env.su:
            return
        for line in self:
            move = line.move_id
            kept = move.sudo().statement_line_id or move.sudo().origin_payment_id
            if move.state == "posted" and not kept:
                raise UserError(
                    self.env._(
                        "%(line)s is posted: account and amount cannot be changed. "
                        "Reset the entry to draft first.",
                        line=line._party_label(),
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_never_after_budget(self):
        # core skips its own check when the context says force_delete
        posted = self.filtered(
            lambda line: line.move_id.state == "posted" and line._is_budget_controlled()
        )
        # the ledger names its journal items for ever
        if posted or self.env["party.budget.move"].sudo().search_count(
            [("account_move_line_id", "in", self.ids)], limit=1
        ):
            raise UserError(
                self.env._(
                    "A journal item that has moved budget cannot be deleted. Cancel "
                    "the "
                    "entry and make a new one."
                )
            )

    def _refuse_posted(self, lines):
        raise UserError(
            self.env._(
                "%(line)s is posted and has moved budget: account, amount, board, "
                "fund and "
                "item cannot be changed. Reset the entry to draft first.",
                line=lines[0]._party_label(),
            )
        )

    def _refuse_claim_link(self):
        raise AccessError(
            self.env._("Only posting a payment claim links a journal item to it.")
        )

    def _party_label(self):
        self.ensure_one()
        return self.env._(
            "Line “%(label)s” (%(account)s, %(amount)s đ) of %(entry)s",
            label=self.name or "/",
            account=self.account_id.display_name,
            amount=format_dong(round(self.balance)),
            entry=self.move_id.display_name,
        )

    # ------------------------------------------------------------------ budget
    def _is_budget_controlled(self):
        """Tell whether this line takes from a budget."""
        self.ensure_one()
        return (
            self.display_type not in ("line_section", "line_subsection", "line_note")
            # whether an account is controlled does not depend on who posts
            and self.account_id.sudo().budget_controlled
        )

    def _has_approved_document(self):
        """Tell whether this line was decided by the approvals of a document."""
        self.ensure_one()
        return bool(self.party_claim_line_id)

    def _party_budget_spend(self):
        """Take the posted lines from their budgets, or give back what they reverse.

        :raises UserError: a line without exactly one board, a fund and an item; or
            short
        """
        self._check_no_document_reversed()
        lines = self.filtered(
            lambda line: (
                line._is_budget_controlled()
                and not line.company_currency_id.is_zero(line.balance)
            )
        )
        if not lines:
            return
        lines._check_party_complete()
        lines._check_claim_not_waiting_for_payment()
        boards = self.env["party.board"]._by_analytic_account()
        holds = {}
        entries = []
        for line in lines:
            entries += line._party_spend_entries(boards, holds)
        entries += self._party_reopen_entries()
        self.env["party.budget.line"]._book(entries)
        self._move_advances(entries)

    def _check_claim_not_waiting_for_payment(self):
        """Refuse to reverse the entry of a claim that the cashier is about to pay.

        :raises UserError: naming the claim
        """
        reversed_lines = self.move_id.reversed_entry_id.sudo().line_ids
        waiting = reversed_lines.party_claim_line_id.claim_id.filtered(
            lambda claim: claim.state == "posted"
        )
        if waiting:
            raise UserError(
                self.env._(
                    "%(claim)s waits for payment by this entry. Reset the "
                    "entry to draft "
                    "instead of reversing it: the claim is then approved again.",
                    claim=waiting[0].display_name,
                )
            )

    def _check_party_complete(self):
        """Refuse lines that do not say whose money they spend; all of them at once."""
        boards = self.env["party.board"]._by_analytic_account()
        reasons = {
            "none": self.env._("no board is charged"),
            "several": self.env._(
                "several boards are charged: split it into one line each"
            ),
            "share": self.env._("the board must be charged with 100 %"),
        }
        texts = []
        for line in self:
            problems = []
            reason = single_board(line.analytic_distribution, boards)[1]
            if reason:
                problems.append(reasons[reason])
            if not line.party_fund_id:
                problems.append(self.env._("the fund is missing"))
            if not line.party_item_id:
                problems.append(self.env._("the budget item is missing"))
            if problems:
                texts.append(f"{line._party_label()}: {'; '.join(problems)}.")
        if texts:
            texts.insert(0, self.env._("The entry spends budget and cannot be posted:"))
            raise UserError("\n".join(texts))
        self.env["party.fund.rule"]._check_entry_lines(self)

    def _party_spend_entries(self, boards, holds):
        """Return the ledger entries of one posted line.

        :param dict boards: ``{analytic account id: board id}``
        :param dict holds: what the documents still hold, kept up to date
        """
        self.ensure_one()
        board_id = single_board(self.analytic_distribution, boards)[0]
        board = self.env["party.board"].browse(board_id)
        amount = whole(self.balance)
        # the claim may be outside the scope of a cron or of a substitute
        claim_line = self.party_claim_line_id.sudo()
        document = claim_line.claim_id or self.move_id
        if claim_line:
            claim_line._check_can_be_spent(self, board)
        budget_line = claim_line.budget_line_id or self.env[
            "party.budget.line"
        ]._find_or_refuse(
            board,
            self.move_id.date.year,
            self.party_fund_id,
            self.party_item_id,
            self.move_id.company_id,
        )
        key = (document._name, document.id, budget_line.id)
        if key not in holds:
            held = claim_line.claim_id._cost_held() if claim_line else {}
            holds[key] = held.get(budget_line.id, 0)
        advance = claim_line.claim_id.advance_id
        covered = whole(claim_line.advance_amount) if advance else 0
        # money that was advanced from another line goes back there: this one gives anew
        own = covered if advance.budget_line_id == budget_line else 0
        taken = consume(amount, holds[key], own)
        holds[key] -= taken.from_hold
        entries = [
            BudgetEntry(
                line_id=budget_line.id,
                kind="spend" if amount > 0 else "reverse",
                held=-taken.from_hold,
                spent=amount,
                document=(document._name, document.id),
                document_name=document.display_name,
                day=self.move_id.date,
                note=self.name or "",
                move_line_id=self.id,
                requester_id=claim_line.claim_id.requester_id.id or 0,
            )
        ]
        if covered:
            entries.append(self._party_settle_entry(advance, -covered, "settle"))
        return entries

    def _party_settle_entry(self, advance, advanced, kind):
        """Return the ledger entry that takes from an advance, or gives back to it.

        It is a row of the advance, so that the rows of each advance add up to what is
        left of it.

        :param int advanced: đồng, negative when the advance is settled
        """
        return BudgetEntry(
            line_id=advance.budget_line_id.id,
            kind=kind,
            advanced=advanced,
            document=(advance._name, advance.id),
            document_name=advance.display_name,
            day=self.move_id.date,
            note=self.name or "",
            move_line_id=self.id,
            requester_id=advance.requester_id.id,
        )

    def _party_reopen_entries(self):
        """Return the ledger entries that give advances back what a reversal undoes.

        :raises UserError: unless the reversal is whole and the only one
        """
        entries = []
        for move in self.move_id.filtered("reversed_entry_id"):
            original = move.reversed_entry_id
            rows = [
                (row[5], int(row[7]))
                for row in original.line_ids._party_open_rows()
                if row[4] == "party.advance" and row[7]
            ]
            if not rows:
                continue
            move._check_whole_reversal(all(amount < 0 for _id, amount in rows))
            line = move.line_ids.filtered(lambda item: item._is_budget_controlled())[0]
            for advance_id, amount in rows:
                advance = self.env["party.advance"].browse(advance_id)
                entries.append(line._party_settle_entry(advance, -amount, "reverse"))
        return entries

    def _move_advances(self, entries, undo=False):
        """Let the figures of the advances follow the ledger.

        A claim that settles uses up what it had reserved; when its entry is taken back,
        the reservation lives again. A reversal opens the advance for others.

        :param list entries: ``BudgetEntry`` just booked
        """
        totals = {}
        for entry in entries:
            model, advance = entry.document
            if model == "party.advance" and entry.advanced:
                less, more = totals.get(advance, (0, 0))
                less += min(entry.advanced, 0)
                more += max(entry.advanced, 0)
                totals[advance] = less, more
        for advance_id, (less, more) in sorted(totals.items()):
            # figures of an advance follow the books, whoever posts
            advance = self.env["party.advance"].sudo().browse(advance_id)
            advance._move_figures(
                settled=-(less + more), reserved=more if undo else less
            )

    def _check_no_document_reversed(self):
        """Refuse to reverse the entry of an advance or of a receipt.

        :raises UserError: naming the document
        """
        originals = self.move_id.reversed_entry_id
        # the entry of a withdrawal or transfer belongs to its Treasury document
        own_entry = {
            "party.advance": [("payment_method", "=", "cash")],
            "party.receipt": [("kind", "!=", "withdrawal")],
        }
        for model, domain in own_entry.items() if originals else ():
            # the document may be outside the scope of a cron
            document = (
                self.env[model]
                .sudo()
                .search([("move_id", "in", originals.ids), *domain], limit=1)
            )
            if document:
                raise UserError(
                    self.env._(
                        "This is the entry of %(document)s and cannot be reversed: "
                        "money that comes back is booked by a receipt, money that goes "
                        "out by a voucher.",
                        document=document.display_name,
                    )
                )

    def _party_net_spent(self):
        """Return what the ledger says that this line has spent (đồng)."""
        return sum(row[3] for row in self._party_open_rows())

    def _party_open_rows(self):
        """Return the net of the ledger: (line, item, held, spent, model, id, name,
        advanced).
        """
        if not self.ids:
            return []
        return self.env.execute_query(
            SQL(
                """
                SELECT line_id, account_move_line_id, sum(delta_held), sum(delta_spent),
                       res_model, res_id, max(document_name), sum(delta_advanced)
                  FROM party_budget_move
                 WHERE account_move_line_id IN %s
              GROUP BY line_id, account_move_line_id, res_model, res_id
                HAVING sum(delta_spent) <> 0 OR sum(delta_held) <> 0
                    OR sum(delta_advanced) <> 0
              ORDER BY line_id, account_move_line_id
                """,
                tuple(self.ids),
            )
        )

    def _party_budget_undo(self):
        """Reverse the ledger rows of lines that are not posted any more.

        A hold or an advance that was turned into spending is one again.
        """
        entries = [
            BudgetEntry(
                line_id=line_id,
                kind="reverse",
                held=-int(held),
                spent=-int(spent),
                advanced=-int(advanced),
                document=(model, res_id),
                document_name=name,
                note=self.env._("Entry taken back"),
                move_line_id=item_id,
            )
            for (
                line_id,
                item_id,
                held,
                spent,
                model,
                res_id,
                name,
                advanced,
            ) in self._party_open_rows()
        ]
        self.env["party.budget.line"]._book(entries)
        self._move_advances(entries, undo=True)
        # the document follows its entry, whoever takes it back
        self.party_claim_line_id.sudo().claim_id._on_entry_taken_back()
        for model in ("party.advance", "party.receipt"):
            documents = self.env[model].sudo()
            found = documents.search([("move_id", "in", self.move_id.ids)])
            found._on_entry_taken_back()
