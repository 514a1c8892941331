import json

from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .common import FinanceCase


@tagged("post_install", "-at_install")
class TestRpcForgery(FinanceCase, HttpCase):
    """What the browser's own door (/web/dataset/call_kw) lets through: nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-06-15 03:00:00"):
            cls.claim = cls._new_claim([4_000_000])
            cls.claim.action_submit()
        for name in ("staff_a", "accountant_a", "head_a"):
            cls.user[name].password = f"pass-{name}"

    def _call(self, model, method, *args, **kwargs):
        """Return ``(result, error name)`` of one RPC call as the logged-in user."""
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps(
                {
                    "jsonrpc": "2.0",
                    "method": "call",
                    "params": {
                        "model": model,
                        "method": method,
                        "args": list(args),
                        "kwargs": kwargs,
                    },
                }
            ),
            headers={"Content-Type": "application/json"},
        ).json()
        error = answer.get("error", {}).get("data", {}).get("name", "")
        return answer.get("result"), error

    def _login(self, name):
        self.authenticate(f"test_{name}", f"pass-{name}")

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model")
    def test_requester_cannot_forge(self):
        self._login("staff_a")
        claim, line = self.claim.id, self.line_a.id
        hostile = {"approval_seen": self.claim.content_hash, "su": True}
        attempts = [
            ("party.claim", "write", [claim], {"state": "approved"}),
            ("party.claim", "write", [claim], {"description": "other"}),
            ("party.claim", "action_post", [claim]),
            ("party.claim", "action_pay", [claim]),
            ("party.claim", "_set_state", [claim], "approved"),
            ("party.claim", "_cost_hold", [claim]),
            ("party.budget.line", "write", [line], {"held": 0}),
            ("party.budget.line", "read", [line], ["allocated"]),
            ("party.budget.line", "_book", []),
            ("party.budget.move", "create", {"line_id": line, "kind": "allocate"}),
            ("party.budget.move", "_append", []),
            ("party.budget.move", "search_read", []),
            ("party.budget.decision", "create", {"name": "x", "issuer": "y"}),
            ("account.move", "search_read", []),
        ]
        for model, method, *args in attempts:
            with self.subTest(f"{model}.{method} {args[1:]}"):
                _result, error = self._call(model, method, *args)
                self.assertTrue(error)
        _result, error = self._call(
            "party.claim", "action_approve", [claim], context=hostile
        )
        self.assertIn("AccessError", error)
        self.env.invalidate_all()
        self.assertEqual(self.claim.sudo().state, "submitted")
        self.assertCounters(self.line_a, held=0)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model")
    def test_accountant_cannot_forge_the_ledger(self):
        self._login("accountant_a")
        line = self.line_a.id
        row = self.line_a.move_ids.ids
        result, error = self._call("party.budget.line", "read", [line], ["allocated"])
        self.assertEqual(result[0]["allocated"], 100_000_000, error)
        attempts = [
            ("party.budget.line", "write", [line], {"allocated": 10**12}),
            ("party.budget.line", "create", [{"budget_id": 1}]),
            ("party.budget.line", "unlink", [line]),
            ("party.budget.move", "write", row, {"delta_allocated": 10**12}),
            ("party.budget.move", "unlink", row),
            ("party.budget.move", "create", [{"line_id": line, "kind": "allocate"}]),
            ("party.budget", "write", [self.line_a.budget_id.id], {"state": "closed"}),
            ("party.budget.line", "read", [self.line_b.id], ["allocated"]),
            ("party.claim", "action_post", [self.claim.id]),
        ]
        for model, method, *args in attempts:
            with self.subTest(f"{model}.{method}"):
                _result, error = self._call(model, method, *args)
                self.assertTrue(error)
        self.assertCounters(self.line_a, allocated=100_000_000)

    @mute_logger("odoo.http")
    def test_entry_is_not_written_as_posted(self):
        move = self._new_entry(5_000)
        self._login("accountant_a")
        for values in ({"state": "posted"}, {"state": "posted", "posted_before": True}):
            _result, error = self._call("account.move", "write", [move.id], values)
            self.assertIn("UserError", error)
        _result, error = self._call("account.move", "action_post", [move.id])
        self.assertFalse(error)
        self.assertCounters(self.line_a, spent=5_000)
        _result, error = self._call(
            "account.move",
            "write",
            [move.id],
            {"line_ids": [[1, move.line_ids.filtered("debit").id, {"debit": 1}]]},
            context={"skip_readonly_check": True, "check_move_validity": False},
        )
        self.assertIn("UserError", error)

    def test_head_approves_through_the_door(self):
        self._login("head_a")
        seen = self.claim.with_user(self.user["head_a"]).content_hash
        _result, error = self._call(
            "party.claim",
            "action_approve",
            [self.claim.id],
            context={"approval_seen": seen},
        )
        self.assertFalse(error)
        self.env.invalidate_all()
        self.assertEqual(self.claim.sudo().waiting_user_id, self.user["accountant_a"])
