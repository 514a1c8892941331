from werkzeug.exceptions import NotFound

from odoo.http import Controller, content_disposition, request, route

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class PartyPaperController(Controller):
    @route(
        "/party_office/paper/<string:model>/<int:record_id>.docx",
        type="http",
        auth="user",
        readonly=True,
    )
    def paper_docx(self, model, record_id, **_unused):
        """Send a paper as a Word file.

        :raises AccessError: the paper is not the user's to read
        """
        mixin = request.env.registry["party.paper.sheet.mixin"]
        found = request.env.registry.models.get(model)
        if found is None or found._abstract or not issubclass(found, mixin):
            raise NotFound()
        record = request.env[model].browse(record_id).exists()
        if not record:
            raise NotFound()
        record.check_access("read")
        data = record._paper_docx()
        return request.make_response(
            data,
            [
                ("Content-Type", DOCX),
                ("Content-Length", len(data)),
                (
                    "Content-Disposition",
                    content_disposition(record._paper_file_name("docx")),
                ),
                # nobody's cache keeps a paper
                ("Cache-Control", "no-store"),
            ],
        )
