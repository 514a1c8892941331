from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.rules.money import format_dong, whole

#: an advance in these states holds or has paid the money itself
BINDING = ("approved", "paid")
LIVING = ("draft", "submitted", "returned", "approved", "paid", "settled")


class PartyCostMixin(models.AbstractModel):
    """Advances out of what a document holds.

    What an approved advance holds or has paid, the document does not hold as well: no
    đồng is held twice. The claim that is made of the document settles the advance.
    """

    _inherit = "party.cost.mixin"

    @api.model
    def _can_cost_advance(self):
        return True

    def _advances_of_source(self, states=LIVING):
        """Return the advances (``party.advance``) of this document."""
        self.ensure_one()
        # superuser mode: what a document has drawn is counted whoever asks
        return (
            self.env["party.advance"]
            .sudo()
            .search(
                [
                    ("source_model", "=", self._name),
                    ("source_id", "=", self.id),
                    ("state", "in", states),
                ],
                order="id",
            )
        )

    def _cost_advances(self):
        self.ensure_one()
        advances = self._advances_of_source()
        states = dict(advances._fields["state"]._description_selection(self.env))
        return [
            {
                "board": advance.board_id,
                "name": advance.display_name,
                "amount": advance.amount,
                "state": states[advance.state],
                "url": (
                    f"/odoo/party.advance/{advance.id}"
                    if advance.sudo(False).has_access("read")
                    else ""
                ),
            }
            for advance in advances
        ]

    def _advanced(self):
        """Return ``{budget line: đồng}`` that advances hold or have paid for it."""
        self.ensure_one()
        result = {}
        for advance in self._advances_of_source(BINDING):
            line = advance.budget_line_id
            open_amount = whole(advance.amount - advance.settled - advance.returned)
            result[line] = result.get(line, 0) + open_amount
        return result

    def _cost_to_hold(self):
        """Leave to its advances what they hold already."""
        advanced = self._advanced()
        result = []
        for line, amount, note in super()._cost_to_hold():
            taken = min(amount, advanced.get(line, 0))
            if taken:
                advanced[line] -= taken
            if amount > taken:
                result.append((line, amount - taken, note))
        return result

    def _claim_extra(self, board, values):
        """Let the claim settle the user's own paid advance of this board."""
        advance = self._advances_of_source(("paid",)).filtered(
            lambda row: (
                row.board_id == board
                and row.requester_id == self.env.user
                and row._free() > 0
            )
        )[:1]
        extra = super()._claim_extra(board, values)
        return extra | ({"advance_id": advance.id} if advance else {})

    def _cost_advance(self, amount, purpose):
        """See base. It is drawn from the part of the document's own board, from the
        item that holds most; the user sends it himself.
        """
        self.ensure_one()
        if not 0 < amount < 1e15:
            raise UserError(self.env._("Say how much is needed beforehand."))
        parts = {}
        for line, part, _note in self._cost_allocation():
            if line.board_id == self["board_id"]:
                parts[line] = parts.get(line, 0) + part
        asked = sum(
            advance.amount for advance in self._advances_of_source() if advance.amount
        )
        most = sum(parts.values())
        if not parts or asked + amount > most:
            raise UserError(
                self.env._(
                    "%(document)s may cost its board %(most)s đ; advances of %(asked)s "
                    "đ were asked for already, %(amount)s đ more is too much.",
                    document=self.display_name,
                    most=format_dong(most),
                    asked=format_dong(asked),
                    amount=format_dong(amount),
                )
            )
        line = max(parts, key=lambda line: (parts[line], -line.id))
        kinds = self.env["party.claim.kind"]
        kind = kinds.search([("item_id", "=", line.item_id.id)], limit=1)
        # superuser mode: the link to its source is set here only; the requester is the
        # user himself, who sends it for approval like any other advance
        advance = (
            self.env["party.advance"]
            .sudo()
            .with_company(self._cost_company())
            .create(
                {
                    "board_id": line.board_id.id,
                    "company_id": self._cost_company().id,
                    "requester_id": self.env.uid,
                    "purpose": purpose or self.display_name,
                    "amount": amount,
                    "kind_id": (kind or kinds._usual()).id,
                    "fund_id": line.fund_id.id,
                    "item_id": line.item_id.id,
                    "source_model": self._name,
                    "source_id": self.id,
                    "source_name": self.display_name,
                }
            )
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "party.advance",
            "res_id": advance.id,
            "views": [(False, "form")],
        }
