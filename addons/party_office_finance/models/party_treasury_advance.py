from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..rules.treasury import PAYS_ADVANCES


class PartyTreasuryMove(models.Model):
    """A transfer at the Treasury that pays advances to members of staff.

    One document, one entry and one change of the estimate for all of them.
    """

    _inherit = "party.treasury.move"

    # see claim_ids
    advance_ids = fields.Many2many(
        "party.advance",
        "party_treasury_move_advance_rel",
        string="Advances",
        copy=False,
        depends_context=("uid",),
        help="The approved advances that this transfer pays; their sum is its amount. "
        "Empty: an advance to a supplier.",
    )

    # ------------------------------------------------------------------ protection
    @api.model
    def _approval_content_fields(self):
        return [*super()._approval_content_fields(), "advance_ids"]

    def _check_links(self, vals):
        """Refuse also advances that the user may not read, see ``party.link.mixin``."""
        super()._check_links(vals)
        if self.env.su:
            return
        named = set()
        for command in vals.get("advance_ids") or []:
            if isinstance(command, int):
                named.add(command)
            elif command[0] in (Command.LINK, Command.UPDATE):
                named.add(command[1])
            elif command[0] == Command.SET:
                named.update(command[2])
        self.env["party.advance"].browse(named).check_access("read")

    # -------------------------------------------------------------------- contents
    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents.invalidate_recordset(["advance_ids"])
        documents.filtered(lambda d: d.advance_ids and not d.reversed_id)._fill_lines()
        return documents

    def write(self, vals):
        result = super().write(vals)
        if "advance_ids" in vals:
            self.invalidate_recordset(["advance_ids"])
            self._fill_lines()
        return result

    def _pays_advances(self):
        return self.kind in PAYS_ADVANCES and self.advance_ids and not self.reversed_id

    def _fill_lines(self):
        paying = self.filtered(lambda document: document._pays_advances())
        others = self - paying
        # what advances had brought goes; which one a line pays is written by the
        # server only
        gone = others.filtered(lambda document: not document.reversed_id)
        gone.sudo().line_ids.filtered("advance_id").unlink()
        for document in paying:
            # what the user may not read he does not pay
            document.advance_ids.check_access("read")
            writable = document.sudo()
            writable.line_ids.unlink()
            writable.line_ids.create(
                [
                    {
                        "treasury_id": document.id,
                        "board_id": advance.board_id.id,
                        "item_id": advance.item_id.id,
                        "amount": advance.amount,
                        "note": advance.name,
                        "advance_id": advance.id,
                    }
                    for advance in writable.advance_ids.sorted("id")
                ]
            )
        return super(PartyTreasuryMove, others)._fill_lines()

    def _lines_of_reversed(self):
        rows = super()._lines_of_reversed()
        # see _lines_of_reversed: the rows stand in the order of the lines
        for row, line in zip(rows, self.sudo().reversed_id.line_ids, strict=True):
            row["advance_id"] = line.advance_id.id
        return rows

    # ---------------------------------------------------------------------- checks
    def _check_can_submit(self):
        if self._pays_advances():
            self._fill_lines()
        return super()._check_can_submit()

    def _check_contents(self):
        result = super()._check_contents()
        # the whole paper is checked, whatever advances the user may see
        document = self.sudo()
        if document.reversed_id or not document.advance_ids:
            return result
        if document.kind not in PAYS_ADVANCES or document.claim_ids:
            raise UserError(
                self.env._(
                    "Advances are paid by a transfer as an advance, and by a paper "
                    "that pays no claims."
                )
            )
        for advance in document.advance_ids:
            reason = document._why_advance_not_payable(advance)
            if reason:
                raise UserError(
                    self.env._(
                        "%(advance)s cannot be paid by this paper: %(reason)s",
                        advance=advance.display_name,
                        reason=reason,
                    )
                )
        return result

    def _why_advance_not_payable(self, advance):
        """Return why an advance cannot be paid by this document, or ``""``."""
        if advance.state != "approved" or advance.payment_method != "transfer":
            return self.env._("it is not an approved advance to be paid by transfer.")
        if advance.company_id != self.company_id or advance.date.year != self.year:
            return self.env._("it is of another office or budget year.")
        if self.date.year != self.year:
            return self.env._("money of a year is advanced in that year only.")
        if advance.fund_id != self.fund_id:
            return self.env._("it is of another fund.")
        return self._why_paid_elsewhere("advance_ids", advance)

    # ------------------------------------------------------------------------ post
    def _barred_from_paying(self):
        # a reversal names them in its lines only
        document = self.sudo()
        advances = document.advance_ids | document.line_ids.advance_id
        return super()._barred_from_paying() | advances.requester_id

    def _on_paid(self):
        result = super()._on_paid()
        self.line_ids.advance_id._on_treasury_paid(self)
        return result

    def _entry_event(self):
        """Advances are debts of the staff, whatever the money is."""
        if self.line_ids.advance_id:
            return "advance_transfer"
        return super()._entry_event()


class PartyTreasuryLine(models.Model):
    _inherit = "party.treasury.move.line"

    advance_id = fields.Many2one(
        "party.advance",
        string="Advance paid",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The advance that this amount pays.",
    )

    @api.model
    def _approval_content_fields(self):
        return [*super()._approval_content_fields(), "advance_id"]

    @api.model
    def _protected_fields(self):
        # only the server says which advance a line pays
        return super()._protected_fields() | {"advance_id"}

    def _prepare_entry_lines(self, pair, is_reversal):
        items = super()._prepare_entry_lines(pair, is_reversal)
        if self.advance_id:
            debtor = self.advance_id.requester_id.partner_id
            for values in items:
                values |= {"partner_id": debtor.id, "name": self.advance_id.purpose}
        return items
