from odoo.exceptions import AccessError
from odoo.tests import HttpCase, freeze_time, tagged

from .doing_case import DoingCase

#: who reads a paper that board A leads, board B helps with, and the secretary directed
READERS = (
    "head_a",
    "staff_a",
    "head_b",
    "staff_b",
    "secretary",
    "clerk",
    "office_chief",
    "deputy_chief",
)
#: who has no part: an accountant follows the money of A and B, not their papers
OTHERS = (
    "staff_c",
    "head_c",
    "accountant_c",
    "cashier_c",
    "manager_c",
    "chief_accountant_c",
)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestDirectionAccess(DoingCase, HttpCase):
    """Lead, cooperating, informed, leader and office read a paper; nobody else does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.board_c = cls._new_board("Ban Tuyên giáo và Dân vận (thử)", "TC")
        for role in ("staff", "board_head", "accountant", "cashier", "manager"):
            key = "head_c" if role == "board_head" else f"{role}_c"
            cls._new_user(key, role, cls.board_c)
        cls._new_user("chief_accountant_c", "chief_accountant", cls.board_c)
        cls.board_c.head_id = cls.user["head_c"]
        for board in (cls.board_a, cls.board_b):
            cls._assign(board, cls.user["accountant_c"], role="backup")
        # the body's own unit reads its papers, so the book is board B's neighbour
        cls.file = (
            cls.env["ir.attachment"]
            .with_user(cls.user["clerk"])
            .create({"name": "scan.pdf", "raw": b"%PDF-1.4 tuyetmat"})
        )
        cls.paper = cls._registered(attachment_ids=[(4, cls.file.id)])
        chief = cls.paper.with_user(cls.user["office_chief"])
        chief.action_pass_up(cls.user["secretary"].id, "trình xin ý kiến")
        cls.paper.with_user(cls.user["secretary"]).action_direct(
            cls.board_a.id, cls.board_b.ids, [], "2026-06-30", "Giao chủ trì tham mưu"
        )
        head = cls.paper.with_user(cls.user["head_a"])
        head.action_pass(cls.user["staff_a"].id)
        head.message_post(body="đã phân công")
        head.action_ask_extension("2026-07-10", "chờ số liệu")
        cls.evidence = (
            cls.env["party.document.evidence"]
            .with_user(cls.user["head_a"])
            .create({"document_id": cls.paper.id, "symbol": "09-BC/BTCTU"})
        )
        cls.note_file = (
            cls.env["ir.attachment"]
            .with_user(cls.user["staff_b"])
            .create({"name": "gop-y.pdf", "raw": b"%PDF-1.4 gop y"})
        )
        cls.note = (
            cls.env["party.document.contribution"]
            .with_user(cls.user["staff_b"])
            .create(
                {
                    "document_id": cls.paper.id,
                    "text": "góp ý",
                    "attachment_ids": [(4, cls.note_file.id)],
                }
            )
        )
        with freeze_time("2026-07-06 00:30:00"):
            cls.env["party.document"]._cron_escalate()
        cls.paper = cls.paper.sudo()

    def _rows(self):
        """Yield every record that says something about the paper."""
        yield self.paper
        yield self.paper.routing_ids
        yield self.paper.direction_ids
        yield self.paper.extension_ids
        yield self.paper.evidence_ids
        yield self.paper.contribution_ids
        yield self.file.sudo()
        yield self.note_file.sudo()

    def test_readers(self):
        for key in READERS:
            for rows in self._rows():
                self.assertTrue(rows, rows._name)
                self.assertTrue(
                    self._as(key, rows).has_access("read"), f"{key} {rows._name}"
                )

    def test_others_read_nothing(self):
        items = self.env["party.work.item"].sudo()
        hidden = [
            *self._rows(),
            items._of(self.paper),
            items._of(self.paper.extension_ids),
            self.paper.clock_entry_ids,
            self.paper.extension_ids.clock_entry_ids,
            self.paper.message_ids,
            self.paper.activity_ids,
        ]
        for key in OTHERS:
            for rows in hidden:
                self.assertTrue(rows, rows._name)
                model = self.env[rows._name].with_user(self.user[key])
                for row in rows:
                    with self.assertRaises(AccessError, msg=f"{key} {rows._name}"):
                        row.with_user(self.user[key]).read(["id", "display_name"])
                found = model.search([("id", "in", rows.ids)])
                self.assertFalse(found, f"{key} {rows._name}")

    def test_others_count_and_find_nothing(self):
        for key in OTHERS:
            papers = self.env["party.document"].with_user(self.user[key])
            self.assertEqual(papers.name_search("sơ kết"), [], key)
            self.assertEqual(papers.search_count([("lead_board_id", "!=", False)]), 0)
            groups = papers.formatted_read_group(
                [("state", "=", "directed")], ["lead_board_id"], ["__count"]
            )
            self.assertEqual(groups, [], key)
            self.user[key].group_ids += self.env.ref("base.group_allow_export")
            with self.assertRaises(AccessError, msg=key):
                self._as(key, self.paper).export_data(["abstract"])
            directions = self.env["party.document.direction"].with_user(self.user[key])
            self.assertEqual(
                directions.search_count([("instruction", "ilike", "tham mưu")]), 0
            )
            self.assertEqual(papers.direction_desk()["papers"], [], key)

    def test_others_act_on_nothing(self):
        for key in OTHERS:
            paper = self._as(key, self.paper)
            for act in (
                lambda p: p.action_direct(self.board_c.id, reason="x"),
                lambda p: p.action_pass(self.user["staff_c"].id),
                lambda p: p.action_give_back("x"),
                lambda p: p.action_ask_extension("2026-07-20", "x"),
                lambda p: p.action_submit_result("x"),
                lambda p: p.action_accept("good"),
                lambda p: p.action_return_result("x"),
                lambda p: p.action_pass_up(self.user["secretary"].id),
                lambda p: p.action_file(),
                lambda p: p.action_propose(self.board_c.id),
                lambda p: p.message_post(body="x"),
                lambda p: p.write({"abstract": "x"}),
                lambda p: p.extension_ids.action_approve(),
            ):
                with self.assertRaises(AccessError, msg=key):
                    act(paper)
            for model, values in (
                ("party.document.contribution", {"text": "x"}),
                ("party.document.evidence", {"symbol": "1"}),
                ("party.document.step", {"step": "pass"}),
            ):
                with self.assertRaises(AccessError, msg=f"{key} {model}"):
                    self.env[model].with_user(self.user[key]).create(
                        {"document_id": self.paper.id, **values}
                    )

    def test_file_by_address(self):
        for file in (self.file, self.note_file):
            for key, expected in (
                ("staff_c", 404),
                ("manager_c", 404),
                ("staff_b", 200),
            ):
                self.authenticate(f"test_{key}", f"test_{key}")
                answer = self.url_open(f"/web/content/{file.id}")
                self.assertEqual(answer.status_code, expected, f"{key} {file.name}")
            self.authenticate(None, None)
            answer = self.url_open(f"/web/content/{file.id}")
            self.assertNotIn(b"PDF-1.4", answer.content)

    def test_desk_costs_the_same_for_many_papers(self):
        desk = self.env["party.document"].with_user(self.user["office_chief"])
        for _ in range(3):
            self._registered()
        desk.direction_desk()
        self.env.invalidate_all()
        self.env.flush_all()
        start = self.cr.sql_log_count
        self.assertEqual(len(desk.direction_desk()["papers"]), 3)
        few = self.cr.sql_log_count - start
        for _ in range(20):
            self._registered()
        self.env.invalidate_all()
        self.env.flush_all()
        start = self.cr.sql_log_count
        self.assertEqual(len(desk.direction_desk()["papers"]), 23)
        self.assertLessEqual(self.cr.sql_log_count - start, few + 2)
