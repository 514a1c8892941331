import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class AccountMove(models.Model):
    """Four eyes on entries that are typed by hand and move budget.

    What comes from an approved document was decided by its route. An entry without one
    (a correction, a reversal, wages) takes or gives back budget as well: a second
    person agrees to exactly what it says before it is posted, whoever posts it
    (Law on Accounting 88/2015, articles 18 and 19: checked and signed vouchers).
    """

    _inherit = "account.move"

    party_checked_by_id = fields.Many2one(
        "res.users", string="Agreed by", readonly=True, copy=False
    )
    party_checked_hash = fields.Char(
        readonly=True, copy=False, groups="base.group_system"
    )
    party_editor_ids = fields.Many2many(
        "res.users", "account_move_party_editor_rel", readonly=True, copy=False
    )
    party_needs_check = fields.Boolean(
        string="Waits for the chief accountant",
        compute="_compute_party_needs_check",
        search="_search_party_needs_check",
        help="It moves budget without a claim, and no second person has agreed yet.",
    )
    party_can_check = fields.Boolean(compute="_compute_party_needs_check")

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "party_checked_by_id",
            "party_checked_hash",
            "party_editor_ids",
        }

    @api.depends_context("uid")
    @api.depends("state", "line_ids", "party_checked_by_id")
    def _compute_party_needs_check(self):
        for move in self:
            # the hash is hidden from users
            needs = move.state == "draft" and not move.sudo()._is_second_person_done()
            move.party_needs_check = needs
            move.party_can_check = needs and not move._why_not_second_person()

    @api.model
    def _search_party_needs_check(self, operator, value):
        if operator != "in":
            return NotImplemented
        # only drafts on controlled accounts can be concerned: few at any time
        drafts = self.search(
            [
                ("state", "=", "draft"),
                ("line_ids.account_id.budget_controlled", "=", True),
            ]
        )
        waiting = drafts.filtered("party_needs_check")
        return [("id", "in" if True in value else "not in", waiting.ids)]

    def _lines_without_document(self):
        """Return the lines that move budget without an approved document."""
        return self.line_ids.filtered(
            lambda line: (
                line._is_budget_controlled()
                and not line._has_approved_document()
                and not line.company_currency_id.is_zero(line.balance)
            )
        )

    def _hash_budget_content(self):
        """Return the SHA-256 (hex) of all that decides which budget moves."""
        self.ensure_one()
        rows = [
            [
                line.id,
                line.account_id.id,
                f"{line.balance:.2f}",
                sorted((line.analytic_distribution or {}).items()),
                line.party_fund_id.id,
                line.party_item_id.id,
                line.partner_id.id,
                line.name or "",
            ]
            for line in self.line_ids.sorted("id")
        ]
        head = [str(self.date), self.reversed_entry_id.id]
        text = json.dumps([*head, rows], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def _is_second_person_done(self):
        self.ensure_one()
        if not self._lines_without_document():
            return True
        return bool(self.party_checked_by_id) and (
            self.party_checked_hash == self._hash_budget_content()
        )

    def _why_not_second_person(self):
        """Return why the user cannot be the second person, or ``""``."""
        self.ensure_one()
        move = self.sudo()
        # a recurring entry is copied by a cron: who wrote the first one is its author
        sources = move | move.auto_post_origin_id
        authors = (
            sources.create_uid | sources.line_ids.create_uid | sources.party_editor_ids
        )
        if self.env.user in authors:
            return self.env._("Nobody agrees to his own entry.")
        if self.env.user.has_group("party_office_base.group_chief_accountant"):
            return ""
        by_chief = authors.filtered(
            lambda user: user.has_group("party_office_base.group_chief_accountant")
        )
        follows = move.board_ids <= self.env.user.visible_board_ids
        if (
            by_chief
            and follows
            and self.env.user.has_group("party_office_base.group_accountant")
        ):
            return ""
        return self.env._(
            "The chief accountant agrees to it; to an entry of his own an accountant "
            "who follows its boards."
        )

    def action_party_check(self):
        """Agree to what these draft entries say.

        :raises AccessError: the author himself, or no accountant with the right to
        :raises UserError: not a draft
        """
        for move in self:
            move.check_access("read")
            if move.state != "draft":
                raise UserError(
                    self.env._("%s is not a draft any more.", move.display_name)
                )
            reason = move._why_not_second_person()
            if reason:
                raise AccessError(reason)
            move._keep_second_person()
        return True

    def _keep_second_person(self):
        # written by the check only, see _protected_fields
        self.sudo().write(
            {
                "party_checked_by_id": self.env.uid,
                "party_checked_hash": self._hash_budget_content(),
            }
        )

    def action_party_ask_check(self):
        """Leave the chief accountant a to-do to agree to these entries."""
        for move in self:
            move.check_access("write")
            chief = move.company_id.sudo().chief_accountant_id
            if not chief:
                raise UserError(
                    self.env._("The office has no chief accountant. Name one first.")
                )
            move.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=chief.id,
                summary=self.env._("Agree to an entry that moves budget"),
            )
        return True

    def _check_second_person(self):
        """Refuse to post what no second person has agreed to.

        Whoever qualifies as second person agrees by posting.

        :raises UserError: naming the entry
        """
        for move in self:
            if move.sudo()._is_second_person_done():
                continue
            if not move._why_not_second_person():
                move._keep_second_person()
                continue
            raise UserError(
                self.env._(
                    "%(entry)s moves budget without an approved claim, so a second "
                    "person has to agree: have the chief accountant open it and press "
                    "“Agree” or post it. What was changed after that is agreed "
                    "to again.",
                    entry=move.display_name,
                )
            )

    def write(self, vals):
        changes = self._field_will_change
        edited = self.filtered(
            lambda move: any(
                changes(move, vals, name)
                for name in ("date", "reversed_entry_id", "auto_post_origin_id")
                if name in vals
            )
        )
        result = super().write(vals)
        edited._note_editor()
        return result

    def _note_editor(self):
        """Remember who changed what a draft entry says about budget."""
        drafts = self.filtered(lambda move: move.state == "draft")
        if drafts:
            # the list is kept by the server only
            drafts.sudo().write({"party_editor_ids": [(4, self.env.uid)]})

    def _reverse_moves(self, default_values_list=None, cancel=False):
        # a reversal gives budget back: it stays a draft until a second person agrees
        cancel = cancel and not self.sudo().line_ids.filtered(
            lambda line: line._is_budget_controlled()
        )
        return super()._reverse_moves(default_values_list, cancel)
