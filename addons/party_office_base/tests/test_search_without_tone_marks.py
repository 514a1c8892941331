from odoo.tests import tagged

from .common import PartyOfficeCase


@tagged("post_install", "-at_install")
class TestSearchWithoutToneMarks(PartyOfficeCase):
    def test_typed_without_marks(self):
        boards = self.env["party.board"]
        board = self._new_board("Đảng ủy các cơ quan Đảng (thử)", "TDU")
        for typed in ("dang uy cac co quan", "Đảng ủy", "ĐANG UY", "DANG ỦY"):
            with self.subTest(typed):
                self.assertIn(board, boards.search([("name", "ilike", typed)]))
                self.assertIn(
                    board.id, [board_id for board_id, _ in boards.name_search(typed)]
                )

    def test_names_sort_in_vietnamese_order(self):
        """The database's collation puts đ after d and tones in the order of the law."""
        self.env.cr.execute(
            "SELECT x FROM unnest(ARRAY['Đông', 'Dung', 'Dũng', 'Đào', "
            "'Ân', 'An']) x ORDER BY x"
        )
        self.assertEqual(
            [x for (x,) in self.env.cr.fetchall()],
            ["An", "Ân", "Dung", "Dũng", "Đào", "Đông"],
        )
