from odoo import api, models
from odoo.fields import Domain

from ..rules.money import format_dong
from .party_home import FEW, LONG

WORK = "party.work.item"


class PartyHome(models.AbstractModel):
    """What waits on the user, and what he asked others for."""

    _inherit = "party.home"

    @api.model
    def _cards(self, face):
        cards = [*super()._cards(face), self._waiting_card()]
        if face != "office_chief":
            cards.append(self._asked_card())
        return cards

    @api.model
    def _work_rows(self, domain):
        """Return ``(items, count)``: the oldest few, and how many there are."""
        items = self.env[WORK].search(domain, order="waiting_since, id", limit=FEW)
        count = len(items)
        return items, self.env[WORK].search_count(domain) if count == FEW else count

    @api.model
    def _waiting_card(self):
        domain = [("is_waiting_on_me", "=", True), ("state", "in", ("draft", "open"))]
        items, count = self._work_rows(domain)
        oldest = self._days_since(items[:1].waiting_since)
        return self._card(
            "waiting",
            self.env._("Waits on me"),
            "list",
            [self._waiting_row(item) for item in items],
            10,
            count=count,
            tone="danger" if oldest > LONG else "primary",
            empty=self.env._("Nothing waits on you"),
            action="party_office_base.party_work_item_action_waiting",
        )

    @api.model
    def _waiting_row(self, item):
        asker = item.requester_id
        row = self._work_row(item)
        if asker != self.env.user:
            # who works here is the directory of the office
            row["who"] = asker.sudo().name or ""
        row["step"] = item.step or ""
        if item.can_decide:
            row["decide"] = {
                "id": item.id,
                "seen": item.content_hash,
                "note": item.decision_note or "",
            }
        return row

    @api.model
    def _work_row(self, item):
        days = self._days_since(item.waiting_since)
        # names of boards and persons are the directory of the office
        board = item.board_id.sudo()
        is_own = board == self.env.user.own_board_id
        return {
            "id": item.id,
            "title": item.summary or item.name or "",
            "kind": item.kind_name or "",
            "name": item.name if item.summary not in (False, item.name) else "",
            "board": "" if is_own else board.short_name or board.name or "",
            "who": "",
            "step": "",
            "value": f"{format_dong(item.amount)} đ" if item.amount else "",
            "since": self._say_days(days) if item.waiting_since else "",
            "tone": "danger" if days > LONG else "",
            "action": self._form_action(item.name, item.res_model, item.res_id),
            "decide": False,
        }

    @api.model
    def _asked_domain(self):
        """Return the domain (``Domain``) of what the user asked others for.

        Addons leave out what somebody only entered or planned for others.
        """
        # what waits on himself is in the card above
        others = Domain("waiting_user_id", "=", False) | Domain(
            "waiting_user_id", "not in", self.env.user.acting_user_ids.ids
        )
        return others & Domain(
            [("requester_id", "=", self.env.uid), ("state", "in", ("draft", "open"))]
        )

    @api.model
    def _asked_card(self):
        items, count = self._work_rows(self._asked_domain())
        return self._card(
            "asked",
            self.env._("My requests"),
            "list",
            [self._asked_row(item) for item in items],
            60,
            count=count,
            empty=self.env._("You are waiting for nobody"),
            action="party_office_base.party_work_item_action_asked",
        )

    @api.model
    def _asked_row(self, item):
        row = self._work_row(item)
        row["board"] = ""
        # who holds it is what the asker wants to know
        row["who"] = item.waiting_user_id.sudo().name or ""
        row["step"] = item.step or ""
        if not item.waiting_user_id:
            row["since"] = self.env._("not sent yet") if item.state == "draft" else ""
        return row
