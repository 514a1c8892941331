import threading

from odoo import SUPERUSER_ID, Command, api, fields
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import SQL, mute_logger

DRAFTS = 8


@tagged("post_install", "-at_install")
class TestOutgoingRace(BaseCase):
    """Real connections issue papers of one book at once."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.made = {}
        self.addCleanup(self._clean)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            self._make(env)

    def _make(self, env):
        board = env["party.board"].create({"name": "Đua", "code": "DUA"})
        body = env["party.issuing.body"].create(
            {"name": "ĐUA", "code": "DUA", "board_id": board.id}
        )
        clerk = env["res.users"].create(
            {
                "name": "Race clerk",
                "login": "race_paper_clerk",
                "group_ids": [
                    Command.set(env.ref("party_office_base.group_clerk").ids)
                ],
            }
        )
        self.made = {"board": board.id, "body": body.id, "clerk": clerk.id}
        terms = env["party.term"]
        today = fields.Date.today()
        if not terms.search([("date_from", "<=", today)], limit=1):
            self.made["term"] = terms.create(
                {"name": "Race", "date_from": "2020-01-01"}
            ).id
        drafts = env["party.document.draft"].create(
            [
                {
                    "title": f"V/v thử số {number}",
                    "board_id": board.id,
                    "body_id": body.id,
                    "signer_id": clerk.id,
                    "content": "<p>thử</p>",
                }
                for number in range(DRAFTS)
            ]
        )
        now = fields.Datetime.now()
        for draft in drafts:
            env["party.approval"].create(
                {
                    "res_model": draft._name,
                    "res_id": draft.id,
                    "board_id": board.id,
                    "requester_id": draft.requester_id.id,
                    "sequence": 1,
                    "name": "Ký",
                    "role": "signer",
                    "content_hash": draft._hash_content(),
                    "user_id": clerk.id,
                    "decided_by_id": clerk.id,
                    "decided_at": now,
                    "capacity": "self",
                    "state": "approved",
                }
            )
        drafts.write(
            {
                "state": "approved",
                "signed_at": now,
                "signed_by_id": clerk.id,
                "signed_capacity": "self",
            }
        )
        self.made["drafts"] = drafts.ids

    def _clean(self):
        made = self.made
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            cr.execute("ALTER TABLE party_approval DISABLE TRIGGER USER")
            drafts, body = made.get("drafts", []), made.get("body", 0)
            cr.execute("SELECT id FROM party_document WHERE body_id = %s", [body])
            papers = [row[0] for row in cr.fetchall()]
            for model, ids in (
                ("party.document.draft", drafts),
                ("party.document", papers),
            ):
                for table in (
                    "party_approval",
                    "party_work_item",
                    "party_clock_entry",
                    "mail_activity",
                ):
                    cr.execute(
                        SQL(
                            "DELETE FROM %s WHERE res_model = %s AND res_id = ANY(%s)",
                            SQL.identifier(table),
                            model,
                            ids,
                        )
                    )
                cr.execute(
                    "DELETE FROM mail_message WHERE model = %s AND res_id = ANY(%s)",
                    [model, ids],
                )
                cr.execute(
                    "DELETE FROM mail_followers"
                    " WHERE res_model = %s AND res_id = ANY(%s)",
                    [model, ids],
                )
            cr.execute("DELETE FROM party_document_draft WHERE id = ANY(%s)", [drafts])
            cr.execute("DELETE FROM party_document WHERE id = ANY(%s)", [papers])
            for table in ("party_series_number", "party_series_counter"):
                cr.execute(f"DELETE FROM {table} WHERE scope LIKE 'DUA/%%'")  # pylint: disable=sql-injection
            cr.execute("ALTER TABLE party_approval ENABLE TRIGGER USER")
            env.invalidate_all()
            env["party.issuing.body"].browse(body).exists().unlink()
            board = env["party.board"].browse(made.get("board", 0)).exists()
            account = board.analytic_account_id
            board.unlink()
            account.unlink()
            env["res.users"].browse(made.get("clerk", 0)).exists().unlink()
            if "term" in made:
                env["party.term"].browse(made["term"]).unlink()

    def _race(self, draft_ids):
        """Issue each draft of the list in a connection of its own; return outcomes."""
        barrier = threading.Barrier(len(draft_ids))
        outcomes = []

        def issue(draft_id):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, self.made["clerk"], {})
                cr.execute("SELECT 1")
                barrier.wait(timeout=20)
                for _attempt in range(20):
                    try:
                        retrying(
                            lambda: (
                                env["party.document.draft"]
                                .browse(draft_id)
                                .action_issue()
                            ),
                            env,
                        )
                        cr.commit()  # pylint: disable=invalid-commit
                        outcomes.append("issued")
                        return
                    except Exception as error:
                        cr.rollback()
                        env.transaction.reset()
                        # the HTTP layer waits in line; here it is tried again
                        if "busy" in str(error) or "serialize" in str(error):
                            continue
                        outcomes.append(type(error).__name__)
                        return
                outcomes.append("never")

        # the test runner holds the registry's lock, which threads need for a cursor
        self.patch(Registry, "_lock", DummyRLock())
        threads = [threading.Thread(target=issue, args=[i]) for i in draft_ids]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=120)
        return outcomes

    def _numbers(self):
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT number FROM party_document WHERE body_id = %s"
                " ORDER BY registered_at, id",
                [self.made["body"]],
            )
            return [row[0] for row in cr.fetchall()]

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_clerks_issue_one_draft(self):
        outcomes = self._race(self.made["drafts"][:1] * 2)
        self.assertEqual(sorted(outcomes), ["UserError", "issued"])
        self.assertEqual(self._numbers(), [1])

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_eight_clerks_issue_eight_drafts(self):
        outcomes = self._race(self.made["drafts"])
        self.assertEqual(outcomes, ["issued"] * DRAFTS)
        self.assertEqual(sorted(self._numbers()), list(range(1, DRAFTS + 1)))
