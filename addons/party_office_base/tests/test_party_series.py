import random
import threading
import time
from functools import partial
from unittest.mock import patch

from psycopg2.errors import ExclusionViolation, SerializationFailure, UniqueViolation

from odoo import api
from odoo.exceptions import AccessError, ConcurrencyError, UserError, ValidationError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, TransactionCase, get_db_name, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestPartySeries(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US"))
        cls.Series = cls.env["party.series"]
        cls.Number = cls.env["party.series.number"]
        cls.series = cls.Series.create(
            {"code": "test", "name": "Test", "prefix": "X%(year)s/%(number)03d"}
        )
        cls.document = cls.env.user.partner_id

    def next(self, day="2026-05-01", **kw):
        return self.Series._next("test", day, self.document, **kw)

    def test_numbers_follow_and_start_again_each_year(self):
        self.assertEqual(self.next(), "X2026/001")
        self.assertEqual(self.next(), "X2026/002")
        self.assertEqual(self.next("2027-01-01"), "X2027/001")
        self.assertEqual(self.next("2026-12-31"), "X2026/003")
        last = self.Number._of(self.document)[0]
        self.assertRecordValues(
            last,
            [
                {
                    "text": "X2026/003",
                    "number": 3,
                    "period": "2026",
                    "res_model": "res.partner",
                    "res_id": self.document.id,
                    "state": "used",
                    "user_id": self.env.uid,
                }
            ],
        )
        self.assertEqual(self.series.number_count, 4)
        self.assertEqual(self.series._gaps(), [])

    def test_term_scope_and_values(self):
        self.series.reset = "term"
        self.series.prefix = "%(number)02d-%(kind)s/%(issuer)s"
        self.env["party.term"].search([]).unlink()
        self.env["party.term"].create(
            [
                {"name": "T1", "date_from": "2020-10-16", "date_to": "2025-10-01"},
                {"name": "T2", "date_from": "2025-10-02"},
            ]
        )
        kh = {"scope": "BTCTU/KH", "values": {"kind": "KH", "issuer": "BTCTU"}}
        self.assertEqual(self.next("2025-12-31", **kh), "01-KH/BTCTU")
        self.assertEqual(self.next("2026-01-01", **kh), "02-KH/BTCTU")  # one term
        self.assertEqual(self.next("2025-10-01", **kh), "01-KH/BTCTU")
        bc = {"scope": "BTCTU/BC", "values": {"kind": "BC", "issuer": "BTCTU"}}
        self.assertEqual(self.next("2026-01-01", **bc), "01-BC/BTCTU")
        with self.assertRaisesRegex(UserError, "01/01/2019"):
            self.next("2019-01-01", **kh)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(ExclusionViolation),
            self.env.cr.savepoint(),
        ):
            self.env["party.term"].create({"name": "T3", "date_from": "2030-01-01"})

    def test_never_starts_again(self):
        self.series.write({"reset": "never", "prefix": "%(number)d"})
        self.assertEqual(self.next("2026-01-01"), "1")
        self.assertEqual(self.next("2030-01-01"), "2")

    def test_begin_in_the_middle(self):
        self.series._start_at(120, "2026")
        self.assertEqual(self.next(), "X2026/120")
        self.assertEqual(self.series._gaps(), [])
        with self.assertRaises(UserError):
            self.series._start_at(1, "2026")

    def test_template_is_checked(self):
        good = ("%(number)d", "100%% %(number)02d-%(kind)s/%(issuer)s", "%(number)05d")
        for template in good:
            self.series.prefix = template
        bad = (
            "no number",
            "%(number)s",
            "%(year)s",
            "%(number)d %(env)s",
            "%(number)d %s",
            "%(number)d %",
            "%(number)999999999d",
            "%%(number)d",
        )
        for template in bad:
            with self.subTest(template=template), self.assertRaises(ValidationError):
                self.series.prefix = template

    def test_missing_series(self):
        with self.assertRaisesRegex(UserError, "nothing_such"):
            self.Series._next("nothing_such", "2026-01-01", self.document)

    def test_cancel_keeps_the_row(self):
        self.next()
        number = self.Number._of(self.document)
        for reason in ("", "   ", False):
            with self.assertRaises(UserError):
                number._cancel(reason)
        number._cancel("printed twice")
        self.assertRecordValues(
            number, [{"state": "cancelled", "reason": "printed twice"}]
        )
        self.assertEqual(number.cancelled_by_id, self.env.user)
        with self.assertRaises(UserError):
            number._cancel("again")
        self.assertEqual(self.next(), "X2026/002")
        self.assertEqual(self.series._gaps(), [])
        self.next()
        (self.Number._of(self.document) - number)._cancel("two at once")

    def test_gap_is_found(self):
        for _count in range(3):
            self.next()
        self.Number._of(self.document).filtered(lambda row: row.number == 2).unlink()
        self.assertEqual(self.series._gaps(), [(self.series, "", "2026", 2)])

    def test_used_series_keeps_its_period(self):
        self.series.reset = "never"
        self.next()
        with self.assertRaises(ValidationError):
            self.series.reset = "year"

    @mute_logger("odoo.sql_db")
    def test_database_refuses_a_double(self):
        self.next()
        row = self.Number._of(self.document)
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            row.copy()

    def test_nobody_writes_numbers(self):
        self.next()
        number = self.Number._of(self.document)
        counter = self.series.counter_ids
        for role in ("staff", "clerk", "cashier", "chief_accountant", "manager"):
            user = new_test_user(
                self.env, f"series_{role}", groups=f"party_office_base.group_{role}"
            )
            with self.subTest(role=role):
                # a number names its document, which may be another board's
                self.assertEqual(
                    number.with_user(user).has_access("read"), role != "staff"
                )
                for record in (number, counter):
                    for operation in ("write", "create", "unlink"):
                        self.assertFalse(record.with_user(user).has_access(operation))
                with self.assertRaises(AccessError):
                    number.with_user(user).write({"state": "cancelled"})
                series = self.series.with_user(user)
                self.assertEqual(series.has_access("write"), role == "manager")
                self.assertTrue(
                    series._next("test", "2026-05-01", self.document.with_user(user))
                )

    def test_open_document(self):
        self.next()
        action = self.Number._of(self.document).action_open_document()
        self.assertEqual(action["res_id"], self.document.id)
        action = self.series.action_open_numbers()
        self.assertEqual(action["domain"], [("series_id", "=", self.series.id)])


