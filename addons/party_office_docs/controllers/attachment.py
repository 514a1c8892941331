from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.mail.controllers.attachment import AttachmentController


class PaperAttachmentController(AttachmentController):
    @route()
    def mail_attachment_upload(
        self, ufile, thread_id, thread_model, is_pending=False, **kwargs
    ):
        # a pending upload is stored without its thread, so ask here
        try:
            request.env["party.secrecy.mixin"]._refuse_for_secret(
                thread_model, [int(thread_id)]
            )
        except UserError as error:
            return request.make_json_response({"error": str(error)})
        return super().mail_attachment_upload(
            ufile, thread_id, thread_model, is_pending=is_pending, **kwargs
        )
