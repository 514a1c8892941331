from odoo import api, models

#: what people write; what the system notes itself is no comment
WRITTEN = ("comment", "email", "email_outgoing")
TEXT_FIELDS = {
    "body",
    "subject",
    "model",
    "res_id",
    "author_id",
    "date",
    "attachment_ids",
}


class MailMessage(models.Model):
    """What was said about a paper goes with it into the closed file."""

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        messages.filtered(
            lambda m: m.message_type in WRITTEN and m.model == "party.document"
        )._check_archive_open()
        return messages

    def write(self, vals):
        if TEXT_FIELDS & vals.keys():
            self._check_archive_open()
        return super().write(vals)

    def unlink(self):
        self._check_archive_open()
        return super().unlink()

    def _check_archive_open(self):
        """Refuse to change what was said about papers in a closed archive file.

        :raises UserError: naming the file
        """
        # whoever asks, and whatever he may see
        messages = self.sudo()
        files = self.env["party.archive.file"].sudo()
        for model in ("party.document", "party.archive.file"):
            ids = messages.filtered(lambda m, model=model: m.model == model).mapped(
                "res_id"
            )
            records = self.env[model].sudo().browse(ids).exists()
            files |= records.file_id if model == "party.document" else records
        files._check_open()
