from tempfile import TemporaryFile

from werkzeug.exceptions import NotFound
from werkzeug.utils import send_file

from odoo.http import Controller, Response, request, route

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PartyReportController(Controller):
    @route("/party_office/report/<string:code>.xlsx", type="http", auth="user")
    def report_xlsx(self, code, run=None, **_unused):
        """Send a report as a workbook, streamed from a temporary file.

        :param run: id of the user's own ``party.report.run``, which holds the options;
            without it the report's default options are taken
        :raises AccessError: the report, the options or a board are not the user's
        """
        runs = request.env["party.report.run"]
        if code not in runs._providers():
            raise NotFound()
        record = runs._of_request(code, run)
        file = TemporaryFile()  # noqa: SIM115 (the response closes it)
        try:
            record._write_xlsx(file)
            file.seek(0)
            response = send_file(
                file,
                request.httprequest.environ,
                mimetype=XLSX,
                as_attachment=True,
                download_name=record._file_name("xlsx"),
                response_class=Response,
            )
        except BaseException:
            file.close()
            raise
        # figures of a board are not kept by any cache
        response.headers["Cache-Control"] = "no-store"
        return response
