from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .doing_case import DoingCase


@tagged("post_install", "-at_install")
class TestReportPaper(DoingCase):
    """Due and overdue by lead, time by lead: equal to the papers, and scoped."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-06-15 02:00:00"):
            cls.papers = [
                cls._direct_to(board, day)
                for board, day in (
                    (cls.board_a, "2026-06-16"),
                    (cls.board_a, "2026-06-18"),
                    (cls.board_a, "2026-06-20"),
                    (cls.board_a, "2026-07-20"),
                    (cls.board_b, "2026-06-19"),
                )
            ]

    @classmethod
    def _direct_to(cls, board, day):
        paper = cls._registered()
        paper.with_user(cls.user["office_chief"]).action_direct(
            board.id, deadline=day, instruction="Tham mưu"
        )
        return paper

    def _cells(self, code, key="office_chief", **values):
        run = (
            self.env["party.report.run"]
            .with_user(self.user[key])
            .create(
                {"code": code, "day": "2026-06-20", "since": "2026-06-01", **values}
            )
        )
        report = run._build()
        rows = list(report.rows)
        # what the reader sees is drawn of the same data
        run._plain(500)
        return rows

    def test_overdue(self):
        rows = self._cells("paper_overdue")
        mine = [row for row in rows if row.level and "(thử)" in row.cells["content"]]
        self.assertEqual(
            [
                tuple(row.cells[k] for k in ("yellow", "red", "special", "late"))
                for row in mine
            ],
            # board B (Ban Nội chính) before board A (Ban Tổ chức)
            [(0, 1, 0, 1), (1, 1, 1, 4)],
        )
        linked = [row.link[1] for row in rows if row.link]
        self.assertEqual(
            set(linked) & {p.id for p in self.papers},
            {self.papers[i].id for i in (0, 1, 2, 4)},
        )

    def test_scope(self):
        rows = self._cells("paper_overdue", "head_a")
        self.assertEqual(
            {row.link[1] for row in rows if row.link},
            {self.papers[i].id for i in (0, 1, 2)},
        )
        for key in ("staff_a", "cashier"):
            with self.assertRaises(AccessError, msg=key):
                self._cells("paper_overdue", key)
        self.assertTrue(self._cells("paper_overdue", "clerk"))

    def test_time(self):
        first, second = self.papers[:2]
        for paper, sent, closed in (
            (first, "2026-06-17 02:00:00", "2026-06-18 02:00:00"),
            (second, "2026-06-17 02:00:00", "2026-06-20 02:00:00"),
        ):
            with freeze_time(sent):
                self._evidence(paper)
                self._as("head_a", paper).action_submit_result("Xong")
            with freeze_time(closed):
                self._as("office_chief", paper).action_accept()
        (row,) = [
            row
            for row in self._cells("paper_time")
            if row.cells["content"] == self.board_a.name
        ]
        self.assertEqual(
            row.cells,
            {
                "content": self.board_a.name,
                "closed": 2,
                "in_time": 1,
                "late": 1,
                "share": 50,
                "days": 4.0,
                "directing": 0.0,
                "doing": 2.0,
                "accepting": 2.0,
            },
        )
        rows = self._cells("paper_time", since="2026-06-19")
        self.assertEqual([row.cells["closed"] for row in rows], [1])
