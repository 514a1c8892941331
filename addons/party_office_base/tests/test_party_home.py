from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged

from .common import ROLES
from .home_case import HomeCase

#: Monday 15 June 2026, 10 o'clock at the office
NOW = "2026-06-15 03:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPartyHome(HomeCase):
    def test_waits_on_me_oldest_first_with_a_count(self):
        for hour in range(7):
            self._wait("head_a", f"2026-06-15 0{hour % 3}:00:00")
        oldest = self._wait("head_a", "2026-06-10 03:00:00", amount=1_200_000)
        card = self._card("head_a", "waiting")
        self.assertEqual(card["count"], 8)
        self.assertEqual(len(card["rows"]), 5)
        self.assertEqual(card["tone"], "danger")
        row = card["rows"][0]
        self.assertEqual(row["id"], oldest.id)
        self.assertEqual(row["value"], "1.200.000 đ")
        self.assertEqual(row["tone"], "danger")
        self.assertIn("5", row["since"])
        self.assertEqual(row["who"], "staff_a")
        self.assertEqual(row["action"]["res_id"], oldest.res_id)

    def test_nothing_waits(self):
        card = self._card("staff_b", "waiting")
        self.assertEqual((card["count"], card["rows"]), (0, []))
        self.assertTrue(card["empty"])

    def test_substitute_sees_what_waits_on_whom_he_stands_in_for(self):
        self.env["party.substitution"].create(
            {
                "user_id": self.user["head_a"].id,
                "substitute_id": self.user["staff_a"].id,
                "date_from": "2026-06-15",
                "date_to": "2026-06-16",
            }
        )
        self._wait("head_a", NOW)
        self.assertEqual(self._card("staff_a", "waiting")["count"], 1)
        self.assertEqual(self._card("staff_b", "waiting")["count"], 0)

    def test_my_requests_say_who_holds_them(self):
        item = self._wait("head_a", "2026-06-11 02:00:00")
        self._wait("staff_a", NOW)
        self._wait("head_a", NOW, requester="staff_b", board=self.board_b)
        self._wait("head_a", NOW, state="done")
        card = self._card("staff_a", "asked")
        self.assertEqual([row["id"] for row in card["rows"]], [item.id])
        self.assertEqual(card["rows"][0]["who"], "head_a")
        self.assertIn("4", card["rows"][0]["since"])

    def test_where_work_is_stuck_by_unit_and_step(self):
        """Medians of what waits now; old enough to come before what a demo has."""
        for since in ("2023-06-15 03:00:00", "2024-06-14 03:00:00"):
            self._wait("head_a", since, step="Duyệt A")
        self._wait("staff_a", "2025-06-15 03:00:00", step="Duyệt A")
        self._wait("head_b", "2023-06-15 02:00:00", step="Duyệt B")
        card = self._card("office_chief", "stuck")
        first, second = card["rows"][:2]
        self.assertEqual(first["title"], "Ban Tổ chức (thử)")
        self.assertEqual(first["count"], 3)
        self.assertEqual(first["parts"][0]["tone"], "danger")
        # 1096, 731 and 365 days
        self.assertIn("731", first["text"])
        self.assertIn("1096", first["text"])
        self.assertEqual(second["title"], "Ban Nội chính (thử)")
        self.assertEqual(len(self._records_behind(first["action"], "office_chief")), 3)

    def test_whose_pictures(self):
        """Only the chief of office sees who is stuck where."""
        for key in ("office_chief", "deputy_chief"):
            self.assertTrue(self._card(key, "stuck"), key)
        for key in ("staff_a", "head_a", "accountant_a", "cashier", "clerk", "manager"):
            self.assertIsNone(self._card(key, "stuck"), key)

    def test_cards_never_show_what_rules_hide(self):
        """Another board's work is neither counted nor named, for any role."""
        self._wait("staff_b", "2023-01-01 00:00:00", self.board_b, "staff_b")
        before = {key: str(self._home(key)["cards"]) for key in self.user}
        self._wait(
            "staff_b", "2023-01-02 00:00:00", self.board_b, "staff_b", summary="BÍ MẬT"
        )
        for key in self.user:
            shown = str(self._home(key)["cards"])
            if key not in ("staff_b", "office_chief", "deputy_chief"):
                self.assertEqual(shown, before[key], key)
            if key != "staff_b":
                self.assertNotIn("BÍ MẬT", shown, key)
        self.assertIn("BÍ MẬT", str(self._home("staff_b")["cards"]))

    def test_few_cards_for_every_role(self):
        for key, user in self.user.items():
            cards = self._home(key)["cards"]
            self.assertIn(len(cards), range(2, 7), key)
            self.assertEqual(cards[0]["key"], "waiting", key)
            keys = [card["key"] for card in cards]
            self.assertEqual(len(set(keys)), len(keys), user.name)

    def test_face_is_the_highest_role(self):
        faces = {key: self._home(key)["face"] for key in self.user}
        self.assertEqual(faces["office_chief"], "office_chief")
        self.assertEqual(faces["chief_accountant"], "chief_accountant")
        self.assertEqual(faces["accountant_a"], "accountant")
        self.assertEqual(faces["head_b"], "board_head")
        self.assertEqual(faces["staff_a"], "staff")
        self.assertEqual(set(faces.values()), set(ROLES))

    def test_stranger_has_no_home(self):
        stranger = new_test_user(self.env, login="test_stranger")
        with self.assertRaises(AccessError):
            self.env["party.home"].with_user(stranger).get_home()

    def test_same_queries_with_2_and_50_rows(self):
        for number in range(2):
            self._wait("head_a", f"2026-06-1{number} 03:00:00")
            self._wait("office_chief", f"2026-06-1{number} 03:00:00")
            self._wait("head_b", NOW, requester="staff_a")
        few = {key: self._queries(key) for key in self.user}
        for number in range(48):
            step = f"Bước {number % 6}"
            self._wait("head_a", f"2026-05-{number % 28 + 1:02} 03:00:00", step=step)
            self._wait("office_chief", f"2026-05-{number % 28 + 1:02} 03:00:00")
            self._wait("head_b", NOW, requester="staff_a", step=step)
        for key, queries in few.items():
            # two rows do not fill a card, fifty do: then it also counts
            self.assertLessEqual(self._queries(key), queries + 2, key)

    def test_root_menu_opens_it(self):
        menus = self.env["ir.ui.menu"].with_user(self.user["staff_a"])
        tree = menus.load_web_menus(False)
        root = self.env.ref("party_office_base.menu_root")
        action = self.env.ref("party_office_base.party_home_action")
        self.assertEqual(tree[root.id]["actionID"], action.id)

    def test_day_card_takes_each_document_once(self):
        home = self.env["party.home"].with_user(self.user["staff_a"])
        appointment = {
            "model": "party.handover",
            "id": 1,
            "start": datetime(2026, 6, 16, 1),
            "stop": datetime(2026, 6, 16, 4, 30),
            "title": "Họp giao ban",
            "place": "Phòng họp số 1",
            "action": False,
        }
        later = {**appointment, "id": 2, "start": datetime(2026, 6, 15, 7)}
        self.patch(
            self.env.registry["party.home"],
            "_appointments",
            lambda self, start, stop: [appointment, later, appointment],
        )
        card = home._day_card("staff")
        self.assertEqual([row["is_today"] for row in card["rows"]], [True, False])
        self.assertEqual(card["count"], 1)
        self.assertEqual(card["rows"][1]["hours"], "08:00–11:30")
        self.assertEqual(card["rows"][1]["place"], "Phòng họp số 1")

    def test_day_shows_the_programme(self):
        """A leader's other appointments, a closed one for who takes part only."""
        self.env["party.programme.entry"].create(
            {
                "title": "Tiếp xúc cử tri",
                "place": "Xã Phú Lương",
                "start": "2026-06-16 01:00:00",
                "stop": "2026-06-16 03:00:00",
                "leader_ids": [(6, 0, self.user["head_a"].ids)],
                "is_restricted": True,
            }
        )
        (row,) = self._card("head_a", "day")["rows"]
        self.assertEqual(
            (row["title"], row["hours"]), ("Tiếp xúc cử tri", "08:00–10:00")
        )
        self.assertEqual(row["place"], "Xã Phú Lương")
        self.assertEqual(self._card("head_b", "day")["rows"], [])
        self.assertEqual(self._card("staff_a", "day")["rows"], [])
