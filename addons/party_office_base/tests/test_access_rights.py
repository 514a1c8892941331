from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ROLES, PartyOfficeCase

#: who may create, and write, which model of this addon
KEEPERS = {
    "party.board": {"manager"},
    "party.board.service": {"manager"},
    "party.board.assignment": {"manager", "chief_accountant"},
    "party.approval.route": {"manager"},
    "party.approval.route.step": {"manager"},
    "party.handover": {"manager", "chief_accountant"},
    # written by actions only
    "party.approval": set(),
    "party.clock.entry": set(),
    "party.work.item": set(),
}
NOT_READ_BY_ALL = {"party.handover": {"accountant", "chief_accountant", "manager"}}


@tagged("post_install", "-at_install")
class TestAccessRights(PartyOfficeCase):
    def _user_of(self, role):
        return {
            "staff": self.user["staff_a"],
            "board_head": self.user["head_a"],
            "accountant": self.user["accountant_a"],
        }.get(role) or self.user[role]

    def test_who_keeps_what(self):
        for model_name, keepers in KEEPERS.items():
            for role in ROLES:
                model = self.env[model_name].with_user(self._user_of(role))
                readers = NOT_READ_BY_ALL.get(model_name, set(ROLES))
                with self.subTest(model=model_name, role=role):
                    self.assertEqual(model.has_access("read"), role in readers)
                    for operation in ("write", "create"):
                        self.assertEqual(
                            model.has_access(operation), role in keepers, operation
                        )

    def test_even_the_administrator_cannot_write_evidence(self):
        admin = self.env.ref("base.user_admin")
        for model_name in ("party.approval", "party.clock.entry", "party.work.item"):
            model = self.env[model_name].with_user(admin)
            for operation in ("write", "create", "unlink"):
                with self.subTest(model=model_name, operation=operation):
                    self.assertFalse(model.has_access(operation))

    def test_a_user_without_a_role_sees_nothing_of_the_office(self):
        outsider = self._new_user("outsider", "staff")
        outsider.group_ids = self.env.ref("base.group_user")
        for model_name in KEEPERS:
            with self.subTest(model_name), self.assertRaises(AccessError):
                self.env[model_name].with_user(outsider).search([])

    def test_nobody_gets_the_fleet_group(self):
        """The fleet officer of core may delete cars."""
        fleet = self.env.ref("fleet.fleet_group_user", raise_if_not_found=False)
        if not fleet:
            self.skipTest("fleet is not installed")
        for role in ROLES:
            group = self.env.ref(f"party_office_base.group_{role}")
            self.assertNotIn(fleet, group.all_implied_ids)
