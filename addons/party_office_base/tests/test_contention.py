"""Who waits in line for busy rows gets them, and lets them go however he ends."""

from unittest.mock import patch

from odoo import api
from odoo.exceptions import ConcurrencyError
from odoo.modules.registry import DummyRLock, Registry
from odoo.tests import BaseCase, get_db_name, tagged

from ..contention import take_rows, wait_in_line

TABLE = "party_series"
KEYS = [(7, 1), (7, 2)]


@tagged("post_install", "-at_install")
class TestContention(BaseCase):
    def setUp(self):
        super().setUp()
        self.enterContext(patch.object(Registry, "_lock", DummyRLock()))
        self.registry = Registry(get_db_name())

    def _session(self):
        cr = self.registry.cursor()
        self.addCleanup(lambda: cr.closed or cr.close())
        return cr

    def _is_free(self):
        with self.registry.cursor() as cr:
            cr.execute("SELECT pg_try_advisory_xact_lock(7, 1)")
            return cr.fetchone()[0]

    def test_taken_rows_are_busy_for_others(self):
        first, second = (
            api.Environment(self._session(), api.SUPERUSER_ID, {}) for _ in range(2)
        )
        take_rows(first, TABLE, [991])
        take_rows(first, TABLE, [991])
        take_rows(second, TABLE, [992])
        with self.assertRaises(ConcurrencyError):
            take_rows(second, TABLE, [991, 993])
        first.cr.rollback()
        second.cr.rollback()
        take_rows(second, TABLE, [991, 993])

    def test_line_is_left_at_commit(self):
        cr = self._session()
        wait_in_line(cr, KEYS)
        self.assertFalse(self._is_free())
        cr.execute("SELECT 1")
        cr.commit()  # pylint: disable=invalid-commit
        self.assertTrue(self._is_free())

    def test_line_is_left_at_rollback(self):
        cr = self._session()
        wait_in_line(cr, KEYS)
        cr.execute("SELECT 1")
        cr.rollback()
        self.assertTrue(self._is_free())

    def test_line_is_left_when_the_cursor_closes_after_an_error(self):
        cr = self._session()
        wait_in_line(cr, KEYS)
        self.assertFalse(self._is_free())
        cr.close()
        self.assertTrue(self._is_free())
