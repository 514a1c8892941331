from datetime import datetime, timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..hooks import uninstall_hook
from .common import EventCase

HOUR = timedelta(hours=1)
#: 8:00 on 10 July 2026 at the office
EIGHT = datetime(2026, 7, 10, 1, 0)


class RoomCase(EventCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.screen = cls.env["party.room.equipment"].create({"name": "Màn hình (thử)"})
        cls.hall, cls.small = cls.env["party.room"].create(
            [
                {
                    "name": "Hội trường lớn (thử)",
                    "capacity": 120,
                    "setup_before": 60,
                    "setup_after": 30,
                    "equipment_ids": [(6, 0, cls.screen.ids)],
                    "keeper_id": cls.user["driver"].id,
                },
                {"name": "Phòng họp 2 (thử)", "capacity": 30},
            ]
        )

    def _book(self, key="staff_a", event=None, room=None, **values):
        if event is None and "purpose" not in values:
            event = self.event
        return (
            self.env["party.room.booking"]
            .with_user(self.user[key])
            .create(
                {
                    "room_id": (room or self.hall).id,
                    "event_id": event and event.id,
                    "start": EIGHT,
                    "stop": EIGHT + 3 * HOUR,
                    **values,
                }
            )
        )

    def _taken(self, bookings):
        self.env.flush_all()
        return self.env["party.occupancy"].search(
            [
                ("res_model", "=", "party.room.booking"),
                ("res_id", "in", bookings.ids),
            ]
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-07-01 02:00:00")
class TestPartyRoom(RoomCase):
    def test_a_booking_takes_the_room_with_its_set_up_time(self):
        booking = self._book()
        self.assertEqual(booking.seats, 80)
        self.assertEqual(booking.board_id, self.board_a)
        [row] = self._taken(booking)
        self.assertEqual(row.start, EIGHT - HOUR)
        self.assertEqual(row.stop, EIGHT + 3.5 * HOUR)
        self.assertIn(self.hall.name, self.event.room_text)

    def test_who_comes_second_is_told_who_has_it_and_what_is_free(self):
        self._book()
        event = self._new_event(
            "staff_b",
            board_id=self.board_b.id,
            lead_board_id=self.board_b.id,
            delegate_count=20,
        )
        with self.assertRaises(UserError) as refusal:
            # their meeting ends an hour before: the hall is being made ready then
            self._book(
                "staff_b", event, start=EIGHT - 2 * HOUR, stop=EIGHT - 0.5 * HOUR
            )
        text = refusal.exception.args[0]
        self.assertIn(self.event.title, text)
        self.assertIn(self.board_a.name, text)
        self.assertIn("Phòng họp 2 (thử) (30)", text)

    def test_touching_set_up_times_are_free(self):
        self._book()
        # clearing up ends at 11:30, getting ready begins then
        later = self._book(start=EIGHT + 4.5 * HOUR, stop=EIGHT + 5 * HOUR)
        self.assertEqual(later.state, "asked")

    def test_too_few_seats(self):
        with self.assertRaisesRegex(UserError, "30"):
            self._book(room=self.small)
        self.assertFalse(
            self.env["party.occupancy"].search(
                [
                    ("subject_model", "=", "party.room"),
                    ("subject_id", "=", self.small.id),
                ]
            )
        )

    def test_finding_a_room(self):
        rooms = self.env["party.room"].with_user(self.user["staff_b"])
        both = self.hall | self.small

        def free(*args):
            return rooms._find_free(EIGHT, EIGHT + HOUR, *args) & both

        self.assertEqual(free(20), self.small | self.hall)
        self.assertEqual(free(31), self.hall)
        self.assertEqual(free(0, self.screen), self.hall)
        self._book()
        self.assertEqual(free(20), self.small)
        self.assertFalse(free(31))

    def test_one_tap_takes_what_was_found(self):
        action = self.event.with_user(self.user["staff_a"]).action_find_room()
        search = (
            self.env["party.room.find"]
            .with_user(self.user["staff_a"])
            .browse(action["res_id"])
        )
        self.assertIn(self.hall, search.room_ids)
        self.assertNotIn(self.small, search.room_ids)
        room = self.hall.with_user(self.user["staff_a"])
        room.with_context(room_find=search.id).action_take_found()
        self.assertEqual(self.event.booking_ids.room_id, self.hall)
        self.assertEqual(self.event.booking_ids.start, self.event.start)

    def test_only_the_organiser_books_for_a_conference(self):
        for key in ("staff_b", "head_b", "accountant_b", "cashier", "driver", "clerk"):
            with self.subTest(key), self.assertRaises(UserError):
                self._book(key)
        for key in ("head_a", "office_chief"):
            with self.subTest(key):
                self._book(key)._release("")

    def test_forging(self):
        booking = self._book()
        for key in ("staff_b", "head_b", "accountant_b", "cashier", "clerk", "manager"):
            theirs = booking.with_user(self.user[key])
            for values in (
                {"start": EIGHT - HOUR},
                {"room_id": self.small.id},
                {"event_id": False, "purpose": "Khác"},
            ):
                with self.subTest(key, values=values), self.assertRaises(UserError):
                    theirs.write(values)
            with self.subTest(key), self.assertRaises(AccessError):
                theirs.unlink()
            with self.subTest(key), self.assertRaises(UserError):
                theirs.action_release()
            with self.subTest(key), self.assertRaises(UserError):
                theirs.action_confirm()
        for values in (
            {"state": "confirmed"},
            {"requester_id": self.user["head_a"].id},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                booking.write(values)
        # in the name of another unit, or as another person
        with self.assertRaises(AccessError):
            self._book(
                purpose="Họp", board_id=self.board_b.id, room=self.small, seats=5
            )
        with self.assertRaises(AccessError):
            self._book(purpose="Họp", requester_id=self.user["head_a"].id)
        with self.assertRaises(AccessError):
            self.hall.with_user(self.user["staff_a"]).capacity = 500

    def test_a_simple_meeting_needs_a_purpose(self):
        for purpose in ("", "  "):
            with self.assertRaises(UserError):
                self._book(purpose=purpose, seats=5)
        booking = self._book("staff_b", purpose="Họp chi bộ", seats=5)
        self.assertEqual(booking.board_id, self.board_b)
        with self.assertRaises(AccessError):
            booking.with_user(self.user["staff_a"]).purpose = "Khác"
        booking.purpose = "Họp chi bộ tháng 7"

    @mute_logger("odoo.sql_db")
    def test_bad_times(self):
        for start, stop in (
            (EIGHT, EIGHT + 40 * 24 * HOUR),
            (datetime(1900, 1, 1), datetime(1900, 1, 1, 2)),
            (datetime(2126, 7, 10), datetime(2126, 7, 10, 2)),
        ):
            with self.subTest(start), self.assertRaises(UserError):
                self._book(start=start, stop=stop)
        with self.assertRaises(UserError):
            self._book(seats=10**18)
        # these the database refuses, in the sentence of the constraint
        for values in ({"start": EIGHT, "stop": EIGHT - HOUR}, {"seats": -1}):
            with (
                self.subTest(values),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self._book(**values)

    def test_the_keeper_confirms_and_is_told(self):
        keeper = self.user["driver"]
        before = self.env["mail.notification"].search_count(
            [("res_partner_id", "=", keeper.partner_id.id)]
        )
        booking = self._book()
        self.assertEqual(
            self.env["mail.notification"].search_count(
                [("res_partner_id", "=", keeper.partner_id.id)]
            ),
            before + 1,
        )
        booking.with_user(keeper).action_confirm()
        self.assertEqual(booking.state, "confirmed")
        with self.assertRaises(UserError):
            booking.with_user(keeper).action_confirm()
        # at another hour it is to be confirmed again
        booking.stop = EIGHT + 2 * HOUR
        self.assertEqual(booking.state, "asked")

    def test_given_back(self):
        two = self._book() | self._book(
            purpose="Họp", room=self.small, seats=3, start=EIGHT, stop=EIGHT + HOUR
        )
        two.action_release()
        self.assertEqual(two.mapped("state"), ["released"] * 2)
        self.assertFalse(self._taken(two))
        with self.assertRaises(UserError):
            two.action_release()
        with self.assertRaises(UserError):
            two[0].start = EIGHT - HOUR
        self._book("office_chief", purpose="Họp khác", seats=5)

    def test_no_longer_used_rooms(self):
        self.hall.active = False
        with self.assertRaises(UserError):
            self._book()


@tagged("post_install", "-at_install")
@freeze_time("2026-07-01 02:00:00")
class TestRoomsFollow(RoomCase):
    def test_rooms_move_with_the_conference(self):
        booking = self._book(start=EIGHT - HOUR, stop=EIGHT + 5 * HOUR)
        event = self.event.with_user(self.user["staff_a"])
        day = timedelta(days=3)
        rows = event._reschedule(event.start + day, event.stop + day)
        self.assertEqual([row["moved"] for row in rows if row["what"]], [True])
        self.assertEqual(booking.start, EIGHT - HOUR + day)
        self.assertEqual(booking.stop, EIGHT + 5 * HOUR + day)
        self.assertEqual(self._taken(booking).start, EIGHT - 2 * HOUR + day)

    def test_what_cannot_move_is_said_and_given_back(self):
        booking = self._book()
        day = timedelta(days=3)
        self._book(
            "staff_b",
            purpose="Đại hội chi bộ",
            seats=50,
            start=EIGHT + day,
            stop=EIGHT + day + HOUR,
        )
        event = self.event.with_user(self.user["staff_a"])
        [row] = [
            row
            for row in event._reschedule(event.start + day, event.stop + day)
            if not row["moved"]
        ]
        self.assertIn(self.hall.name, row["what"])
        self.assertIn("Đại hội chi bộ", row["why"])
        self.assertEqual(booking.state, "released")
        self.assertFalse(self._taken(booking))

    def test_two_rooms_move_by_an_hour_over_their_own_time(self):
        first = self._book(start=EIGHT, stop=EIGHT + HOUR)
        second = self._book(start=EIGHT + 2.5 * HOUR, stop=EIGHT + 3.5 * HOUR)
        event = self.event.with_user(self.user["staff_a"])
        step = 2.5 * HOUR
        rows = event._reschedule(event.start + step, event.stop + step)
        self.assertTrue(all(row["moved"] for row in rows))
        self.assertEqual((first | second).mapped("state"), ["asked"] * 2)
        self.assertEqual(second.start, EIGHT + 5 * HOUR)

    def test_a_time_changed_by_hand_is_followed(self):
        booking = self._book()
        day = timedelta(days=1)
        self.event.with_user(self.user["staff_a"]).write(
            {"start": EIGHT + day, "stop": EIGHT + day + 2 * HOUR}
        )
        self.assertEqual(booking.start, EIGHT + day)
        self.assertEqual(self._taken(booking).start.date(), (EIGHT + day).date())

    def test_a_cancelled_conference_gives_its_rooms_back(self):
        booking = self._book()
        self.event.with_user(self.user["staff_a"]).action_submit()
        self.event.with_user(self.user["staff_a"]).action_cancel()
        self.assertEqual(booking.state, "released")
        self.assertFalse(self._taken(booking))
        with self.assertRaises(UserError):
            self._book()


@tagged("post_install", "-at_install")
@freeze_time("2026-07-01 02:00:00")
class TestClosedMeeting(RoomCase):
    def test_who_has_no_part_sees_only_that_it_is_taken(self):
        self.event.is_restricted = True
        booking = self._book()
        self.env.flush_all()
        secret = self.event.title
        for key in ("staff_b", "driver", "clerk", "dispatcher"):
            self.env.invalidate_all()
            theirs = booking.with_user(self.user[key])
            with self.subTest(key):
                [row] = theirs.web_read(
                    {
                        "display_name": {},
                        "purpose": {},
                        "event_id": {"fields": {"display_name": {}}},
                        "room_id": {"fields": {"display_name": {}}},
                    }
                )
                self.assertNotIn(secret, str(row))
                self.assertNotIn(secret, str(theirs.read()))
                groups = theirs.formatted_read_group(
                    [("id", "=", booking.id)], ["event_id"], ["__count"]
                )
                self.assertNotIn(secret, str(groups))
                for path in ("event_id", "event_id.title", "event_id.name"):
                    self.assertFalse(
                        theirs.search_count(
                            [("id", "=", booking.id), (path, "ilike", secret)]
                        )
                    )
        # the refusal does not tell it, either
        with self.assertRaises(UserError) as refusal:
            self._book("staff_b", purpose="Họp", seats=5)
        self.assertNotIn(secret, refusal.exception.args[0])
        self.assertIn(self.hall.name, refusal.exception.args[0])
        for key in ("staff_a", "head_a", "office_chief"):
            self.env.invalidate_all()
            with self.subTest(key):
                theirs = booking.with_user(self.user[key])
                self.assertIn(secret, theirs.display_name)

    def test_the_keeper_is_told_without_the_words(self):
        self.event.is_restricted = True
        self._book()
        message = self.env["mail.message"].search(
            [("partner_ids", "in", self.user["driver"].partner_id.ids)],
            order="id desc",
            limit=1,
        )
        self.assertIn(self.hall.name, message.body)
        self.assertNotIn(self.event.title, f"{message.body} {message.subject}")

    def test_the_list_of_bookings_costs_the_same_for_many(self):
        bookings = self.env["party.room.booking"]
        for number in range(12):
            bookings |= self._book(
                purpose=f"Họp {number}",
                seats=3,
                start=fields.Datetime.add(EIGHT, days=number),
                stop=fields.Datetime.add(EIGHT, days=number, hours=1),
            )
        self.env.flush_all()
        wanted = ["display_name", "room_id", "board_id", "may_change", "may_keep"]

        def queries(some):
            self.env.invalidate_all()
            some = some.with_user(self.user["staff_b"])
            before = self.env.cr.sql_log_count
            some.read(wanted)
            return self.env.cr.sql_log_count - before

        queries(bookings[:2])
        self.assertEqual(queries(bookings[:2]), queries(bookings))


@tagged("post_install", "-at_install")
@freeze_time("2026-07-01 02:00:00")
class TestUninstall(RoomCase):
    def test_rooms_are_let_go(self):
        booking = self._book()
        self.assertTrue(self._taken(booking))
        uninstall_hook(self.env)
        self.assertFalse(self._taken(booking))
