"""The books of papers: each line against the records, gaps and cancelled numbers."""

import io
from datetime import date

from openpyxl import load_workbook

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .outgoing_case import OutgoingCase

JUNE = {"since": date(2026, 6, 1), "day": date(2026, 6, 30)}


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestPaperBooks(OutgoingCase):
    def _run(self, code, key="clerk", **values):
        return (
            self.env["party.report.run"]
            .with_user(self.user[key])
            .create({"code": code, **JUNE, **values})
        )

    def _rows(self, code, key="clerk", **values):
        run = self._run(code, key, **values)
        rows = list(run._build().rows)
        run._plain(500)  # what the screen and the PDF draw
        return rows

    def _cells(self, code, key="clerk", **values):
        return [row.cells for row in self._rows(code, key, **values)]

    # ---------------------------------------------------------------- incoming
    def test_incoming_book_is_equal_to_the_papers(self):
        first = self._directed(co=self.board_b)
        second = self._registered(abstract="Báo cáo quý II")
        rows = self._rows("book_in", body_ids=self.body.ids)
        self.assertEqual(
            [row.link for row in rows],
            [("party.document", paper.id) for paper in (first, second)],
        )
        cells = rows[0].cells
        kind = self.kind.with_user(self.user["clerk"]).name
        self.assertEqual(
            (cells["came"], cells["name"], cells["sender"], cells["symbol"]),
            (date(2026, 6, 15), "1/2026", self.sender.name, first.symbol),
        )
        self.assertEqual(cells["date"], date(2026, 6, 12))
        self.assertEqual(cells["abstract"], f"{kind}: {first.abstract}")
        self.assertEqual(cells["units"], f"{self.board_a.name}; {self.board_b.name}")
        self.assertEqual(cells["deadline"], date(2026, 6, 30))
        self.assertEqual(rows[1].cells["units"], "")
        self.assertEqual(rows[1].cells["name"], "2/2026")

    def test_passed_on_is_the_day_of_the_direction(self):
        paper = self._registered()
        chief = paper.with_user(self.user["office_chief"])
        lead = {"lead_id": self.board_a.id, "deadline": "2026-06-30"}
        with freeze_time("2026-06-16 18:00:00"):  # one o'clock of the 17th
            chief.action_direct(**lead)
        (cells,) = self._cells("book_in", body_ids=self.body.ids)
        self.assertEqual(cells["passed"], date(2026, 6, 17))
        with freeze_time("2026-06-19 02:00:00"):
            chief.action_direct(**lead, reason="Đổi hạn")
        (cells,) = self._cells("book_in", body_ids=self.body.ids)
        self.assertEqual(cells["passed"], date(2026, 6, 19))

    def test_kind_is_not_said_twice(self):
        text = self.env["party.report.paper_book"]._kind_text
        self.assertEqual(text("Tờ trình", "V/v kinh phí"), "Tờ trình: V/v kinh phí")
        for abstract in ("Tờ trình về kinh phí", "tờ trình: kinh phí", "TỜ TRÌNH"):
            self.assertEqual(text("Tờ trình", abstract), abstract)
        self.assertEqual(text("Báo", "Báocáo"), "Báo: Báocáo")
        self.assertEqual(text("Tờ trình", None), "Tờ trình")
        self.assertEqual(text("", "V/v kinh phí"), "V/v kinh phí")

    def test_secret_stub_is_number_kind_and_date_only(self):
        self._registered()
        stub = (
            self.env["party.document"]
            .with_user(self.user["clerk"])
            .create(
                {
                    "body_id": self.body.id,
                    "secrecy": "top",
                    "kind_id": self.kind.id,
                    "document_date": "2026-06-11",
                }
            )
        )
        stub.action_register()
        cells = self._cells("book_in", body_ids=self.body.ids)[1]
        self.assertEqual(
            cells.pop("abstract"), self.kind.with_user(self.user["clerk"]).name
        )
        self.assertTrue(cells.pop("note"))
        self.assertEqual(
            cells,
            {"came": date(2026, 6, 15), "name": "2/2026", "date": date(2026, 6, 11)},
        )

    def test_cancelled_and_missing_numbers_stand_in_the_book(self):
        papers = [self._registered(abstract=f"Văn bản {n}") for n in range(1, 8)]
        numbers = self.env["party.series.number"].sudo()
        numbers._of(papers[1])._cancel("Gửi nhầm địa chỉ")
        numbers.flush_model()
        # somebody broke the register: 4, 5 and, at the end, 7
        gone = tuple(numbers._of(papers[index]).id for index in (3, 4, 6))
        self.cr.execute("DELETE FROM party_series_number WHERE id IN %s", [gone])
        rows = self._rows("book_in", body_ids=self.body.ids)
        names = [row.cells.get("name") for row in rows]
        self.assertEqual(names, ["1/2026", "2/2026", "3/2026", None, "6/2026", None])
        self.assertIn("Gửi nhầm địa chỉ", rows[1].cells["note"])
        for row, digits in ((rows[3], ("4", "5")), (rows[5], ("7",))):
            self.assertEqual(row.level, 1)
            for digit in digits:
                self.assertIn(digit, row.cells["abstract"])
        # the first number of the period does not lie behind a gap
        later = self._rows("book_in", body_ids=self.body.ids, since=date(2026, 6, 15))
        self.assertEqual(len(later), len(rows))

    def test_a_gap_before_the_period_is_not_told_twice(self):
        self._registered()
        with freeze_time("2026-06-20 02:00:00"):
            self._registered(abstract="Sau")
        (cells,) = self._cells(
            "book_in", body_ids=self.body.ids, since=date(2026, 6, 16)
        )
        self.assertEqual(cells["name"], "2/2026")

    def test_a_book_that_began_on_paper(self):
        series = self.env["party.series"].search(
            [("code", "=", "paper_in"), ("company_id", "=", self.env.company.id)]
        )
        series._start_at(501, "2026", self.body.code)
        self._registered()
        (cells,) = self._cells("book_in", body_ids=self.body.ids)
        self.assertEqual(cells["name"], "501/2026")

    def test_page_of_a_day(self):
        self.user["clerk"].tz = "Asia/Ho_Chi_Minh"
        with freeze_time("2026-06-14 17:30:00"):  # half past midnight of the 15th
            early = self._registered()
        late = self._registered(abstract="Trong ngày")
        with freeze_time("2026-06-16 02:00:00"):
            self._registered(abstract="Hôm sau")
        rows = self._rows("book_in_day", body_ids=self.body.ids, day=date(2026, 6, 15))
        self.assertEqual({row.link[1] for row in rows}, {early.id, late.id})

    def test_several_books_have_headings(self):
        self._registered()
        self._registered(body_id=self.body_a.id)
        rows = self._rows("book_in", body_ids=(self.body | self.body_a).ids)
        self.assertEqual([row.level for row in rows], [2, 0, 2, 0])
        self.assertIn(self.body_a.name, rows[0].cells["came"])

    # ---------------------------------------------------------------- outgoing
    def test_outgoing_book_by_kind_and_term(self):
        letter = self._issued()
        report = self._issued(kind_id=self.env.ref("party_office_docs.kind_report").id)
        bodies = {"body_ids": self.body_a.ids}
        rows = self._rows("book_out", **bodies)
        self.assertEqual([row.level for row in rows], [2, 0, 2, 0])
        rows = self._rows("book_out", kind_ids=self.kind.ids, **bodies)
        self.assertEqual([row.link[1] for row in rows], [letter.id])
        cells = rows[0].cells
        self.assertEqual(
            (cells["name"], cells["date"]), (letter.name, date(2026, 6, 15))
        )
        self.assertEqual(cells["signer"], letter.signer_name)
        self.assertEqual(
            cells["recipients"],
            f"{self.board_b.name}; {self.sender.name}; Lưu Văn phòng",
        )
        self.assertEqual(cells["unit"], self.board_a.name)
        self.assertEqual(cells["copies"], letter.draft_ids.copy_count)
        old = self.env["party.term"].create(
            {"name": "2015–2020", "date_from": "2015-01-01", "date_to": "2019-12-31"}
        )
        self.assertEqual(self._rows("book_out", term_id=old.id, **bodies), [])
        self.assertNotEqual(letter, report)

    def test_the_term_is_proposed_and_shown_whole(self):
        run = self.env["party.report.run"].with_user(self.user["clerk"])
        values = run.default_get(["code", "term_id", "since", "day"])
        self.assertNotIn("term_id", values)
        values = run.with_context(default_code="book_out").default_get(
            ["code", "term_id", "since", "day"]
        )
        self.assertEqual(values["since"], date(2020, 1, 1))
        self.assertTrue(values["term_id"])

    # ---------------------------------------------------------------- hand-over
    def test_hand_over_book(self):
        paper = self._issued()
        paper.with_user(self.user["clerk"]).action_hand_over()
        rows = self._rows("book_handover", body_ids=self.body_a.ids)
        lines = paper.delivery_ids.sorted(lambda line: (line.handed_at, line.id))
        self.assertEqual(
            [(row.cells["to"], row.cells["name"], row.cells["copies"]) for row in rows],
            [(line.label, paper.name, line.copies) for line in lines],
        )
        self.assertEqual({row.cells["handed"] for row in rows}, {date(2026, 6, 15)})
        self.assertEqual({row.cells["received"] for row in rows}, {None})
        unit_line = lines.filtered(lambda line: line.board_id == self.board_b)
        unit_line.with_user(self.user["head_b"]).action_receive()
        rows = self._rows("book_handover", body_ids=self.body_a.ids)
        taken = [row.cells["taker"] for row in rows if row.cells["received"]]
        self.assertEqual(taken, ["head_b"])

    # ------------------------------------------------------------------- access
    def test_who_runs_the_books(self):
        self._registered()
        for code in ("book_in", "book_in_day", "book_out", "book_handover"):
            for key in ("clerk", "office_chief", "deputy_chief"):
                self._rows(code, key)
            for key in (
                "staff_a",
                "head_a",
                "accountant_b",
                "chief_accountant",
                "cashier",
                "manager",
            ):
                with self.assertRaises(AccessError, msg=f"{code} {key}"):
                    self._rows(code, key)

    # ------------------------------------------------------------------ drawings
    def test_pdf_and_workbook(self):
        paper = self._directed()
        report = self.env.ref("party_office_base.party_report_run_report")
        run = self._run("book_in", body_ids=self.body.ids)
        pdf, kind = report.with_user(self.user["clerk"])._render_party_pdf(
            report, run.ids
        )
        self.assertEqual((kind, pdf[:4]), ("pdf", b"%PDF"))
        target = io.BytesIO()
        self.assertEqual(run._write_xlsx(target), 1)
        sheet = load_workbook(io.BytesIO(target.getvalue())).active
        values = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
        for value in ("1/2026", self.sender.name, paper.symbol):
            self.assertIn(value, values)

    def test_many_rows_are_read_with_few_questions(self):
        """12,000 numbers: the workbook asks as often as for one."""
        self._registered()
        run = self._run("book_in", body_ids=self.body.ids)
        run._write_xlsx(io.BytesIO())
        first = (
            self.env["party.series.number"].sudo().search([], order="id desc", limit=1)
        )
        self.env.flush_all()
        self.cr.execute(
            """
            INSERT INTO party_series_number (series_id, company_id, scope, period,
                   number, insertion, text, date, state)
            SELECT series_id, company_id, scope, period, 1 + n, '',
                   (1 + n) || '/2026', date, 'used'
              FROM party_series_number, generate_series(1, 11999) AS n
             WHERE id = %s
            """,
            [first.id],
        )
        self.cr.execute(
            "UPDATE party_series_counter SET last_number = 12000"
            " WHERE series_id = %s AND scope = %s",
            [first.series_id.id, self.body.code],
        )
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.assertEqual(run._write_xlsx(io.BytesIO()), 12_000)
        # one more fetch for each 2,000 rows
        self.assertLess(self.cr.sql_log_count - before, 60)
