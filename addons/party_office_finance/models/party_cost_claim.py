from odoo import api, models
from odoo.exceptions import UserError

#: states of a claim that bind the money themselves
HOLDING = ("approved", "posted", "paid")
#: a claim that came to nothing leaves the money with its source
DEAD = ("refused", "cancelled")


class PartyCostMixin(models.AbstractModel):
    """Make payment claims of an approved document: one for each board that bears a
    part.

    The document holds a board's part until the claim of that board is approved; then
    the claim holds it, in the same transaction: no đồng is ever held twice, or free.
    """

    _inherit = "party.cost.mixin"

    @api.model
    def _can_cost_claim(self):
        return True

    def _claims_of_source(self):
        """Return the living claims (``party.claim``) made of this document."""
        self.ensure_one()
        # superuser mode: a board's part is claimed once, whoever asks; what is shown of
        # a claim is the caller's to guard
        return (
            self.env["party.claim"]
            .sudo()
            .search(
                [
                    ("source_model", "=", self._name),
                    ("source_id", "=", self.id),
                    ("state", "not in", DEAD),
                ]
            )
        )

    def _cost_claims(self):
        self.ensure_one()
        claims = self._claims_of_source()
        states = dict(claims._fields["state"]._description_selection(self.env))
        return [
            {
                "board": claim.board_id,
                "name": claim.display_name,
                "amount": claim.amount_total,
                "state": states[claim.state],
                "url": (
                    f"/odoo/party.claim/{claim.id}"
                    if claim.sudo(False).has_access("read")
                    else ""
                ),
            }
            for claim in claims.sorted("id")
        ]

    def _cost_claim(self):
        """See base. Each claim is sent at once: its document was approved already.

        :raises UserError: a budget line or the kind of claim is missing, in words
        """
        made = super()._cost_claim()
        for document in self:
            values = document._cost_claim_values()
            if not values:
                continue
            having = document._claims_of_source().board_id
            parts = {}
            for line, amount, note in document._cost_allocation():
                if line.board_id not in having:
                    parts.setdefault(line.board_id, []).append((line, amount, note))
            for board, lines in parts.items():
                document._make_claim(board, lines, values)
                made += 1
        return made

    def _make_claim(self, board, lines, values):
        """Make and send the claim of one board.

        :param list lines: ``(budget line, đồng, note)``
        :param dict values: see ``_cost_claim_values`` of base
        """
        # superuser mode: who settles for all boards claims for each of them; the
        # requester is the user himself, and the claim takes its own approval
        claims = self.env["party.claim"].sudo().with_company(self._cost_company())
        kind = self.env["party.claim.kind"].search(
            [("code", "=", values["kind"])], limit=1
        )
        if not kind:
            raise UserError(
                self.env._(
                    "There is no kind of claim with the code %s.", values["kind"]
                )
            )
        day = self._cost_date()
        claim = claims.create(
            {
                "board_id": board.id,
                "company_id": self._cost_company().id,
                "kind_id": kind.id,
                "date": day,
                "description": values["description"],
                "partner_id": values["partner"].id,
                "payee_name": values["payee_name"],
                "payment_method": values["payment_method"],
                "source_model": self._name,
                "source_id": self.id,
                "source_name": self.display_name,
                **self._claim_extra(board, values),
            }
        )
        claims.env["party.claim.line"].create(
            [
                {
                    "claim_id": claim.id,
                    "date": day,
                    "name": note,
                    "amount": amount,
                    "fund_id": line.fund_id.id,
                    "item_id": line.item_id.id,
                    # the document's figure: nobody types over it
                    "is_computed": True,
                }
                for line, amount, note in lines
            ]
        )
        for paper in values["attachments"].sudo():
            claim.attachment_ids += paper.copy(
                {"res_model": claim._name, "res_id": claim.id}
            )
        if values.get("papers_follow"):
            # handed to the accountant, who posts when they are in his hands
            claim.on_paper_kind_ids = claim._papers_missing().paper_kind_id
        claim.sudo(False).action_submit()
        return claim

    def _claim_extra(self, board, values):
        """Return more values of the claim of a board; others extend it."""
        return {"guest_delegation": values["about"]} if values.get("about") else {}

    # --------------------------------------------------------------------------- hold
    def _boards_holding(self):
        """Return the boards whose claims hold or have spent their part already."""
        if not self._cost_claim_values():
            return self.env["party.board"]
        return (
            self._claims_of_source()
            .filtered(lambda claim: claim.state in HOLDING)
            .board_id
        )

    def _give_hold_to(self, claim):
        """Give back what this document holds for the claim's board.

        Called in the transaction in which the claim takes its own hold.
        """
        self.ensure_one()
        lines = self.env["party.budget.line"].sudo()
        held = {
            line: amount
            for line, amount in self._cost_held().items()
            if lines.browse(line).board_id == claim.board_id
        }
        reason = self.env._("Claimed by %s", claim.display_name)
        lines._book(self._release_entries(held, reason))
