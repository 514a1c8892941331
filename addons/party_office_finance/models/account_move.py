from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class AccountMove(models.Model):
    """The choke point between the books and the budget.

    ``_post`` and ``button_draft`` both change ``state`` through ``write``, and so does
    an RPC call that skips them. The budget moves therefore hang on the change of the
    state itself: nothing is posted, or taken back, beside the budget.
    """

    _inherit = "account.move"

    @api.model
    def _party_refuse_force(self):
        return self.env._(
            "An entry is posted by its button, so that all checks are made. It cannot "
            "be "
            "written as posted."
        )

    def _post(self, soft=True):
        # an entry that is being posted is known to the server only: a key of the
        # context could be forged
        posting = self.env.cr.precommit.data.setdefault("party_posting", set())
        added = set(self.ids) - posting
        posting |= added
        try:
            return super()._post(soft)
        finally:
            posting -= added

    def write(self, vals):
        if "date" in vals:
            self._check_budget_year(vals["date"])
        if "state" not in vals:
            return super().write(vals)
        self.env["party.treasury.move"]._check_entries_stand(self, vals["state"])
        before = {move.id: move.state for move in self}
        self._check_boards_followed()
        result = super().write(vals)
        posted = self.filtered(
            lambda m: m.state == "posted" and before[m.id] != "posted"
        )
        posting = self.env.cr.precommit.data.get("party_posting", set())
        if set(posted.ids) - posting:
            raise UserError(self._party_refuse_force())
        if self._get_unbalanced_moves({"records": posted}):
            # core does not look when the context says check_move_validity
            raise UserError(self.env._("The entry is not balanced."))
        posted._check_second_person()
        # an entry is posted whole or not at all, whatever lines the user may see
        posted.sudo().line_ids._party_budget_spend()
        undone = self.filtered(
            lambda m: m.state != "posted" and before[m.id] == "posted"
        )
        undone.sudo().line_ids._party_budget_undo()
        return result

    def _check_boards_followed(self):
        """Refuse to post or take back an entry that also charges another's board.

        :raises AccessError: naming the boards
        """
        boards = self.sudo().board_ids
        foreign = boards.sudo(False) - self.env.user.visible_board_ids
        if foreign and not (self.env.su or self.env.user.sees_all_boards):
            raise AccessError(
                self.env._(
                    "The entry also charges %(boards)s: only who follows "
                    "all its boards can post it or take it back.",
                    # the names of boards are public inside the office
                    boards=", ".join(foreign.sudo().mapped("name")),
                )
            )

    def _check_budget_year(self, day):
        """Refuse to carry a posted entry into another budget year.

        Core refuses it too, but not when the context says ``skip_readonly_check``.
        """
        year = fields.Date.to_date(day).year if day else None
        for move in self:
            if (
                move.state == "posted"
                and move.date.year != year
                and any(line._is_budget_controlled() for line in move.line_ids)
            ):
                raise UserError(
                    self.env._(
                        "%(entry)s has moved the budget of %(year)s: its date cannot "
                        "leave that year.",
                        entry=move.display_name,
                        year=move.date.year,
                    )
                )

    def _check_whole_reversal(self, settles):
        """Refuse a reversal that would leave an advance half settled.

        :param bool settles: whether the entry that is reversed settles an advance
        :raises UserError: not the mirror image, not the first, or of a reversal
        """
        self.ensure_one()
        original = self.reversed_entry_id

        def image(move, sign):
            return sorted(
                (
                    line.account_id.id,
                    sign * round(line.balance),
                    line.party_fund_id.id,
                    line.party_item_id.id,
                    str(line.analytic_distribution or ""),
                )
                for line in move.line_ids
            )

        others = original.reversal_move_ids.filtered(lambda m: m.state == "posted")
        whole_image = image(self, -1) == image(original, 1)
        if not settles or not whole_image or others - self:
            raise UserError(
                self.env._(
                    "%(entry)s settles an advance: it is reversed once and as a whole. "
                    "Do not change the reversal; to undo one, reset it to draft.",
                    entry=original.display_name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_never_after_budget(self):
        # the ledger names its entries for ever, whoever deletes and why
        if (
            self.env["party.budget.move"]
            .sudo()
            .search_count([("account_move_id", "in", self.ids)], limit=1)
        ):
            raise UserError(
                self.env._(
                    "An entry that has moved budget cannot be deleted. Cancel it: its "
                    "number and its history stay."
                )
            )
