import threading

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestSecrecyRace(BaseCase):
    """A file is added while the paper is marked secret, on two real connections."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            department = env["hr.department"].create({"name": "Race"})
            self.department = department.id
            board = env["party.board"].create(
                {"name": "Race", "code": "RACES", "department_id": department.id}
            )
            self.board = board.id
            self.body = (
                env["party.issuing.body"]
                .create({"name": "Race", "code": "RACES", "board_id": board.id})
                .id
            )
        self.addCleanup(self._clean)
        self.patch(Registry, "_lock", DummyRLock())

    def _clean(self):
        with self.registry.cursor() as cr:
            cr.execute("ALTER TABLE party_secrecy_minute DISABLE TRIGGER USER")
            cr.execute(
                "DELETE FROM party_secrecy_minute WHERE body_id = %s", [self.body]
            )
            cr.execute("ALTER TABLE party_secrecy_minute ENABLE TRIGGER USER")
            env = api.Environment(cr, SUPERUSER_ID, {})
            papers = env["party.document"].search([("body_id", "=", self.body)])
            papers.unlink()
            env["party.issuing.body"].browse(self.body).unlink()
            board = env["party.board"].browse(self.board)
            account = board.analytic_account_id
            board.unlink()
            account.unlink()
            env["hr.department"].browse(self.department).unlink()

    def _paper(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            return (
                env["party.document"]
                .create({"body_id": self.body, "abstract": "chuyện mật"})
                .id
            )

    def _race(self, first, second):
        """Both read the paper, then write at once; the slower begins again."""
        paper_id = self._paper()
        barrier = threading.Barrier(2)
        outcomes = {}

        def run(name, act):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                paper = env["party.document"].browse(paper_id)
                self.assertEqual(paper.secrecy, "none")
                barrier.wait(timeout=10)
                try:
                    retrying(lambda: act(paper), env)
                    cr.commit()  # pylint: disable=invalid-commit
                    outcomes[name] = "done"
                except Exception as error:
                    cr.rollback()
                    outcomes[name] = str(error)

        threads = [
            threading.Thread(target=run, args=pair)
            for pair in (("add", first), ("mark", second))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        return paper_id, outcomes

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_nothing_slips_in(self):
        def add_file(paper):
            paper.env["ir.attachment"].create(
                {
                    "name": "a.txt",
                    "raw": b"noi dung",
                    "res_model": paper._name,
                    "res_id": paper.id,
                }
            )

        def say(paper):
            paper.message_post(body="chuyện mật")

        def mark(paper):
            paper.action_mark_secret("secret", "quét nhầm")

        for add in (add_file, say) * 3:
            paper_id, outcomes = self._race(add, mark)
            self.assertEqual(outcomes["mark"], "done", outcomes)
            with self.registry.cursor() as cr:
                cr.execute(
                    "SELECT (SELECT secrecy FROM party_document WHERE id = %(id)s),"
                    " (SELECT count(*) FROM ir_attachment WHERE res_id = %(id)s"
                    "   AND res_model = 'party.document'),"
                    " (SELECT count(*) FROM mail_message WHERE res_id = %(id)s"
                    "   AND model = 'party.document')",
                    {"id": paper_id},
                )
                self.assertEqual(cr.fetchone(), ("secret", 0, 0), outcomes)
