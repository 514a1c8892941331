from odoo import api, fields, models
from odoo.tools.misc import format_date

from ..office_time import local_today

#: the first role that a user has decides what he sees
FACES = (
    "office_chief",
    "chief_accountant",
    "accountant",
    "board_head",
    "cashier",
    "dispatcher",
    "clerk",
    "driver",
    "manager",
)
#: rows of a card: who wants the rest opens the list
FEW = 5
#: days after which what waits is shown in red
LONG = 3


class PartyHome(models.AbstractModel):
    """What a person sees first: three to five cards, all from one call.

    Every figure is read as the user, so record rules decide what is in it. The number
    of queries does not depend on how much there is. Addons add their cards, or figures
    to the shared ones, by extending the methods that return an empty list here.
    """

    _name = "party.home"
    _description = "Home Page"

    @api.model
    def get_home(self):
        """Return the cards of the user, in their order.

        :returns: dict: face, name, day (in words), cards
        :raises AccessError: the user has no part in the office
        """
        self.env["party.work.item"].check_access("read")
        face = self._face()
        cards = [card for card in self._cards(face) if card]
        cards.sort(key=lambda card: card["sequence"])
        return {
            "face": face,
            "name": self.env.user.name,
            "day": self._day_name(local_today(self.env)),
            "cards": cards,
        }

    @api.model
    def _face(self):
        user = self.env.user
        return next(
            (
                face
                for face in FACES
                if user.has_group(f"party_office_base.group_{face}")
            ),
            "staff",
        )

    @api.model
    def _cards(self, face):
        """Return the cards (``list`` of dict, see ``_card``) of a role.

        :param str face: one of ``FACES``, or ``staff``
        """
        return []

    # --------------------------------------------------------------------- building
    @api.model
    def _card(self, key, title, kind, rows, sequence, **more):
        """Return one card.

        :param str key: its name, for the screen and for tests
        :param str kind: ``list``, ``figures``, ``bars`` or ``days``
        :param list rows: of plain dicts
        :param more: ``count``, ``tone``, ``empty`` (what an empty card says), ``note``
            and ``action``, what its title opens
        """
        return {
            "key": key,
            "title": title,
            "kind": kind,
            "rows": rows,
            "sequence": sequence,
            "count": more.get("count", 0),
            "tone": more.get("tone", ""),
            "empty": more.get("empty", ""),
            "note": more.get("note", ""),
            "action": more.get("action", False),
        }

    @api.model
    def _figure(self, title, value, action, tone=""):
        """Return one figure; a tone is only for what is not zero."""
        return {
            "title": title,
            "value": value,
            "action": action,
            "tone": tone if value and value != "0" else "",
        }

    @api.model
    def _list_action(self, name, model_name, domain, views=("list", "form")):
        """Return the action that opens a list behind a figure."""
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model_name,
            "views": [(False, view) for view in views],
            "mobile_view_mode": "kanban" if "kanban" in views else views[0],
            "domain": list(domain),
        }

    @api.model
    def _form_action(self, name, model_name, record_id):
        """Return the action that opens one document."""
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model_name,
            "res_id": record_id,
            "views": [(False, "form")],
        }

    # ------------------------------------------------------------------------ words
    @api.model
    def _day_name(self, day):
        """Return a day as it is said: Thứ Tư, 25/11/2026."""
        return format_date(self.env, day, date_format="EEEE, dd/MM/yyyy")

    @api.model
    def _number(self, value):
        """Return a number with one decimal after a comma, ``2,5``, or none: ``3``."""
        return f"{value:.1f}".removesuffix(".0").replace(".", ",")

    @api.model
    def _days_since(self, moment):
        """Return the whole days since a moment (UTC), 0 when there is none."""
        return max((fields.Datetime.now() - moment).days, 0) if moment else 0

    @api.model
    def _say_days(self, days):
        if not days:
            return self.env._("since today")
        return self.env._("for %(days)s days", days=self._number(days))