@tagged("post_install", "-at_install", "party_concurrency")
class TestPartySeriesTwoSessions(BaseCase):
    """Two real database sessions: what a test transaction cannot show."""

    EACH = 15

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        cls.addClassCleanup(cls.clean)
        with cls.cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            cls.series_id = (
                env["party.series"]
                .create({"code": "test_duel", "name": "Duel", "prefix": "%(number)d"})
                .id
            )

    @classmethod
    def cursor(cls):
        # a session of its own, not the cursor of a test transaction
        return cls.registry._db.cursor()

    @classmethod
    def clean(cls):
        with cls.cursor() as cr:
            for table in ("party_series_number", "party_series_counter"):
                cr.execute(f"DELETE FROM {table} WHERE series_id = %s", [cls.series_id])  # pylint: disable=sql-injection
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            env["party.series"].browse(cls.series_id).unlink()

    def take(self, env):
        text = env["party.series"]._next("test_duel", "2026-01-01")
        env.flush_all()
        return int(text)

    def numbers(self):
        with self.cursor() as cr:
            cr.execute(
                "SELECT number FROM party_series_number WHERE series_id = %s "
                "ORDER BY number",
                [self.series_id],
            )
            return [row[0] for row in cr.fetchall()]

    def session(self):
        """An environment with a cursor of its own (made in the main thread, which
        holds the lock of the registry)."""
        cr = self.cursor()
        self.addCleanup(cr.close)
        return api.Environment(cr, api.SUPERUSER_ID, {})

    def worker(self, env, taken, failures, errors):
        try:
            while len(taken) < self.EACH:
                try:
                    number = self.take(env)
                    time.sleep(random.uniform(0, 0.005))
                    env.cr.commit()
                except (SerializationFailure, ConcurrencyError) as error:
                    env.cr.rollback()
                    env.transaction.clear()
                    failures.append(error)
                else:
                    taken.append(number)
        except Exception as error:
            errors.append(error)

    @mute_logger("odoo.sql_db")
    def test_two_sessions_leave_no_gap_and_no_double(self):
        before = len(self.numbers())
        first, second, failures, errors = [], [], [], []
        threads = [
            threading.Thread(
                target=self.worker, args=(self.session(), taken, failures, errors)
            )
            for taken in (first, second)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        self.assertFalse(errors)
        self.assertEqual((len(first), len(second)), (self.EACH, self.EACH))
        self.assertTrue(failures, "the two never met: the test shows nothing")
        self.assertEqual(self.numbers(), list(range(1, before + 2 * self.EACH + 1)))
        self.assertFalse(set(first) & set(second))

    @mute_logger("odoo.sql_db")
    def test_loser_fails_and_succeeds_when_repeated(self):
        before = len(self.numbers())
        winner, loser = self.session(), self.session()
        loser.cr.execute("SELECT 1 FROM party_series_counter")  # its snapshot
        self.assertEqual(self.take(winner), before + 1)
        winner.cr.commit()
        with self.assertRaises(SerializationFailure):
            self.take(loser)
        loser.cr.rollback()
        loser.transaction.reset()
        self.assertEqual(self.take(loser), before + 2)
        loser.cr.commit()
        self.assertEqual(self.numbers(), list(range(1, before + 3)))

    @mute_logger("odoo.sql_db")
    def test_core_repeats_the_loser(self):
        before = len(self.numbers())
        winner, loser = self.session(), self.session()
        loser.cr.execute("SELECT 1 FROM party_series_counter")
        self.take(winner)
        winner.cr.commit()
        with patch("odoo.service.model.time.sleep"):
            number = retrying(partial(self.take, loser), loser)
        self.assertEqual(number, before + 2)
        loser.cr.commit()
        self.assertEqual(self.numbers(), list(range(1, before + 3)))

    def test_rollback_leaves_no_hole(self):
        before = len(self.numbers())
        env = self.session()
        self.assertEqual(self.take(env), before + 1)
        env.cr.rollback()
        env.transaction.reset()
        self.assertEqual(self.take(env), before + 1)
        env.cr.commit()
        self.assertEqual(self.numbers(), list(range(1, before + 2)))
