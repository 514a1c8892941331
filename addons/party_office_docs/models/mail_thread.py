import logging

from odoo import api, models
from odoo.tools import html2plaintext

from ..file_text import AT_ONCE_SECONDS, read_file
from ..rules.secrecy_mark import mark_in_text, mark_in_title

_logger = logging.getLogger(__name__)


class MailThread(models.AbstractModel):
    """The mail gateway refuses secret papers before anything of them is stored."""

    _inherit = "mail.thread"

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        allowed = []
        for route in routes or ():
            if self._refuses_secret_mail(route[0], route[1], message_dict):
                self._bounce_secret_mail(message, message_dict)
                # the routes of one mail carry the same content
                return False
            allowed.append(route)
        return super()._message_route_process(message, message_dict, allowed)

    @api.model
    def _refuses_secret_mail(self, model_name, thread_id, message_dict):
        """Tell whether a mail carries a mark of secrecy or goes to a secret paper."""
        gate = self.env["party.secrecy.mixin"]
        model = self.env.get(model_name or "")
        guarded = (gate._name, "party.secret.content.mixin")
        if model is None or not any(
            isinstance(model, self.pool[name]) for name in guarded
        ):
            return False
        owners = gate._secret_owners(model_name, [thread_id])
        if any(owner.is_secret for records in owners for owner in records):
            return True
        return bool(self._refuse_secret_mail(message_dict))

    @api.model
    def _refuse_secret_mail(self, message_dict):
        """Return the mark (``secret``, ``high``, ``top`` or "") that a mail carries in
        its subject, its text or its files.

        :param dict message_dict: a parsed mail, as ``message_new`` gets it
        """
        mark = mark_in_title(message_dict.get("subject") or "")
        if mark:
            return mark
        body = html2plaintext(message_dict.get("body") or "")
        if mark := mark_in_text(body):
            return mark
        for file in message_dict.get("attachments") or ():
            name, content = file[0], file[1]
            mark = mark_in_title(name or "") or self._mark_in_file(name, content)
            if mark:
                return mark
        return ""

    @api.model
    def _mark_in_file(self, name, content):
        """Return the mark at the head of a file that can be read at once, or ""."""
        data = content.encode() if isinstance(content, str) else content or b""
        found = read_file(data, scans=False, seconds=AT_ONCE_SECONDS)
        return mark_in_text(found.text)

    @api.model
    def _bounce_secret_mail(self, message, message_dict):
        """Tell the sender that his mail was not taken, without a word of it."""
        _logger.info(
            "Mail %s carries a mark of secrecy: refused", message_dict.get("message_id")
        )
        body = self.env["ir.qweb"]._render(
            "party_office_docs.secret_mail_refused", {"company": self.env.company}
        )
        self._routing_create_bounce_email(
            message_dict.get("email_from"),
            body,
            message,
            # the subject is not quoted, and the queue keeps no link to the mail
            subject=self.env._("Your mail was not accepted"),
        )
