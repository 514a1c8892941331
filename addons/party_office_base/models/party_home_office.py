from statistics import median

from odoo import api, models

from .party_home import FEW, LONG

WORK = "party.work.item"
VIEWS = ("list", "kanban")


class PartyHome(models.AbstractModel):
    """Figures of a desk, of a unit and of the whole office; where work is stuck.

    The cards are shared: each addon adds its figures to them.
    """

    _inherit = "party.home"

    # ----------------------------------------------------------------- to be extended
    @api.model
    def _desk_figures(self):
        """Return the figures (``list``, see ``_figure``) of the user's own queue."""
        return []

    @api.model
    def _unit_figures(self, boards):
        """Return the figures of the units that the user leads.

        :param boards: ``party.board``
        """
        return []

    @api.model
    def _office_figures(self):
        """Return the figures of today that the chief of office sees."""
        return []

    @api.model
    def _overdue_parts(self):
        """Return what is overdue, by unit in the lead, for the chief of office.

        :returns: list of dicts: ``title`` (text), ``counts`` ({board id: number}),
            ``action`` (function of a board id that returns the list behind)
        """
        return []

    # -------------------------------------------------------------------------- cards
    @api.model
    def _cards(self, face):
        cards = [*super()._cards(face), self._desk_card()]
        if face == "office_chief":
            cards += [
                self._office_card(),
                self._overdue_card(),
                self._stuck_card(),
            ]
        elif face == "board_head":
            cards.append(self._unit_card())
        return cards

    @api.model
    def _desk_card(self):
        figures = self._desk_figures()
        if not figures:
            return None
        return self._card("desk", self.env._("My desk"), "figures", figures, 15)

    @api.model
    def _unit_card(self):
        user = self.env.user
        boards = user.headed_board_ids | user.deputy_headed_board_ids
        figures = self._unit_figures(boards) if boards else []
        if not figures:
            return None
        return self._card("unit", self.env._("My unit"), "figures", figures, 30)

    @api.model
    def _office_card(self):
        figures = self._office_figures()
        if not figures:
            return None
        return self._card(
            "office", self.env._("The office now"), "figures", figures, 15
        )

    @api.model
    def _overdue_card(self):
        parts = self._overdue_parts()
        if not parts:
            return None
        totals = {}
        for part in parts:
            for board_id, count in part["counts"].items():
                totals[board_id] = totals.get(board_id, 0) + count
        most = max(totals.values(), default=0)
        # the directory of the office
        boards = self.env["party.board"].sudo().browse(totals)
        names = {board.id: board.short_name or board.name for board in boards}
        worst = sorted(totals, key=lambda board: (-totals[board], board))
        return self._card(
            "overdue",
            self.env._("Overdue by lead unit"),
            "bars",
            [
                self._overdue_row(board, names[board], parts, most)
                for board in worst[:FEW]
            ],
            30,
            count=sum(totals.values()),
            tone="danger",
            empty=self.env._("Nothing is overdue"),
        )

    @api.model
    def _overdue_row(self, board_id, name, parts, most):
        found = [part for part in parts if part["counts"].get(board_id)]
        links = [
            {
                "text": f"{part['title']}: {part['counts'][board_id]}",
                "tone": part["tone"],
                "action": part["action"](board_id),
            }
            for part in found
        ]
        # one kind only: the whole row opens it
        single = links.pop() if len(links) == 1 else None
        return {
            "id": board_id,
            "title": name,
            "value": sum(part["counts"][board_id] for part in found),
            "text": single["text"] if single else "",
            "mark": False,
            "parts": [
                {
                    "share": part["counts"][board_id] * 100 / most,
                    "tone": part["tone"],
                }
                for part in found
            ],
            "links": links,
            "action": single and single["action"],
        }

    @api.model
    def _stuck_card(self):
        """Return where work waits now: by unit of who holds it, and by step."""
        groups = self.env[WORK]._read_group(
            [("state", "=", "open"), ("waiting_user_id", "!=", False)],
            ["waiting_user_id", "step"],
            ["waiting_since:array_agg"],
        )
        # where somebody works is the directory of the office
        users = self.env["res.users"].sudo().browse({row[0].id for row in groups})
        unit_by_user = {user.id: user.own_board_id for user in users}
        places = {}
        for user, step, moments in groups:
            unit = unit_by_user[user.id]
            place = places.setdefault((unit.id, step), ([], [], unit))
            place[0].extend(self._days_since(moment) for moment in moments)
            place[1].append(user.id)
        rows = [
            self._stuck_row(unit, step, days, user_ids)
            for (_unit, step), (days, user_ids, unit) in places.items()
        ]
        rows.sort(key=lambda row: (-row["weight"], row["title"], row["text"]))
        most = max((row["count"] for row in rows[:FEW]), default=0)
        for row in rows[:FEW]:
            row["parts"][0]["share"] = row["count"] * 100 / most
        return self._card(
            "stuck",
            self.env._("Where work is stuck"),
            "bars",
            rows[:FEW],
            40,
            count=sum(row["count"] for row in rows),
            empty=self.env._("Nothing is waiting"),
            note=self.env._("What waits now, by unit and step."),
            action="party_office_base.party_work_item_action_all",
        )

    @api.model
    def _stuck_row(self, unit, step, days, user_ids):
        middle = median(days)
        tone = "danger" if middle > LONG else "warning" if middle > 1 else "info"
        name = unit.short_name or unit.name or self.env._("No unit")
        return {
            "id": f"{unit.id},{step}",
            "title": name,
            "value": self.env._("%(count)s waiting", count=len(days)),
            "count": len(days),
            "weight": sum(days) + len(days) / 1000,
            "text": self.env._(
                "%(step)s: median %(middle)s days, the oldest %(oldest)s days",
                step=step or "",
                middle=self._number(middle),
                oldest=max(days),
            ),
            "mark": False,
            "parts": [{"share": 0, "tone": tone}],
            "links": [],
            "action": self._list_action(
                name,
                WORK,
                [
                    ("state", "=", "open"),
                    ("waiting_user_id", "in", sorted(user_ids)),
                    ("step", "=", step),
                ],
                VIEWS,
            ),
        }
