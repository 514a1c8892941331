from datetime import date

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PartyOfficeCase


@tagged("post_install", "-at_install")
class TestTravelFacts(PartyOfficeCase):
    """What business trips are computed from and nobody who travels has to know."""

    # ------------------------------------------------------------------------ areas
    def test_area_of_a_place(self):
        areas = self.env["party.norm.area"]
        for place, code in (
            ("Bộ Tài chính, Hà Nội", "tw"),
            ("ha noi", "tw"),
            ("TP. Hồ Chí Minh", "tw"),
            ("Xã Đông Sơn", "province"),
            # "hue" inside of a word is no city
            ("Cơ sở Thuế", "province"),
            ("", "province"),
        ):
            with self.subTest(place):
                self.assertEqual(areas._of_place(place).code, code)

    def test_the_office_adds_places(self):
        islands = self.env.ref("party_office_base.norm_area_sea_island")
        islands.with_user(self.user["manager"]).place_names = "Lý Sơn; Cồn Cỏ"
        found = self.env["party.norm.area"]._of_place("Đặc khu Lý Sơn")
        self.assertEqual(found, islands)

    # ------------------------------------------------------------------------ ranks
    def test_rank_at_the_borders(self):
        ranks = self.env["party.norm.rank"]
        for coefficient, code in (
            (0, "rest"),
            (0.79, "rest"),
            (0.8, "r080"),
            (1.24, "r080"),
            (1.25, "r125"),
            (1.4, "r125"),
        ):
            with self.subTest(coefficient):
                self.assertEqual(ranks._for_coefficient(coefficient).code, code)

    def test_posts_of_many_persons(self):
        persons = self.env["hr.employee"].create(
            [
                {"name": f"P{number}", "department_id": self.board_a.department_id.id}
                for number in range(20)
            ]
        )
        persons[:1]._party_posts()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        posts = persons._party_posts()
        self.assertLess(self.env.cr.sql_log_count - before, 8)
        self.assertEqual(len(posts), 20)
        day = date(2026, 6, 1)
        self.assertEqual(
            {post.board_on(day) for post in posts.values()}, {self.board_a}
        )
        self.assertEqual({post.rank_on(day) for post in posts.values()}, {"rest"})

    def test_a_coefficient_has_bounds(self):
        person = self.user["staff_a"].employee_id
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            person.version_ids.position_coefficient = 12
            self.env.flush_all()

    # ----------------------------------------------------------------------- prices
    def _price(self, **values):
        return self.env["party.fuel.price"].create(
            {"fuel": "e10", "date_from": "2026-06-04", "source": "Thử", **values}
        )

    def test_petrol_of_a_day(self):
        prices = self.env["party.fuel.price"]
        prices.search([]).unlink()
        old = self._price(price=20_000, date_from="2026-05-28")
        dear = self._price(price=21_000, fuel="ron95")
        cheap = self._price(price=20_500)
        self._price(price=15_000, fuel="diesel")
        self.assertFalse(prices._petrol_on(date(2026, 5, 27)))
        self.assertEqual(prices._petrol_on(date(2026, 6, 3)), old)
        self.assertEqual(prices._petrol_on(date(2026, 6, 4)), cheap)
        cheap.unlink()
        self.assertEqual(prices._petrol_on(date(2026, 6, 4)), dear)

    def test_prices_that_cannot_be(self):
        self._price(price=20_000)
        for error, values in (
            (UniqueViolation, {"price": 20_100}),
            (CheckViolation, {"price": 0, "date_from": "2026-06-05"}),
            (CheckViolation, {"price": 2_000_000, "date_from": "2026-06-05"}),
        ):
            with (
                self.subTest(values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(error),
                self.env.cr.savepoint(),
            ):
                self._price(**values)
