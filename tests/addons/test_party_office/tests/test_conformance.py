"""What every addon must satisfy, in the manner of Tryton's ModuleTestCase."""

import ast
from pathlib import Path

from lxml import etree

from odoo.modules import get_module_path
from odoo.tests import tagged

from odoo.addons.party_office_base.tests.common import ROLES, PartyOfficeCase

PREFIX = "party_office_"
#: by which a global rule keeps records to those whose they are
SCOPES = (
    "visible_board_ids",
    "paper_scope",
    "paper_board_ids",
    "archive_scope",
    "draft_edit_scope",
    "event_scope",
    "service_scope",
)


@tagged("post_install", "-at_install")
class TestConformance(PartyOfficeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        modules = cls.env["ir.module.module"].search(
            [("name", "=like", f"{PREFIX}%"), ("state", "=", "installed")]
        )
        cls.modules = modules.mapped("name")

    def _own_models(self):
        """Yield the models that the suite defines."""
        data = self.env["ir.model.data"].search(
            [("module", "in", self.modules), ("model", "=", "ir.model")]
        )
        for model in self.env["ir.model"].browse(data.mapped("res_id")):
            if model.model.startswith("party."):
                yield self.env[model.model]

    def _records(self, model_name):
        data = self.env["ir.model.data"].search(
            [("module", "in", self.modules), ("model", "=", model_name)]
        )
        return self.env[model_name].browse(data.mapped("res_id")).exists()

    def _user_of(self, role):
        return {
            "staff": self.user["staff_a"],
            "board_head": self.user["head_a"],
            "accountant": self.user["accountant_a"],
        }.get(role) or self.user[role]

    def test_every_model_has_access_rows_and_a_name(self):
        for model in self._own_models():
            with self.subTest(model._name):
                self.assertNotEqual(model._description, model._name)
                if model._abstract:
                    continue
                rows = self.env["ir.model.access"].search(
                    [("model_id.model", "=", model._name)]
                )
                self.assertTrue(rows, "no access rights")
                self.assertTrue(all(row.group_id for row in rows), "open to everybody")

    def test_every_board_model_is_scoped_by_a_global_rule(self):
        directory = {
            # who leads, follows and serves a board is open to all staff
            "party.board",
            "party.board.assignment",
            "party.board.service",
            # so are the addresses of senders, and which unit a body belongs to
            "party.correspondent",
            "party.issuing.body",
            # when a room is taken is open to all, words of closed meetings are not
            "party.room.booking",
            # norms of supplies are rules of the office
            "party.supply.norm",
            # open to those only who keep the whole of it
            "party.citizen.reception",
            "party.archive.disposal",
        }
        for model in self._own_models():
            if model._abstract or model._transient or model._name in directory:
                continue
            if "board_id" not in model._fields:
                continue
            with self.subTest(model._name):
                rules = self.env["ir.rule"].search(
                    [("model_id.model", "=", model._name), ("groups", "=", False)]
                )
                domains = " ".join(rule.domain_force or "" for rule in rules)
                self.assertTrue(any(scope in domains for scope in SCOPES))

    def test_every_amount_has_a_currency(self):
        for model in self._own_models():
            for field in model._fields.values():
                if field.type == "monetary":
                    with self.subTest(str(field)):
                        self.assertIn(field.get_currency_field(model), model._fields)
                if field.type == "float":
                    words = ("amount", "price", "total")
                    with self.subTest(str(field)):
                        self.assertFalse(
                            any(word in field.name for word in words),
                            "money is Monetary",
                        )

    def test_every_inverse_of_a_one2many_is_indexed(self):
        for model in self._own_models():
            for field in model._fields.values():
                if field.type != "one2many" or not field.inverse_name:
                    continue
                inverse = self.env[field.comodel_name]._fields[field.inverse_name]
                if not inverse.store or not field.comodel_name.startswith("party."):
                    continue
                with self.subTest(str(field)):
                    # a reference by model and id has one index for both columns
                    self.assertTrue(
                        inverse.type == "many2one_reference"
                        or self._has_index(field.comodel_name, field.inverse_name)
                    )

    def _has_index(self, model_name, column):
        self.env.cr.execute(
            "SELECT 1 FROM pg_indexes WHERE tablename = %s AND indexdef LIKE ANY (%s)",
            [self.env[model_name]._table, [f"%({column})%", f"%({column},%"]],
        )
        return bool(self.env.cr.rowcount)

    def test_every_view_loads_for_every_role(self):
        views = self._records("ir.ui.view").filtered(
            lambda view: view.model and view.model.startswith("party.")
        )
        self.assertTrue(views)
        for role in ROLES:
            user = self._user_of(role)
            for view in views:
                model = self.env[view.model].with_user(user)
                if view.inherit_id or not model.has_access("read"):
                    continue
                with self.subTest(role=role, view=view.name):
                    model.get_view(view.id, view.type)

    def test_every_menu_of_a_role_opens(self):
        for role in ROLES:
            user = self._user_of(role)
            menus = self.env["ir.ui.menu"].with_user(user)
            visible = menus.browse(menus._visible_menu_ids())
            own = visible.filtered(
                lambda menu: (
                    menu.action and menu.action._name == "ir.actions.act_window"
                )
            ) & self._records("ir.ui.menu")
            self.assertTrue(own, f"{role} has no menu")
            for menu in own:
                action = menu.action.sudo()
                with self.subTest(role=role, menu=menu.complete_name):
                    model = self.env[action.res_model].with_user(user)
                    modes = action.view_mode.split(",")
                    model.get_views([(False, mode) for mode in modes])
                    if not model._transient:
                        fields = [name for name in ("display_name",) if model._fields]
                        model.web_search_read(
                            [], {name: {} for name in fields}, limit=5
                        )

    def test_every_action_has_a_path_and_an_empty_state(self):
        for action in self._records("ir.actions.act_window"):
            if action.target == "new" or self.env[action.res_model]._transient:
                continue
            with self.subTest(action.name):
                self.assertTrue(action.path)
                # an action that only opens a form has nothing that could be empty
                if action.view_mode != "form":
                    self.assertTrue(action.help, "no empty state")

    def test_every_button_calls_a_public_method(self):
        for view in self._records("ir.ui.view"):
            if view.model not in self.env:
                continue
            arch = etree.fromstring(view.arch.encode())
            model = self.env[view.model]
            for button in arch.iter("button"):
                if button.get("type") != "object" or button.getparent().tag == "tree":
                    continue
                name = button.get("name")
                owner = self._model_of_node(model, button)
                with self.subTest(view=view.name, button=name):
                    self.assertFalse(name.startswith("_"))
                    self.assertTrue(hasattr(type(owner), name))

    def _model_of_node(self, model, node):
        """Return the model that a node inside embedded views belongs to."""
        path = [
            ancestor.get("name")
            for ancestor in reversed(list(node.iterancestors("field")))
            if ancestor.get("name") in model._fields or ancestor.get("name")
        ]
        for name in path:
            field = model._fields.get(name)
            if field is None or not field.comodel_name:
                break
            model = self.env[field.comodel_name]
        return model

    def test_every_cron_runs_on_empty_data(self):
        crons = self._records("ir.cron")
        self.assertTrue(crons)
        for cron in crons:
            with self.subTest(cron.name):
                cron.sudo().ir_actions_server_id.run()

    def test_every_selection_and_label_is_translated(self):
        """A Vietnamese user never sees an English label of the suite."""
        vietnamese = self.env(context={**self.env.context, "lang": "vi_VN"})
        same_in_both = {"ID", "K/T", "T/L", "T/M", "Email", "SHA-256"}
        for model in self._own_models():
            if model._name.startswith("party.") and not model._abstract:
                labels = model.with_env(vietnamese).fields_get(
                    attributes=["string", "selection"]
                )
                english = model.with_context(lang="en_US").fields_get(
                    attributes=["string", "selection"]
                )
                for name, field in model._fields.items():
                    if not field._module or field._module not in self.modules:
                        continue
                    if name not in labels or field.inherited:
                        continue
                    with self.subTest(str(field)):
                        string = english[name]["string"]
                        if string not in same_in_both:
                            self.assertNotEqual(labels[name]["string"], string)
                        translated = dict(labels[name].get("selection") or [])
                        for key, label in english[name].get("selection") or []:
                            if label not in same_in_both:
                                self.assertNotEqual(translated[key], label)

    def test_rules_are_pure(self):
        for module in self.modules:
            for path in Path(get_module_path(module), "rules").glob("*.py"):
                tree = ast.parse(path.read_text(encoding="utf-8"))
                for node in ast.walk(tree):
                    names = []
                    if isinstance(node, ast.Import):
                        names = [alias.name for alias in node.names]
                    elif isinstance(node, ast.ImportFrom):
                        names = [node.module or ""]
                    with self.subTest(path.name):
                        self.assertFalse(
                            any(name.split(".")[0] == "odoo" for name in names)
                        )
