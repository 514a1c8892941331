"""Test API of the home page: what a user's home shows, and how many queries it asks."""

from .common import PartyOfficeCase


class HomeMixin:
    """For test cases of every addon: their own case comes first."""

    def _home(self, key):
        """Return the home (dict) of a user, as his browser gets it."""
        self.env.flush_all()
        return self.env["party.home"].with_user(self.user[key]).get_home()

    def _card(self, user, key):
        """Return one card of a user, or None."""
        cards = {card["key"]: card for card in self._home(user)["cards"]}
        return cards.get(key)

    def _figures(self, user, key):
        """Return ``{model or xmlid behind a figure, in order: value}`` as a list."""
        card = self._card(user, key)
        return [
            (self._behind(row["action"]), row["value"])
            for row in (card["rows"] if card else [])
        ]

    def _behind(self, action):
        return action if isinstance(action, str) else action["res_model"]

    def _records_behind(self, action, user):
        """Return the records that a figure's list shows the user."""
        model = self.env[action["res_model"]].with_user(self.user[user])
        return model.search(action["domain"])

    def _queries(self, user):
        """Return how many queries the home of a user asks, caches cold."""
        self._home(user)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.env["party.home"].with_user(self.user[user]).get_home()
        return self.env.cr.sql_log_count - before


class HomeCase(HomeMixin, PartyOfficeCase):
    """Rows of the work list, made by hand."""

    @classmethod
    def _wait(
        cls, user, since, board=None, requester="staff_a", step="Xem xét", **more
    ):
        """Let something of a board wait on a user since a moment (UTC)."""
        cls.count = getattr(cls, "count", 10**6) + 1
        return cls.env["party.work.item"].create(
            {
                "res_model": "party.handover",
                "res_id": cls.count,
                "name": f"VB-{cls.count}",
                "summary": f"Việc {cls.count}",
                "board_id": (board or cls.board_a).id,
                "requester_id": cls.user[requester].id,
                "waiting_user_id": cls.user[user].id,
                "waiting_since": since,
                "step": step,
                "state": "open",
                "currency_id": cls.vnd.id,
                **more,
            }
        )
