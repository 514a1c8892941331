from odoo import api, fields, models
from odoo.tools import html2plaintext

LONGEST_ABSTRACT = 500


class PartyDocument(models.Model):
    """Papers that come by e-mail: received, not registered; the clerk registers them.

    Subject becomes the abstract, the address names the sender, attachments are kept.
    """

    _inherit = "party.document"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        refuse = getattr(self, "_refuse_secret_mail", None)
        if refuse:
            refuse(msg_dict)
        sender = self.env["party.correspondent"]._of_email(
            msg_dict.get("email_from") or msg_dict.get("from")
        )
        subject = " ".join((msg_dict.get("subject") or "").split())
        if not subject:
            text = html2plaintext(msg_dict.get("body") or "").strip()
            subject = " ".join(text.split())
        values = {
            # protected fields begin with their own defaults: an incoming paper
            "channel": "mail",
            "abstract": subject[:LONGEST_ABSTRACT] or False,
            "sender_id": sender.id,
            "received_on": fields.Date.context_today(self),
        }
        allowed = {"body_id"} & (custom_values or {}).keys()
        values |= {name: custom_values[name] for name in allowed}
        # who writes from outside gets no copy of what is said about the paper
        quiet = self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        # core would write the subject into the number
        nameless = {**msg_dict, "subject": False}
        return super(PartyDocument, quiet).message_new(nameless, values)

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        if message.message_type == "email":
            for document in self:
                if document.state == "received" and document.channel == "mail":
                    # what came with the letter are the papers
                    document.attachment_ids |= message.attachment_ids
        return result

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Nobody from outside follows a paper: he would get what is said about it."""
        if partner_ids:
            inside = (
                # whether a partner is a user of ours
                self.env["res.partner"]
                .sudo()
                .browse(partner_ids)
                .filtered(lambda p: any(not u.share for u in p.user_ids))
            )
            partner_ids = inside.ids
            if not partner_ids:
                return True
        return super()._message_subscribe(
            partner_ids, subtype_ids=subtype_ids, customer_ids=None
        )
