from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .party_document_incoming import CLERK


class PartyDocument(models.Model):
    """Sending an issued paper: one line of the hand-over book for each recipient."""

    _inherit = "party.document"

    delivery_count = fields.Integer(compute="_compute_delivery_count")
    to_receive = fields.Boolean(compute="_compute_to_receive")

    @api.depends("delivery_ids")
    def _compute_delivery_count(self):
        for document in self:
            document.delivery_count = len(document.delivery_ids)

    @api.depends("delivery_ids.received_at")
    @api.depends_context("uid")
    def _compute_to_receive(self):
        for document in self:
            document.to_receive = any(document.delivery_ids.mapped("can_receive"))

    def _deliver(self):
        """Open the lines of the hand-over book; our units have the paper at once."""
        for document in self.sudo():
            known = document.delivery_ids.recipient_id
            recipients = document.recipient_ids - known
            now = fields.Datetime.now()
            for recipient in recipients.filtered(lambda r: r.role != "file"):
                unit = recipient.board_id or recipient.correspondent_id.board_id
                document.delivery_ids.create(
                    {
                        "document_id": document.id,
                        "recipient_id": recipient.id,
                        "correspondent_id": recipient.correspondent_id.id,
                        "board_id": unit.id,
                        "name": recipient.name,
                        "copies": recipient.copies,
                        "channel": "system" if unit else "paper",
                        "handed_at": now if unit else False,
                        "handed_by_id": self.env.uid if unit else False,
                    }
                )
            units = recipients.board_id | recipients.correspondent_id.board_id
            document._add_readers(units)

    def action_hand_over(self):
        """Note that everything that waits to be sent has been handed over."""
        for document in self:
            document._check_state("issued", "recalled")
            document.delivery_ids.filtered(lambda d: not d.handed_at).action_hand_over()
        return True

    def action_receive(self):
        """Confirm that the user's unit has the papers."""
        for document in self:
            document.delivery_ids.filtered("can_receive").action_receive()
        return True

    def action_open_deliveries(self):
        """Open the lines of the hand-over book of this paper."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "party_office_docs.party_document_delivery_action"
            ),
            "domain": [("document_id", "=", self.id)],
        }


class PartyDocumentDelivery(models.Model):
    """Handing over and receipt: by a tap of the unit, or the clerk notes the name."""

    _inherit = "party.document.delivery"

    can_receive = fields.Boolean(compute="_compute_can_receive")

    @api.depends("received_at", "handed_at", "board_id", "user_id")
    @api.depends_context("uid")
    def _compute_can_receive(self):
        user = self.env.user
        units = user.paper_board_ids
        for line in self:
            line.can_receive = (
                bool(line.handed_at)
                and not line.received_at
                and (line.board_id in units or line.user_id == user)
            )

    def write(self, vals):
        # superuser mode: the actions below
        if not self.env.su:
            if any(line.received_at for line in self):
                raise UserError(
                    self.env._("A receipt is evidence: it is not changed any more.")
                )
            if (vals.get("received_by") or "").strip():
                result = super().write(vals)
                self._note_receipt(vals["received_by"])
                return result
        return super().write(vals)

    def action_hand_over(self):
        """Note that these lines have been handed over now.

        :raises AccessError: not the clerk
        """
        if not self.env.user.has_group(CLERK):
            raise AccessError(self.env._("Only the clerk keeps the books."))
        self.check_access("read")
        # protected: the clerk's right was checked above
        self.sudo().filtered(lambda line: not line.handed_at).write(
            {"handed_at": fields.Datetime.now(), "handed_by_id": self.env.uid}
        )
        return True

    def action_receive(self):
        """Confirm the receipt for one's own unit.

        :raises AccessError: another unit's line
        :raises UserError: received already, or not handed over yet
        """
        self.check_access("read")
        for line in self:
            if line.received_at or not line.handed_at:
                raise UserError(
                    self.env._(
                        "%(paper)s: received already, or not handed over yet.",
                        paper=line.document_id.display_name,
                    )
                )
            if not line.can_receive:
                raise AccessError(
                    self.env._("%(unit)s confirms the receipt.", unit=line.label)
                )
            line._note_receipt(self.env.user.name)
        return True

    def _note_receipt(self, name):
        """Write who took it and when; the caller has checked the right to."""
        now = fields.Datetime.now()
        for line in self.sudo():
            line.write(
                {
                    "received_by": name,
                    "received_at": now,
                    "received_by_id": self.env.uid,
                    "handed_at": line.handed_at or now,
                    "handed_by_id": line.handed_by_id.id or self.env.uid,
                }
            )


class PartyDocumentRecipient(models.Model):
    """The clerk adds recipients to an issued paper: it goes to them, too."""

    _inherit = "party.document.recipient"

    @api.model_create_multi
    def create(self, vals_list):
        recipients = super().create(vals_list)
        for recipient in recipients.filtered("document_id"):
            recipient._check_paper_issued()
        # the rule has let the clerk write them
        recipients.document_id.sudo()._deliver()
        return recipients

    def write(self, vals):
        if not self.env.su and set(self._approval_content_fields()) & vals.keys():
            self._check_not_handed()
        if {"draft_id", "document_id"} & vals.keys() and not self.env.su:
            raise AccessError(self.env._("A recipient stays with its paper."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_unsent(self):
        if not self.env.su:
            self._check_not_handed()

    def _check_paper_issued(self):
        """Refuse recipients of incoming papers.

        :raises UserError: naming the paper
        """
        for recipient in self:
            document = recipient.document_id
            if document.direction != "out" or document.state != "issued":
                raise UserError(
                    self.env._(
                        "%(document)s is no issued paper.",
                        document=document.display_name,
                    )
                )

    def _check_not_handed(self):
        """Refuse to change a recipient who has the paper.

        :raises UserError: naming him
        """
        lines = (
            self.env["party.document.delivery"]
            .sudo()
            .search([("recipient_id", "in", self.ids), ("handed_at", "!=", False)])
        )
        if lines:
            raise UserError(
                self.env._(
                    "%(recipient)s already has the paper.",
                    recipient=", ".join(lines.mapped("label")),
                )
            )
