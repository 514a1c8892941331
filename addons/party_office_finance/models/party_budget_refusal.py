from odoo import models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.rules.money import format_dong

from ..exceptions import BudgetShort
from ..rules.ledger import COUNTERS, Counters

#: how many other lines with money a refusal names
MAX_DONORS = 5


class PartyBudgetLine(models.Model):
    """Why a budget line refuses, who holds its money, and what can be done."""

    _inherit = "party.budget.line"

    def _refuse_short(self, line_ids, net, entries):
        """Refuse with all figures of each line that is short.

        :param list line_ids: ids of the lines that the database refused to change
        :param dict net: ``{line id: change of the four counters (đồng)}``
        :param list entries: the ``BudgetEntry`` that ask
        :raises BudgetShort: always
        """
        # the figures explain the refusal; names of documents, not their content
        lines = self.sudo().browse(line_ids)
        lines.invalidate_recordset()
        holders = self.env["party.budget.move"].sudo()._open_documents(lines)
        asking = {}
        for entry in entries:
            asking.setdefault(entry.line_id, set()).add(entry.document_name)
        shortages = [
            line.with_env(self.env)._shortage(
                net[line.id], holders.get(line.id, []), sorted(asking[line.id] - {""})
            )
            for line in lines
        ]
        texts = [self._shortage_text(shortage) for shortage in shortages]
        texts.append(
            self.env._(
                "What you can do: ask for less, ask for a supplement or a transfer to "
                "this line, or have a hold cancelled that is no longer needed."
            )
        )
        raise BudgetShort("\n\n".join(texts), shortages)

    def _shortage(self, delta, holders, asking):
        """Return why this line refuses, as plain data for the text and the dialog.

        :param tuple delta: net change of the four counters (đồng)
        :param list holders: see ``party.budget.move._open_documents``
        :param list asking: names of the documents that ask
        """
        self.ensure_one()
        line = self.sudo()
        now = Counters(*(int(line[name]) for name in COUNTERS))
        asked = now.available - now.plus(delta).available
        missing = max(asked - now.available, 0)
        by = f" ({', '.join(asking)})" if asking else ""
        figures = [
            (self.env._("Limit (allocated)"), now.allocated),
            (self.env._("Already spent"), now.spent),
            (self.env._("Advanced"), now.advanced),
            (self.env._("Held"), now.held),
            (self.env._("Still available"), now.available),
            (self.env._("Asked") + by, asked),
            (self.env._("Missing"), missing),
        ]
        return {
            "id": self.id,
            "name": line._full_name(),
            "missing": missing,
            "figures": [
                {"label": label, "amount": format_dong(amount)}
                for label, amount in figures
            ],
            "holders": [
                {
                    "name": name,
                    "amount": format_dong(held + advanced),
                    "model": model,
                    "id": res_id,
                }
                for name, held, advanced, model, res_id in holders
            ],
            "donors": self._donors(),
            "offers": self._offers(missing),
        }

    def _shortage_text(self, shortage):
        """Return a shortage in words, for every channel that shows only text."""
        rows = [self.env._("Not enough budget: %(line)s", line=shortage["name"])]
        rows += [f"• {row['label']}: {row['amount']} đ" for row in shortage["figures"]]
        rows += [
            self.env._(
                "   – held by %(document)s: %(amount)s đ",
                document=holder["name"],
                amount=holder["amount"],
            )
            for holder in shortage["holders"]
        ]
        rows += [
            self.env._(
                "   – still free on %(line)s: %(amount)s đ",
                line=donor["name"],
                amount=donor["amount"],
            )
            for donor in shortage["donors"]
        ]
        return "\n".join(rows)

    def _donors(self):
        """Return the other lines of this board and fund that have most money left."""
        line = self.sudo()
        if line.board_id not in self.env.user.visible_board_ids.sudo():
            return []
        donors = line.search(
            [
                ("budget_id", "=", line.budget_id.id),
                ("fund_id", "=", line.fund_id.id),
                ("id", "!=", line.id),
                ("available", ">", 0),
            ],
            order="available desc, id",
            limit=MAX_DONORS,
        )
        return [
            {
                "name": donor.item_id.display_name,
                "amount": format_dong(donor.available),
                "model": donor._name,
                "id": donor.id,
            }
            for donor in donors
        ]

    def _offers(self, missing):
        """Return what the user may do about the missing money (đồng), as buttons."""
        self.ensure_one()
        decisions = self.env["party.budget.decision"]
        followed = self.sudo().board_id in self.env.user.visible_board_ids.sudo()
        if followed and decisions.has_access("create"):
            return [
                {
                    "label": self.env._("Draft a supplement"),
                    "action": self._draft_decision("supplement", missing),
                },
                {
                    "label": self.env._("Draft a transfer to this line"),
                    "action": self._draft_decision("transfer", missing),
                },
            ]
        if (followed or self.env.user.sees_all_boards) and self.has_access("read"):
            return [{"label": self.env._("Tell the accountant"), "line_id": self.id}]
        return []

    def _draft_decision(self, kind, missing):
        """Return the action that opens a new decision over the missing money."""
        line = self.sudo()
        return {
            "type": "ir.actions.act_window",
            "res_model": "party.budget.decision",
            "views": [(False, "form")],
            "target": "current",
            "context": {
                "default_kind": kind,
                "default_year": line.year,
                "default_line_ids": [
                    (
                        0,
                        0,
                        {
                            "board_id": line.board_id.id,
                            "fund_id": line.fund_id.id,
                            "item_id": line.item_id.id,
                            "amount": missing,
                        },
                    )
                ],
            },
        }

    def action_tell_accountant(self, missing):
        """Leave the board's accountant a to-do: this line is short.

        :param int missing: đồng
        :returns: the message to show
        :raises UserError: when nobody is the board's accountant today
        """
        self.ensure_one()
        self.check_access("read")
        budget = self.budget_id
        accountant = (
            self.board_id.accountant_id or self.company_id.sudo().chief_accountant_id
        )
        if not accountant:
            raise UserError(
                self.env._("%s has no accountant today.", self.board_id.name)
            )
        # who meets a refusal need not have the right to write on budgets
        budget.sudo().activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=accountant.id,
            summary=self.env._("Budget is short"),
            note=self.env._(
                "%(line)s: %(amount)s đ missing, asked by %(user)s.",
                line=self._full_name(),
                amount=format_dong(missing),
                user=self.env.user.name,
            ),
        )
        return self.env._("%s was told.", accountant.name)
