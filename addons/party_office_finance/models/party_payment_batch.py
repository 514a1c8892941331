from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.party_office_base.office_time import local_today
from odoo.addons.party_office_base.rules.money import format_dong

from ..rules.treasury import KINDS_BY_REGIME

ACCOUNTANT = "party_office_base.group_accountant"
CASHIER = "party_office_base.group_cashier"
#: documents that a list may hold
PAYABLE = ("party.claim", "party.advance")
#: a Treasury document in these states pays nothing any more
DEAD_PAPERS = ("refused", "cancelled")


class PartyPaymentBatch(models.Model):
    """Documents that are paid together: a list for the cashier, or one transfer.

    The list itself pays nothing: each document is paid by its own action, with its own
    voucher and, in cash, its own row in the cash book. What stands on the list is a
    copy, so that a document that was changed since is noticed.
    """

    _name = "party.payment.batch"
    _description = "Payment List"
    _inherit = ["party.protected.mixin", "mail.thread"]
    _order = "date desc, id desc"

    name = fields.Char(required=True, copy=False, default="/", readonly=True)
    payment_method = fields.Selection(
        [("cash", "Cash"), ("transfer", "Bank transfer")], required=True, readonly=True
    )
    date = fields.Date(
        required=True, readonly=True, default=lambda self: local_today(self.env)
    )
    description = fields.Char(string="Content")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    requester_id = fields.Many2one(
        "res.users",
        string="Made by",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
    )
    made_on = fields.Date(readonly=True, help="The day on which the list was made.")
    is_cancelled = fields.Boolean(string="Cancelled", readonly=True)
    state = fields.Selection(
        [
            ("draft", "Being made"),
            ("ready", "To be paid"),
            ("paid", "Paid"),
            ("cancelled", "Cancelled"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
        tracking=True,
    )
    line_ids = fields.One2many(
        "party.payment.batch.line", "batch_id", string="Documents", readonly=True
    )
    board_ids = fields.Many2many(
        "party.board",
        "party_payment_batch_board_rel",
        string="Boards",
        compute="_compute_boards",
        store=True,
        help="Who follows all of them sees the list.",
    )
    beneficiary_ids = fields.One2many(
        "party.payment.beneficiary", "batch_id", string="Persons"
    )
    treasury_id = fields.Many2one(
        "party.treasury.move",
        string="Treasury document",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    amount_total = fields.Monetary(string="Total", compute="_compute_amounts")
    amount_paid = fields.Monetary(string="Paid", compute="_compute_amounts")
    line_count = fields.Integer(
        string="Number of documents", compute="_compute_amounts"
    )
    paid_count = fields.Integer(string="Documents paid", compute="_compute_amounts")
    progress = fields.Char(compute="_compute_amounts")
    has_claims = fields.Boolean(compute="_compute_amounts")
    has_advances = fields.Boolean(compute="_compute_amounts")
    warning = fields.Text(compute="_compute_warning")
    can_edit = fields.Boolean(compute="_compute_can_act")
    can_pay = fields.Boolean(compute="_compute_can_act")
    can_make_paper = fields.Boolean(compute="_compute_can_act")
    can_cancel = fields.Boolean(compute="_compute_can_act")

    # ---------------------------------------------------------------- computes
    @api.depends("made_on", "is_cancelled", "line_ids.state")
    def _compute_state(self):
        for batch in self:
            states = set(batch.line_ids.mapped("state"))
            if batch.is_cancelled:
                batch.state = "cancelled"
            elif not batch.made_on:
                batch.state = "draft"
            elif "paid" in states and "waiting" not in states:
                batch.state = "paid"
            else:
                batch.state = "ready"

    @api.depends("line_ids.board_id")
    def _compute_boards(self):
        for batch in self:
            batch.board_ids = batch.line_ids.board_id

    @api.depends("line_ids.amount", "line_ids.state")
    def _compute_amounts(self):
        for batch in self:
            lines = batch.line_ids
            paid = lines.filtered(lambda line: line.state == "paid")
            batch.amount_total = sum(lines.mapped("amount"))
            batch.amount_paid = sum(paid.mapped("amount"))
            batch.line_count = len(lines)
            batch.paid_count = len(paid)
            batch.progress = f"{len(paid)}/{len(lines)}"
            batch.has_claims = bool(lines.claim_id)
            batch.has_advances = bool(lines.advance_id)

    @api.depends_context("lang")
    @api.depends(
        "state", "line_ids.state", "beneficiary_ids.acc_number", "treasury_id.amount"
    )
    def _compute_warning(self):
        for batch in self:
            sentences = []
            if batch.state == "draft":
                sentences += batch._why_not_made()
            if batch.state == "ready":
                sentences += [
                    batch._say_changed(line)
                    for line in batch.line_ids
                    if line.state == "changed"
                ]
                sentences += filter(None, [batch._why_paper_differs()])
            if batch.state in ("draft", "ready"):
                sentences += batch.sudo().beneficiary_ids._say_doubts()
            batch.warning = "\n".join(sentences)

    @api.depends_context("uid")
    @api.depends("state", "payment_method", "requester_id", "treasury_id.state")
    def _compute_can_act(self):
        user = self.env.user
        for batch in self:
            mine = not batch._why_not_edit()
            batch.can_edit = batch.state == "draft" and mine
            batch.can_pay = (
                batch.state == "ready"
                and batch.payment_method == "cash"
                and user.has_group(CASHIER)
            )
            paper = batch._live_paper()
            batch.can_make_paper = (
                batch.state == "ready"
                and batch.payment_method == "transfer"
                and mine
                and not paper
            )
            batch.can_cancel = batch.state in ("draft", "ready") and mine and not paper

    @api.depends("name")
    def _compute_display_name(self):
        for batch in self:
            numbered = batch.name and batch.name != "/"
            batch.display_name = batch.name if numbered else self.env._("Draft")

    # -------------------------------------------------------------- protection
    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "name",
            "payment_method",
            "date",
            "company_id",
            "requester_id",
            "made_on",
            "is_cancelled",
            "state",
            "line_ids",
            "board_ids",
            "beneficiary_ids",
            "treasury_id",
        }

    def _why_not_edit(self):
        """Return why the user may not prepare this list, or ``""``."""
        self.ensure_one()
        user = self.env.user
        if user.has_group("party_office_base.group_chief_accountant"):
            return ""
        if user.has_group(ACCOUNTANT) and self.requester_id == user:
            return ""
        return self.env._("Only who made the list or the chief accountant may do this.")

    def _check_can_edit(self, *states):
        """Refuse who may not prepare the list, and a state that does not fit.

        :raises AccessError: not the author, or may not read it
        :raises UserError: wrong state
        """
        labels = dict(self._fields["state"]._description_selection(self.env))
        for batch in self:
            batch.check_access("read")
            reason = batch._why_not_edit()
            if reason:
                raise AccessError(reason)
            if batch.state not in states:
                raise UserError(
                    self.env._(
                        "%(list)s is in the state “%(state)s”; this cannot be done "
                        "now.",
                        list=batch.display_name,
                        state=labels[batch.state],
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        self._check_can_edit("draft")

    # -------------------------------------------------------------------- make
    @api.model
    def _make(self, documents):
        """Begin the lists of documents: one for the cashier, one for each transfer.

        :param documents: ``party.claim`` or ``party.advance``
        :returns: the new lists, as drafts
        :raises AccessError: unless the user is an accountant who may read them
        :raises UserError: naming each document that cannot be paid, and why
        """
        if not self.env.user.has_group(ACCOUNTANT):
            raise AccessError(self.env._("Only an accountant makes payment lists."))
        if not documents:
            raise UserError(self.env._("Choose what is to be paid."))
        documents.check_access("read")
        self._check_payable(documents)
        purses = {}
        for document in documents:
            purse = document._payable_purse()
            purses[purse] = purses.get(purse, documents.browse()) | document
        # made by this action only; the author is the user
        batches = self.sudo().create(
            [
                {
                    "payment_method": group[0].payment_method,
                    "company_id": group[0].company_id.id,
                }
                for group in purses.values()
            ]
        )
        for batch, group in zip(batches, purses.values(), strict=True):
            batch._add(group)
        return batches.sudo(False)

    # not @api.model: a button of a list sends the ids of what is chosen
    def action_begin_cash(self):
        """Begin a list of all that the user could have paid in cash."""
        return self._begin("cash")

    def action_begin_transfer(self):
        """Begin the lists of all that the user could have paid by transfer."""
        return self._begin("transfer")

    @api.model
    def _begin(self, method):
        """Make lists of whatever waits and stands on none; open them.

        :raises AccessError: unless the user is an accountant
        :raises UserError: when nothing waits
        """
        batches = self.browse()
        for name in PAYABLE:
            documents = self._waiting(name, method)
            if not documents:
                continue
            if method == "cash" and batches:
                batches._add(documents)
            else:
                batches |= self._make(documents)
        if not batches:
            raise UserError(self.env._("Nothing of your boards waits for payment."))
        return batches._open()

    @api.model
    def _waiting(self, name, method):
        """Return the documents of a model that the user could put on a list."""
        model = self.env[name]
        return model.search(
            [
                ("state", "=", model._payable_state),
                ("payment_method", "=", method),
                ("company_id", "=", self.env.company.id),
            ],
            order="waiting_since, id",
        ).filtered(
            lambda document: (
                not document._payable_line() and not document._why_not_payable()
            )
        )

    def _check_payable(self, documents):
        """Refuse documents that cannot be paid now.

        :raises UserError: naming each of them, and why
        """
        reasons = [
            self.env._(
                "%(document)s: %(reason)s",
                document=document.display_name,
                reason=reason,
            )
            for document in documents
            if (reason := self._why_not_add(document))
        ]
        if reasons:
            raise UserError("\n".join(reasons))

    def _why_not_add(self, document):
        reason = document._why_not_payable()
        line = not reason and document._payable_line()
        if line and line.batch_id not in self:
            reason = self.env._("it stands on list %s already.", line.batch_id.name)
            if line.batch_id.name == "/":
                reason = self.env._(
                    "%s is already preparing a list with it.",
                    line.batch_id.requester_id.name,
                )
        return reason

    def _add(self, documents):
        """Put documents, which were checked, on this list."""
        self.ensure_one()
        # lines are written by actions only
        batch = self.sudo()
        batch.env["party.payment.batch.line"].create(
            [
                {"batch_id": batch.id, **self._prepare_line(document)}
                for document in documents
            ]
        )._fill_beneficiaries()

    @api.model
    def _prepare_line(self, document):
        """Return what the list says about a document."""
        # names of boards and persons stand on every list
        known = document.sudo()
        return {
            "claim_id": document.id if document._name == "party.claim" else False,
            "advance_id": document.id if document._name == "party.advance" else False,
            "board_id": known.board_id.id,
            "number": known.voucher_number or known.name,
            "receiver": known._payable_receiver(),
            "content": known._payable_content(),
            "amount": known._payable_amount(),
            "fingerprint": known._payable_fingerprint(),
        }

    def action_add_waiting(self):
        """Put on this list whatever else the user could put on it.

        :raises AccessError: not the author
        :raises UserError: not a draft, or nothing else waits
        """
        self.ensure_one()
        self._check_can_edit("draft")
        added = 0
        for name in PAYABLE:
            documents = self._waiting(name, self.payment_method)
            documents = documents.filtered(self._fits)
            if documents:
                # the first one says what else fits
                purse = documents[0]._payable_purse()
                documents = documents.filtered(
                    lambda document, purse=purse: document._payable_purse() == purse
                )
                self._add(documents)
                added += len(documents)
        if not added:
            raise UserError(self.env._("Nothing else of this kind waits for payment."))
        return True

    def _fits(self, document):
        """Tell whether one payment may hold a document together with what is there."""
        first = self.line_ids[:1]._document()
        return not first or document._payable_purse() == first._payable_purse()

    def _why_not_made(self):
        """Return the sentences (``list``) that say what is missing."""
        self.ensure_one()
        if not self.line_ids:
            return [self.env._("Nothing is on the list.")]
        # whoever is missing an account is named, whichever board he is of
        return self.sudo().beneficiary_ids._say_missing()

    def action_make(self):
        """Make the list: number, and by transfer the Treasury document.

        :raises AccessError: not the author
        :raises UserError: a document cannot be paid any more or was changed, or a
            person has no bank account
        """
        for batch in self:
            batch._check_can_edit("draft")
            batch._check_lines()
            batch.beneficiary_ids._snapshot()
            missing = batch._why_not_made()
            if missing:
                raise UserError("\n".join(missing))
            today = local_today(self.env)
            # numbers are given by the series only
            made = batch.sudo()
            number = made.env["party.series"]._next("payment_batch", today, made)
            made.write({"name": number, "date": today, "made_on": today})
            if batch.payment_method == "transfer":
                batch._make_paper()
        return True

    def _check_lines(self):
        """Refuse a list with documents that cannot be paid as they stand on it."""
        reasons = [
            self._say_changed(line) for line in self.line_ids if line._is_changed()
        ]
        if reasons:
            raise UserError("\n".join(reasons))
        for name in PAYABLE:
            self._check_payable(self.line_ids._documents(name))

    def _say_changed(self, line):
        return self.env._(
            "%(document)s was changed, taken back or paid otherwise since it was put "
            "on the list: take it off.",
            document=line._document().sudo().display_name,
        )

    # -------------------------------------------------------------- treasury
    def _live_paper(self):
        """Return the Treasury document that pays, or is to pay, this list."""
        # a colleague signs or posts it
        paper = self.sudo().treasury_id
        gone = paper.state in DEAD_PAPERS or "posted" in paper.reversal_ids.mapped(
            "state"
        )
        return paper.browse() if gone else paper

    def _why_paper_differs(self):
        """Return what is wrong when the Treasury document pays another sum, or ``""``.

        Its author may still change a draft.
        """
        self.ensure_one()
        paper = self._live_paper()
        if not paper or paper.amount == self.amount_total:
            return ""
        return self.env._(
            "The Treasury document %(paper)s says %(amount)s đ, the list %(total)s đ: "
            "correct the document, or cancel both and make the list anew.",
            paper=paper.display_name,
            amount=format_dong(paper.amount),
            total=format_dong(self.amount_total),
        )

    def _make_paper(self):
        """Begin the Treasury document by the documents' own action."""
        self.ensure_one()
        names = {line.res_model for line in self.line_ids}
        documents = self.line_ids._documents(names.pop())
        action = documents.action_make_treasury_paper()
        papers = self.env[action["res_model"]].with_context(**action["context"])
        values = {
            "description": self.description or self._default_description(),
            # in January what is paid may be of the last year's estimate
            "year": documents[0].date.year,
        }
        fund = documents.sudo()._payable_fund()
        kind = action["context"].get("default_kind")
        if kind and kind not in KINDS_BY_REGIME[fund.regime]:
            # the money of a payment order: the accountant names the order
            values["kind"] = "order_spending"
        paper = papers.create(values)
        # the link is written by this action only
        self.sudo().write({"treasury_id": paper.id})
        return paper

    def _default_description(self):
        return self.env._("Payment list %s", self.name)

    def action_make_paper(self):
        """Begin another Treasury document, when the first was refused or reversed.

        :raises AccessError: not the author
        :raises UserError: one is still alive, or a document was changed
        """
        self.ensure_one()
        self._check_can_edit("ready")
        if self.payment_method != "transfer" or self._live_paper():
            raise UserError(self.env._("A Treasury document pays this list already."))
        self._check_lines()
        self._make_paper()
        return self.action_open_paper()

    def action_open_paper(self):
        """Open the Treasury document of this list."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "party.treasury.move",
            "res_id": self.treasury_id.id,
            "view_mode": "form",
        }

    # --------------------------------------------------------------------- pay
    def action_pay(self):
        """Pay in cash each document that still waits, by its own action.

        What cannot be paid (the box is short, it was changed) is told and leaves no
        trace; the others are paid.

        :returns: the dialog that tells what became of them
        :raises AccessError: unless the user is the cashier
        :raises UserError: no cash list, or not made yet
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group(CASHIER):
            raise AccessError(self.env._("Only the cashier pays."))
        if self.payment_method != "cash":
            raise UserError(self.env._("A transfer is paid by a Treasury document."))
        if self.state != "ready":
            raise UserError(
                self.env._("%s does not wait for payment.", self.display_name)
            )
        outcomes = self.env["party.payment.outcome"]._run(
            self.line_ids.filtered(lambda line: line.state != "paid"),
            lambda line: line._pay(),
        )
        return outcomes._open(self.env._("Payment of list %s", self.name))

    def action_print_vouchers(self):
        """Print the vouchers of all claims of the list as one file.

        :raises UserError: when there is none yet
        """
        return self._print_vouchers("party.claim")

    def action_print_advance_vouchers(self):
        """Print the vouchers of all advances of the list as one file.

        :raises UserError: when there is none yet
        """
        return self._print_vouchers("party.advance")

    def _print_vouchers(self, name):
        self.ensure_one()
        documents = self.line_ids._documents(name).filtered("voucher_number")
        action = documents and documents._print_voucher()
        if not action:
            raise UserError(self.env._("No voucher of this list can be printed yet."))
        return action

    # ------------------------------------------------------------------ cancel
    def action_cancel(self):
        """Cancel the lists; their documents wait for payment as before.

        :raises AccessError: not the author
        :raises UserError: something was paid by it, or a Treasury document is alive
        """
        self._check_can_edit("draft", "ready")
        for batch in self:
            paper = batch._live_paper()
            if paper:
                raise UserError(
                    self.env._(
                        "%(paper)s pays this list: cancel that document first.",
                        paper=paper.display_name,
                    )
                )
            if batch.name != "/":
                # numbers are kept by the series only
                numbers = self.env["party.series.number"].sudo()._of(batch)
                numbers._cancel(self.env._("The payment list was cancelled."))
            # written by this action only
            batch.sudo().write({"is_cancelled": True})
        return True

    # ------------------------------------------------------------------- links
    def _open(self):
        """Return the action that shows these lists."""
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Payment lists"),
            "res_model": self._name,
        }
        if len(self) == 1:
            return action | {"res_id": self.id, "view_mode": "form"}
        return action | {
            "view_mode": "list,kanban,form",
            "domain": [("id", "in", self.ids)],
        }
