import base64
import io
from datetime import datetime, timedelta

from openpyxl import Workbook
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import EventCase

#: 7:50 on the day
DOOR = "2026-07-10 00:50:00"


class PeopleCase(EventCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine = cls.event.with_user(cls.user["staff_a"])

    def _add(self, key="staff_a", event=None, **values):
        return (
            self.env["party.event.delegate.add"]
            .with_user(self.user[key])
            .create({"event_id": (event or self.event).id, **values})
        )

    def _people(self, count=4, **values):
        return (
            self.env["party.event.delegate"]
            .with_user(self.user["staff_a"])
            .create(
                [
                    {
                        "event_id": self.event.id,
                        "name": f"Đại biểu {number:02d} (thử)",
                        "unit": "Xã Thử",
                        "sequence": number,
                        **values,
                    }
                    for number in range(1, count + 1)
                ]
            )
        )


@tagged("post_install", "-at_install")
class TestDelegates(PeopleCase):
    def test_eighty_names_are_pasted_and_the_bad_rows_named(self):
        lines = [f"{n}. Nguyễn Văn {n}; Bí thư; Xã {n}; x" for n in range(1, 79)]
        lines += ["Khách A; ; ; không; khách mời", "Người B; ; ; không"]
        lines += ["; Bí thư; Xã 5", "Nguyễn Văn 5; Bí thư; Xã 5", "Vũ C;;;có thể"]
        wizard = self._add(text="\n".join(lines))
        wizard.action_add()
        people = self.event.delegate_ids
        self.assertEqual(len(people), 80)
        self.assertEqual(people.mapped("name")[:2], ["Nguyễn Văn 1", "Nguyễn Văn 2"])
        self.assertEqual(self.event.listed_delegate_count, 80)
        self.assertEqual(self.event.unsalaried_listed_count, 2)
        self.assertEqual(people[78].kind, "guest")
        for number in (81, 82, 83):
            self.assertIn(str(number), wizard.report)
        self.assertEqual(wizard.report.count("–"), 3)
        self.assertTrue(
            all(code and len(code) == 10 for code in people.sudo().mapped("code"))
        )
        self.assertEqual(len(set(people.sudo().mapped("code"))), 80)

    def test_a_workbook(self):
        book = Workbook()
        for row in (
            ["STT", "Họ và tên", "Đơn vị", "Chức vụ"],
            [1, "Lê Văn A", "Xã Thử", "Bí thư"],
            [None, None, None, None],
            [2, None, "Xã Thử", "Bí thư"],
        ):
            book.active.append(row)
        file = io.BytesIO()
        book.save(file)
        wizard = self._add(file=base64.b64encode(file.getvalue()))
        wizard.action_add()
        self.assertRecordValues(
            self.event.delegate_ids,
            [{"name": "Lê Văn A", "unit": "Xã Thử", "job_title": "Bí thư"}],
        )
        self.assertIn("4", wizard.report)
        with self.assertRaises(UserError):
            self._add(file=base64.b64encode(b"not a workbook")).action_add()
        with self.assertRaises(UserError):
            self._add().action_add()

    def test_all_members_of_a_unit(self):
        self._add(board_ids=[(6, 0, self.board_b.ids)]).action_add()
        people = self.event.delegate_ids
        self.assertEqual(people.user_id, self.user["staff_b"] | self.user["head_b"])
        self.assertEqual(set(people.mapped("unit")), {self.board_b.name})
        # once more adds nobody
        wizard = self._add(user_ids=[(6, 0, self.user["staff_b"].ids)])
        wizard.action_add()
        self.assertEqual(len(self.event.delegate_ids), 2)
        self.assertIn(self.user["staff_b"].name, wizard.report)
        # who takes part reads the conference
        self.env.flush_all()
        events = self.env["party.event"].with_user(self.user["staff_b"])
        self.assertTrue(events.search_count([("id", "=", self.event.id)]))

    def test_the_number_goes_into_the_plan(self):
        self._people(3)
        self.mine.action_take_count()
        self.assertEqual(self.event.delegate_count, 3)
        self.mine.action_submit()
        with self.assertRaises(UserError):
            self.mine.action_take_count()

    def test_seats_follow_the_order_of_the_list(self):
        self.env["party.room"].create({"name": "P (thử)", "capacity": 50})
        people = self._people(13)
        people[1].answer = "no"
        people[2].kind = "service"
        self.mine.action_seat()
        self.assertEqual(people[0].seat, "A1")
        self.assertFalse(people[1].seat or people[2].seat)
        self.assertEqual(people[3].seat, "A2")
        self.assertEqual(people[12].seat, "B1")

    @mute_logger("odoo.sql_db")
    def test_a_substitute_has_a_name(self):
        [person] = self._people(1)
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            person.answer = "substitute"
            person.flush_recordset()
        person.write({"answer": "substitute", "substitute_name": "Hồ D"})
        self.assertEqual(person._who_came(), "Hồ D")

    def test_access_and_forging(self):
        [person] = self._people(1)
        self.env.flush_all()
        values = {"event_id": self.event.id, "name": "Giả"}
        for key in ("staff_b", "head_b", "accountant_b", "clerk", "driver"):
            theirs = person.with_user(self.user[key])
            with self.subTest(key):
                self.assertFalse(theirs.search_count([("id", "=", person.id)]))
                with self.assertRaises(AccessError):
                    theirs.read(["name"])
        # who reads but does not organise writes nothing
        for key in ("accountant_a", "chief_accountant", "cashier", "manager", "clerk"):
            theirs = person.with_user(self.user[key])
            with self.subTest(key):
                with self.assertRaises(UserError):
                    theirs.write({"answer": "no"})
                with self.assertRaises(UserError):
                    theirs.create(values)
                with self.assertRaises(UserError):
                    theirs.unlink()
                with self.assertRaises(UserError):
                    self._add(key, text="Lê A").action_add()
                with self.assertRaises(UserError):
                    self.event.with_user(self.user[key]).action_seat()
        mine = person.with_user(self.user["staff_a"])
        for forged in (
            {"attended_at": DOOR},
            {"code": "AAAAAAAAAA"},
            {"invitation_number": "1-GM"},
            {"recorded_by_id": self.user["staff_a"].id},
        ):
            with self.subTest(forged), self.assertRaises(AccessError):
                mine.write(forged)
        with self.assertRaises(AccessError):
            mine.read(["code"])
        # into somebody else's conference
        other = self._new_event(
            "staff_b", board_id=self.board_b.id, lead_board_id=self.board_b.id
        )
        with self.assertRaises(UserError):
            mine.event_id = other.id


@tagged("post_install", "-at_install")
class TestAttendance(PeopleCase):
    def setUp(self):
        super().setUp()
        self.people = self._people(3)
        self.event.attendance_user_ids = self.user["clerk"]
        self.env.flush_all()
        self.door = self.event.with_user(self.user["clerk"])

    def test_taps_codes_and_live_counts(self):
        first, second, third = self.people
        with freeze_time(DOOR):
            page = self.door.attend(first.id)
            self.assertEqual((page["attended"], page["late"]), (1, 0))
        with freeze_time("2026-07-10 01:20:00"):
            page = self.door.attend_code(
                f"PARTY:party.event.delegate:{second.sudo().code}"
            )
            self.assertEqual((page["found"], page["again"]), (second.id, False))
            self.assertEqual((page["attended"], page["late"]), (2, 1))
            self.assertTrue(self.door.attend_code(second.sudo().code)["again"])
            page = self.door.attend_substitute(third.id, "  Hồ   D ", "Phó")
            self.assertEqual(page["attended"], 3)
            self.assertEqual(page["rows"][2]["substitute"], "Hồ D")
            self.assertEqual(page["rows"][1]["at"], "08:20")
            page = self.door.attend(first.id, False)
            self.assertEqual(page["attended"], 2)
        self.assertEqual(second.attended_by, "qr")
        self.assertEqual(third.attended_by, "list")
        self.assertEqual(second.recorded_by_id, self.user["clerk"])

    @freeze_time(DOOR)
    def test_codes_of_others(self):
        event = self._new_event()
        theirs = self.env["party.event.delegate"].create(
            {"event_id": event.id, "name": "Khác"}
        )
        for code in ("", "XXXXXXXXXX", None, theirs.code):
            with self.subTest(code), self.assertRaises(UserError):
                self.door.attend_code(code)
        with self.assertRaises(UserError):
            self.door.attend(theirs.id)
        with self.assertRaises(UserError):
            self.door.attend_substitute(self.people[0].id, "  ")

    def test_who_and_when(self):
        with freeze_time("2026-07-08 01:00:00"), self.assertRaises(UserError):
            self.door.attend(self.people[0].id)
        with freeze_time(DOOR):
            for key in ("accountant_a", "cashier", "chief_accountant", "head_b"):
                event = self.event.with_user(self.user[key])
                with self.subTest(key), self.assertRaises(UserError):
                    event.attend(self.people[0].id)
                with self.subTest(key), self.assertRaises(UserError):
                    event.attend_code(self.people[0].sudo().code)
            self.mine.action_submit()
            self.mine.action_cancel()
            with self.assertRaises(UserError):
                self.door.attend(self.people[0].id)
        self.assertFalse(self.event.attended_count)

    def test_the_page_costs_the_same_for_many(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.door.get_attendance()
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        self._people(60)
        self.assertEqual(queries(), few)


@tagged("post_install", "-at_install")
class TestAgenda(PeopleCase):
    def _parts(self, *rows):
        return (
            self.env["party.event.agenda"]
            .with_user(self.user["staff_a"])
            .create(
                [
                    {
                        "event_id": self.event.id,
                        "sequence": number,
                        "name": f"Phần {number}",
                        "minutes": minutes,
                        "fixed_start": fixed,
                    }
                    for number, (minutes, fixed) in enumerate(rows)
                ]
            )
        )

    def test_times_follow_from_the_beginning(self):
        parts = self._parts((15, False), (30, False), (20, "2026-07-10 03:00:00"))
        self.assertEqual(
            parts.mapped("time_text"), ["08:00–08:15", "08:15–08:45", "10:00–10:20"]
        )
        self.assertFalse(self.event.agenda_box)
        parts[0].sequence = 1
        parts[1].sequence = 0
        self.assertEqual(parts[0].time_text, "08:30–08:45")
        parts[2].minutes = 120
        self.assertIn("12:00", self.event.agenda_box)
        parts[2].write({"minutes": 5, "fixed_start": "2026-07-10 01:10:00"})
        self.assertTrue(self.event.agenda_box)

    @mute_logger("odoo.sql_db")
    def test_bad_input(self):
        for minutes in (0, -5, 10**6):
            with (
                self.subTest(minutes),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self._parts((minutes, False))
        with self.assertRaises(UserError):
            self._parts((10**18, False))
        with self.assertRaises(UserError):
            self._parts((15, "1900-01-01 00:00:00"))

    def test_only_the_organiser_writes(self):
        [part] = self._parts((15, False))
        self.env.flush_all()
        for key in ("accountant_a", "cashier", "manager", "clerk", "head_b"):
            theirs = part.with_user(self.user[key])
            with self.subTest(key):
                with self.assertRaises(UserError):
                    theirs.write({"name": "Khác"})
                with self.assertRaises(UserError):
                    theirs.unlink()
                with self.assertRaises(UserError):
                    theirs.create({"event_id": self.event.id, "name": "Khác"})
        staff_b = part.with_user(self.user["staff_b"])
        self.assertFalse(staff_b.search_count([("id", "=", part.id)]))
        part.with_user(self.user["head_a"]).name = "Khai mạc"

    def test_fixed_hours_move_too(self):
        parts = self._parts((15, False), (20, "2026-07-10 03:00:00"))
        day = timedelta(days=1)
        self.mine._reschedule(self.event.start + day, self.event.stop + day)
        self.assertEqual(parts[1].fixed_start, datetime(2026, 7, 11, 3, 0))


@tagged("post_install", "-at_install")
class TestPeopleForms(PeopleCase):
    def _print(self, xmlid, docs, key="staff_a"):
        report = self.env.ref(f"party_office_events.{xmlid}").with_user(self.user[key])
        docs = report._party_documents(report, docs.ids)
        return list(report._party_pages(report, docs))

    def test_every_form(self):
        people = self._people(3)
        people[1].write({"answer": "substitute", "substitute_name": "Hồ D"})
        self.mine.action_seat()
        pages = self._print("party_event_invitation_report", people)
        self.assertEqual(len(pages), 3)
        self.assertIn("GIẤY MỜI", pages[0])
        self.assertIn(people[0].name, pages[0])
        self.assertIn("08 giờ 00, thứ Sáu, ngày 10/7/2026", pages[0])
        self.assertIn("data:image/png;base64", pages[0])
        self.assertIn("Dự thảo", pages[0])
        [page] = self._print("party_event_attendance_report", self.event)
        self.assertIn("DANH SÁCH ĐẠI BIỂU", page)
        self.assertIn("Dự thay: Hồ D", page)
        [page] = self._print("party_event_seats_report", self.event)
        self.assertIn("SƠ ĐỒ CHỖ NGỒI", page)
        self.assertIn("Hồ D", page)
        self.env["party.event.agenda"].create(
            {"event_id": self.event.id, "name": "Khai mạc", "minutes": 10}
        )
        [page] = self._print("party_event_agenda_report", self.event)
        self.assertIn("08:00 – 08:10", page)

    def test_invitations_are_printed_by_who_organises_it(self):
        people = self._people(1)
        self.env.flush_all()
        for key in ("cashier", "accountant_a", "staff_b"):
            with self.subTest(key), self.assertRaises(UserError):
                self._print("party_event_invitation_report", people, key)
        self.mine.action_submit()
        self.mine.action_cancel()
        with self.assertRaises(UserError):
            self._print("party_event_invitation_report", people)
