"""Eight clerks, eight real connections: no gap, no duplicate, order kept, no hole."""

import threading
from collections import Counter

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

CLERKS = 8
PAPERS = 5
GROUPS = ("base.group_user", "party_office_base.group_clerk")
#: as many tries as a busy morning may take; the HTTP layer waits in line instead
TRIES = 60


@tagged("post_install", "-at_install")
class TestNumberingRace(BaseCase):
    def setUp(self):
        super().setUp()
        # the test runner holds the registry's lock, which threads need for a cursor
        self.patch(Registry, "_lock", DummyRLock())
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            groups = [env.ref(name).id for name in GROUPS]
            self.users = (
                env["res.users"]
                .create(
                    [
                        {
                            "name": f"Race clerk {number}",
                            "login": f"race_clerk_{number}",
                            "group_ids": [fields.Command.set(groups)],
                        }
                        for number in range(CLERKS)
                    ]
                )
                .ids
            )
            self.board = env["party.board"].create({"name": "Race", "code": "RBK"}).id
            self.body = (
                env["party.issuing.body"]
                .create({"name": "RACE", "code": "RACEBK", "board_id": self.board})
                .id
            )
            self.sender = env["party.correspondent"].create({"name": "Race sender"}).id
        self.addCleanup(self._clean)

    def _clean(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            papers = env["party.document"].search([("body_id", "=", self.body)])
            env["party.work.item"]._of(papers).unlink()
            for table, domain in (
                ("mail_message", "model = 'party.document' AND res_id = ANY(%s)"),
                ("mail_followers", "res_model = 'party.document' AND res_id = ANY(%s)"),
                ("party_document_reader_board_rel", "document_id = ANY(%s)"),
                ("party_document", "id = ANY(%s)"),
            ):
                cr.execute(f"DELETE FROM {table} WHERE {domain}", [papers.ids])
            cr.execute(
                "DELETE FROM party_clock_entry WHERE res_model = 'party.document'"
                " AND res_id = ANY(%s)",
                [papers.ids],
            )
            cr.execute("DELETE FROM party_series_number WHERE scope = 'RACEBK'")
            cr.execute("DELETE FROM party_series_counter WHERE scope = 'RACEBK'")
            env.invalidate_all()
            env["party.issuing.body"].browse(self.body).unlink()
            env["party.correspondent"].browse(self.sender).unlink()
            board = env["party.board"].browse(self.board)
            account = board.analytic_account_id
            board.unlink()
            account.unlink()
            env["res.users"].browse(self.users).unlink()

    def _values(self, symbol):
        return {
            "body_id": self.body,
            "symbol": symbol,
            "sender_id": self.sender,
            "document_date": "2026-06-09",
            "abstract": f"Race {symbol}",
        }

    def _register(self, env, symbol):
        return env["party.paper.entry"].register(self._values(symbol))

    def _act(self, number, work):
        """Run ``work(env)`` as a clerk in a connection of his own."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, self.users[number], {"lang": "en_US"})
            # the snapshot is taken before the others write
            cr.execute("SELECT 1")
            for attempt in range(TRIES):
                try:
                    answer = retrying(lambda: work(env), env)
                    cr.commit()  # pylint: disable=invalid-commit
                    return answer
                except Exception as error:
                    cr.rollback()
                    env.invalidate_all()
                    busy = "are busy" in str(error) or "serialize" in str(error)
                    if not busy or attempt == TRIES - 1:
                        return error

    def _at_once(self, works):
        barrier = threading.Barrier(len(works))
        answers = [None] * len(works)

        def run(number):
            barrier.wait(timeout=30)
            answers[number] = works[number](number)

        threads = [
            threading.Thread(target=run, args=[number]) for number in range(len(works))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=300)
        return answers

    def _book(self):
        """Return (number, moment of registering, taken by) of the book, in order."""
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT number, registered_at, registered_by_id FROM party_document "
                "WHERE body_id = %s AND number IS NOT NULL ORDER BY number",
                [self.body],
            )
            return cr.fetchall()

    def _gaps(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            series = env["party.series"].search([("code", "=", "paper_in")])
            return [gap for gap in series._gaps() if gap[1] == "RACEBK"]

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_eight_clerks_at_once(self):
        def clerk(number):
            return [
                self._act(number, lambda env, s=symbol: self._register(env, s))
                for symbol in (f"{number}{paper}-CV/R" for paper in range(PAPERS))
            ]

        answers = self._at_once([clerk] * CLERKS)
        errors = [a for row in answers for a in row if isinstance(a, Exception)]
        self.assertEqual(errors, [])
        book = self._book()
        total = CLERKS * PAPERS
        self.assertEqual([row[0] for row in book], list(range(1, total + 1)))
        # the order of the numbers is the order of the moments
        moments = [row[1] for row in book]
        self.assertEqual(moments, sorted(moments))
        self.assertEqual(set(Counter(row[2] for row in book).values()), {PAPERS})
        self.assertEqual(self._gaps(), [])
        # each clerk was told the numbers that stand in the book, in his own order
        for row in answers:
            told = [int(answer["number"].split("/")[0]) for answer in row]
            self.assertEqual(told, sorted(told))

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_same_paper_by_two_clerks(self):
        """The later one is shown the paper of the other: no second number."""

        def clerk(number):
            return self._act(number, lambda env: self._register(env, "127-CV/R"))

        answers = self._at_once([clerk] * 2)
        self.assertEqual([a for a in answers if isinstance(a, Exception)], [])
        numbered = sorted("number" in answer for answer in answers)
        self.assertEqual(numbered, [False, True])
        self.assertEqual(len(self._book()), 1)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_crash_between_number_and_save_leaves_no_hole(self):
        self._act(0, lambda env: self._register(env, "1-CV/R"))
        # an error after the number was taken
        with self.registry.cursor() as cr:
            env = api.Environment(cr, self.users[1], {})
            answer = self._register(env, "2-CV/R")
            self.assertTrue(answer["number"].startswith("2/"))
            cr.rollback()
        # a worker that is killed: its connection is cut while it holds the number
        killer = self.registry.cursor()
        victim = self.registry.cursor()
        try:
            env = api.Environment(victim, self.users[2], {})
            answer = self._register(env, "3-CV/R")
            self.assertTrue(answer["number"].startswith("2/"))
            victim.execute("SELECT pg_backend_pid()")
            (pid,) = victim.fetchone()
            killer.execute("SELECT pg_terminate_backend(%s)", [pid])
            self.assertEqual(killer.fetchone(), (True,))
        finally:
            killer.close()
            # it has no server any more: forget it without a word to it
            victim._cnx.close()
            victim._closed = True
        answer = self._act(3, lambda env: self._register(env, "4-CV/R"))
        self.assertTrue(answer["number"].startswith("2/"), answer)
        self.assertEqual([row[0] for row in self._book()], [1, 2])
        self.assertEqual(self._gaps(), [])
