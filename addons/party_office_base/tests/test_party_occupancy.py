"""Who or what is taken when: the database refuses, whoever writes."""

from datetime import datetime, timedelta

import psycopg2.errors

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PartyOfficeCase

HOUR = timedelta(hours=1)
NOON = datetime(2026, 6, 15, 5, 0)


@tagged("post_install", "-at_install")
class TestPartyOccupancy(PartyOfficeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.car, cls.other_car = cls.env["party.car"].create(
            [{"plate": "20A-111.11"}, {"plate": "20A-222.22"}]
        )
        # any record can stand for a document here
        cls.documents = cls.board_a | cls.board_b
        cls.occupancy = cls.env["party.occupancy"]

    def _take(self, number, start, stop, subject=None):
        self.occupancy._take(
            self.documents[number], [(subject or self.car, start, stop)]
        )

    def test_the_constraint_is_in_the_database(self):
        self.env.cr.execute(
            "SELECT contype, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = 'party_occupancy'::regclass AND contype = 'x'"
        )
        [(_kind, definition)] = self.env.cr.fetchall()
        self.assertIn("EXCLUDE USING gist", definition)
        self.assertIn("subject_id WITH =", definition)
        self.assertIn("WITH &&", definition)

    def test_overlaps_of_every_kind(self):
        self._take(0, NOON, NOON + 4 * HOUR)
        cases = {
            "same": (NOON, NOON + 4 * HOUR),
            "nested": (NOON + HOUR, NOON + 2 * HOUR),
            "around": (NOON - HOUR, NOON + 5 * HOUR),
            "over the beginning": (NOON - HOUR, NOON + HOUR),
            "over the end": (NOON + 3 * HOUR, NOON + 5 * HOUR),
            "one second": (NOON + 4 * HOUR - timedelta(seconds=1), NOON + 5 * HOUR),
        }
        for name, (start, stop) in cases.items():
            with self.subTest(name), self.assertRaisesRegex(UserError, "20A-111.11"):
                self._take(1, start, stop)

    def test_touching_times_and_other_subjects(self):
        self._take(0, NOON, NOON + HOUR)
        self._take(1, NOON + HOUR, NOON + 2 * HOUR)
        self._take(1, NOON - HOUR, NOON)
        self._take(1, NOON, NOON + HOUR, self.other_car)

    def test_a_document_takes_anew(self):
        self._take(0, NOON, NOON + HOUR)
        self._take(0, NOON + HOUR / 2, NOON + 2 * HOUR)
        self._take(1, NOON, NOON + HOUR / 2)
        self.occupancy._let_go(self.documents)
        self.assertFalse(self.occupancy._of(self.documents))

    def test_sql_is_refused_too(self):
        self._take(0, NOON, NOON + HOUR)
        self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.ExclusionViolation),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "INSERT INTO party_occupancy "
                "(subject_model, subject_id, start, stop, res_model, res_id) "
                "VALUES ('party.car', %s, %s, %s, 'x', 1)",
                [self.car.id, NOON, NOON + HOUR],
            )

    def test_who_is_free(self):
        cars = self.car | self.other_car
        self._take(0, NOON, NOON + HOUR)
        free = self.occupancy._free
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.assertEqual(free(cars, NOON, NOON + HOUR), self.other_car)
        self.assertEqual(free(cars, NOON + HOUR, NOON + 2 * HOUR), cars)
        self.assertEqual(free(cars, NOON, NOON + HOUR, self.documents[0]), cars)

    def test_when_it_is_free_again(self):
        self._take(0, NOON, NOON + HOUR)
        self._take(1, NOON + HOUR, NOON + 3 * HOUR)
        gap = self.occupancy._gap
        self.assertEqual(gap(self.car, NOON + HOUR / 2), NOON + 3 * HOUR)
        self.assertEqual(gap(self.car, NOON - HOUR), NOON - HOUR)

    def test_nobody_writes_by_hand(self):
        self._take(0, NOON, NOON + HOUR)
        row = self.occupancy._of(self.documents)
        values = {
            "subject_model": "party.car",
            "subject_id": self.car.id,
            "start": NOON + HOUR,
            "stop": NOON + 2 * HOUR,
            "res_model": "party.board",
            "res_id": self.board_b.id,
        }
        for key, user in self.user.items():
            mine = self.occupancy.with_user(user)
            with self.subTest(key):
                with self.assertRaises(AccessError):
                    mine.create(values)
                with self.assertRaises(AccessError):
                    row.with_user(user).write({"stop": NOON + 2 * HOUR})
                with self.assertRaises(AccessError):
                    row.with_user(user).unlink()
