from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import PartyOfficeCase


@tagged("post_install", "-at_install")
@freeze_time("2026-07-02 02:00:00")
class TestPartyMonthPack(PartyOfficeCase):
    def _pack(self, key="clerk", **values):
        packs = self.env["party.month.pack"].with_user(self.user[key])
        return packs.create({"month": "2026-06-01", **values})

    def test_one_click_makes_the_pack_of_last_month_once(self):
        packs = self.env["party.month.pack"].with_user(self.user["clerk"])
        first = packs.action_make()
        again = packs.action_make()
        self.assertEqual(first["res_id"], again["res_id"])
        pack = packs.browse(first["res_id"])
        self.assertEqual(str(pack.month), "2026-06-01")
        self.assertTrue(pack.made_at)

    @mute_logger("odoo.sql_db")
    def test_one_pack_for_each_month(self):
        self._pack()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._pack(month="2026-06-15")

    def test_who_makes_and_closes_it(self):
        for key in ("staff_a", "head_a", "accountant_a", "cashier", "driver"):
            with self.subTest(key), self.assertRaises(AccessError):
                self._pack(key)
        pack = self._pack()
        with self.assertRaises(AccessError):
            pack.action_close()
        pack.with_user(self.user["office_chief"]).action_close()
        self.assertEqual(pack.state, "closed")

    def test_a_closed_pack_stays_what_it_was(self):
        pack = self._pack()
        chief = self.user["office_chief"]
        pack.with_user(chief).assessment = "Hoàn thành"
        pack.with_user(chief).action_close()
        with self.assertRaises(UserError):
            pack.with_user(chief).assessment = "Khác"
        with self.assertRaises(UserError):
            pack.with_user(chief).action_refresh()
        with self.assertRaises(UserError):
            pack.with_user(chief).unlink()

    def test_figures_are_not_forged(self):
        pack = self._pack()
        for values in ({"snapshot": {}}, {"state": "closed"}, {"made_at": False}):
            with self.subTest(str(values)), self.assertRaises(AccessError):
                pack.write(values)
        with self.assertRaises(AccessError):
            self._pack(month="2026-05-01", snapshot={"tables": []})

    def test_staff_read_closed_packs_only(self):
        pack = self._pack()
        staff = self.env["party.month.pack"].with_user(self.user["staff_a"])
        self.assertFalse(staff.search_count([("id", "=", pack.id)]))
        head = staff.with_user(self.user["head_b"])
        self.assertTrue(head.search_count([("id", "=", pack.id)]))
        pack.with_user(self.user["office_chief"]).action_close()
        self.env.flush_all()
        self.assertTrue(staff.search_count([("id", "=", pack.id)]))

    def test_it_is_drawn_and_printed(self):
        pack = self._pack(assessment="Đánh giá (thử)")
        self.assertIn("o_party_month_pack", pack.content)
        report = self.env.ref("party_office_base.party_month_pack_report")
        pdf, kind = report.with_user(self.user["clerk"])._render(
            report.report_name, pack.ids
        )
        self.assertEqual((pdf[:4], kind), (b"%PDF", "pdf"))

    def test_more_boards_do_not_mean_more_queries(self):
        def cost():
            pack = self._pack()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            pack.action_refresh()
            self.env.flush_all()
            spent = self.env.cr.sql_log_count - before
            pack.sudo().unlink()
            return spent

        cost()
        few = cost()
        for number in range(20):
            self._new_board(f"Đơn vị {number} (thử)", f"TZ{number}")
        # new boards empty the caches of rights
        cost()
        self.assertLessEqual(cost(), few)
