from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .service_case import ServiceCase


@tagged("post_install", "-at_install")
class TestPartySupply(ServiceCase):
    def _ask_paper(self, quantity, key="staff_a", **values):
        return self._ask(
            key,
            self.stationery,
            line_ids=[
                Command.create({"supply_id": self.paper.id, "quantity": quantity})
            ],
            **values,
        )

    def test_given_out_and_signed_for(self):
        request = self._ask_paper(3)
        line = request.line_ids
        self.assertEqual((line.price, request.amount), (70_000, 210_000))
        request.with_user(self.desk).action_deliver()
        self.assertEqual(self.paper.on_hand, 7)
        self.assertEqual(line.delivered, 3)
        move = request.move_ids
        self.assertEqual((move.quantity, move.balance), (-3, 7))
        self.assertEqual(move.board_id, self.board_a)
        self.assertEqual(request.state, "done")
        request.with_user(self.user["staff_a"]).action_confirm_good()
        self.assertEqual(request.confirmed_by_id, self.user["staff_a"])

    def test_the_desk_may_give_less_never_more(self):
        request = self._ask_paper(6)
        line = request.line_ids
        with self.assertRaises(UserError):
            line.with_user(self.user["staff_a"]).granted = 5
        request.with_user(self.desk).write(
            {"line_ids": [Command.update(line.id, {"granted": 2})]}
        )
        request.with_user(self.desk).action_deliver()
        self.assertEqual(self.paper.on_hand, 8)
        self.assertEqual(request.amount, 140_000)
        other = self._ask_paper(2).line_ids
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            other.with_user(self.desk).granted = 3
            self.env.flush_all()
        for values in ({"quantity": 9}, {"supply_id": self.paper.copy().id}):
            for key in ("staff_a", "desk"):
                with self.assertRaises(AccessError):
                    line.with_user(self.user[key]).write(values)
        with self.assertRaises(AccessError):
            line.with_user(self.desk).delivered = 0

    def test_more_than_the_store_has(self):
        request = self._ask_paper(11)
        with self.assertRaises(UserError):
            request.with_user(self.desk).action_deliver()
        self.assertEqual(self.paper.on_hand, 10)
        self.assertEqual(request.state, "new")
        # nothing finishes without the goods
        with self.assertRaises(UserError):
            request.with_user(self.desk).action_finish()

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_the_stock_above_zero(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE party_supply SET on_hand = -1 WHERE id = %s", [self.paper.id]
            )

    def test_the_stock_is_the_sum_of_its_book(self):
        paper = self.paper.with_user(self.desk)
        paper.action_receive(5, 80_000, "HĐ 0002")
        self._ask_paper(4).with_user(self.desk).action_deliver()
        paper.action_count(9, "Kiểm kê: hỏng 2 ram")
        self.env.flush_all()
        self.assertEqual(self.paper.on_hand, 9)
        self.assertEqual(self.paper.price, 80_000)
        self.assertEqual(
            self.paper.move_ids.sorted("id").mapped("quantity"), [10, 5, -4, -2]
        )
        self.assertEqual(sum(self.paper.move_ids.mapped("quantity")), 9)

    def test_low_stock_is_on_the_list(self):
        self.assertFalse(self.paper.is_low)
        self._ask_paper(6).with_user(self.desk).action_deliver()
        self.assertTrue(self.paper.is_low)
        self.assertEqual((self.paper.to_buy, self.paper.buy_amount), (16, 1_120_000))
        self.assertIn(
            self.paper, self.env["party.supply"].search([("is_low", "=", True)])
        )
        self.paper.with_user(self.desk).action_receive(1)
        self.assertFalse(self.paper.is_low)

    def test_figures_that_cannot_be(self):
        paper = self.paper.with_user(self.desk)
        for quantity in (0, -1, 10**18, 1.5, float("nan"), True, "3"):
            with self.subTest(quantity), self.assertRaises(UserError):
                paper.action_receive(quantity)
        for price in (-1, float("nan"), 10**18):
            with self.subTest(price), self.assertRaises(UserError):
                paper.action_receive(1, price)
        with self.assertRaises(UserError):
            paper.action_count(3, "")
        with self.assertRaises(UserError):
            paper.action_count(10, "Như cũ")

    def test_who_keeps_the_store(self):
        for key in ("staff_a", "head_a", "accountant_a", "clerk", "cashier"):
            paper = self.paper.with_user(self.user[key])
            with self.subTest(key):
                self.assertEqual(paper.on_hand, 10)
                with self.assertRaises(AccessError):
                    paper.action_receive(1)
                with self.assertRaises(AccessError):
                    paper.action_count(1, "Thử")
                with self.assertRaises(AccessError):
                    paper.price = 1
        for key in ("desk", "office_chief", "manager"):
            with self.subTest(key), self.assertRaises(AccessError):
                self.paper.with_user(self.user[key]).on_hand = 99
        with self.assertRaises(AccessError):
            self.paper.with_user(self.desk).copy({"on_hand": 5, "name": "Khác"})
        self.paper.with_user(self.desk).price = 71_000

    def test_the_book_is_written_by_the_store_only(self):
        move = self.paper.move_ids
        for key in ("desk", "office_chief", "manager"):
            own = move.with_user(self.user[key])
            with self.subTest(key):
                with self.assertRaises(UserError):
                    own.write({"quantity": 1})
                with self.assertRaises(UserError):
                    own.unlink()
                with self.assertRaises(UserError):
                    own.create(
                        {
                            "supply_id": self.paper.id,
                            "kind": "in",
                            "quantity": 5,
                            "balance": 15,
                        }
                    )

    def test_a_board_reads_what_it_was_given(self):
        self._ask_paper(1).with_user(self.desk).action_deliver()
        self.env.flush_all()
        moves = self.env["party.supply.move"]
        of_paper = [("supply_id", "=", self.paper.id)]
        counts = {"staff_a": 1, "head_a": 1, "staff_b": 0, "desk": 2, "cashier": 2}
        for key, number in counts.items():
            with self.subTest(key):
                self.assertEqual(
                    moves.with_user(self.user[key]).search_count(of_paper), number
                )

    def test_who_reads_and_writes_what_was_asked_for(self):
        request = self._ask_paper(1)
        self.env.flush_all()
        lines = self.env["party.service.request.line"]
        domain = [("request_id", "=", request.id)]
        readers = {"staff_a", "head_a", "accountant_a", "desk", "office_chief"}
        for key in (*readers, "staff_b", "head_b", "accountant_b", "clerk"):
            own = lines.with_user(self.user[key])
            with self.subTest(key):
                self.assertEqual(bool(own.search_count(domain)), key in readers)
                with self.assertRaises(AccessError):
                    own.create(
                        {"request_id": request.id, "supply_id": self.paper.copy().id}
                    )
        draft = self._new_request(kind=self.stationery)
        for key in ("staff_b", "head_a", "desk"):
            with self.subTest(f"{key} draft"), self.assertRaises(AccessError):
                lines.with_user(self.user[key]).create(
                    {"request_id": draft.id, "supply_id": self.paper.id}
                )
        with self.assertRaises(AccessError):
            request.line_ids.with_user(self.user["staff_a"]).unlink()

    # -------------------------------------------------------------------------- norms
    @freeze_time("2026-07-10 01:00:00")
    def test_above_the_norm_the_chief_decides(self):
        # two people in board A: head and staff; two reams each a quarter
        norm = self.env["party.supply.norm"].create(
            {"supply_id": self.paper.id, "quantity": 2, "period": "quarter"}
        )
        self._ask_paper(3).with_user(self.desk).action_deliver()
        line = self._new_request(
            kind=self.stationery,
            line_ids=[Command.create({"supply_id": self.paper.id, "quantity": 2})],
        ).line_ids
        self.assertEqual((line.norm_used, line.norm_allowed, line.over_norm), (3, 4, 1))
        self.assertTrue(line.norm_unverified)
        request = line.request_id
        with self.assertRaises(UserError):
            request.action_send()
        request.over_norm_reason = "In tài liệu đại hội"
        request.action_send()
        self.assertEqual(request.state, "approval")
        self.assertEqual(request.waiting_user_id, self.user["office_chief"])
        # the office's own time: the promise runs on
        self.assertFalse(request.stopped_at)
        with self.assertRaises(AccessError):
            request.with_user(self.user["head_a"]).action_agree()
        request.with_user(self.user["office_chief"]).action_agree()
        self.assertEqual(request.waiting_user_id, self.desk)
        request.with_user(self.desk).action_deliver()
        self.assertEqual(self.paper.on_hand, 5)
        # the norm of one board goes before that of all
        norm.copy({"board_id": self.board_a.id, "quantity": 10, "period": "year"})
        line.invalidate_recordset()
        self.assertEqual((line.norm_used, line.norm_allowed), (5, 20))

    @freeze_time("2026-10-01 01:00:00")
    def test_a_new_quarter_begins_anew(self):
        self.env["party.supply.norm"].create(
            {"supply_id": self.paper.id, "quantity": 1, "period": "quarter"}
        )
        with freeze_time("2026-09-30 03:00:00"):
            self._ask_paper(2).with_user(self.desk).action_deliver()
        line = self._ask_paper(2).line_ids
        self.assertEqual((line.norm_used, line.over_norm), (0, 0))

    def test_norms_are_kept_by_few(self):
        values = {"supply_id": self.paper.id, "quantity": 2}
        norms = self.env["party.supply.norm"]
        for key in ("staff_a", "desk", "accountant_a", "cashier"):
            with self.subTest(key), self.assertRaises(AccessError):
                norms.with_user(self.user[key]).create(values)
        norms.with_user(self.user["office_chief"]).create(values)
