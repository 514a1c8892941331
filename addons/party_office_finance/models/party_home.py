from odoo import api, models

from odoo.addons.party_office_base.models.party_home import FEW, LONG
from odoo.addons.party_office_base.office_time import local_today
from odoo.addons.party_office_base.rules.money import format_dong

from ..rules.pace import pace
from ..rules.progress import used_share, year_elapsed
from .party_payment_batch import PAYABLE

BILLION, MILLION = 10**9, 10**6
LINE = "party.budget.line"
MONEY = "party_office_finance.party_budget_dashboard_action"
DESK = "party_office_finance.party_cashier_desk_action"
#: who follows the money of boards, see the access rights of budget lines
FACES = ("office_chief", "chief_accountant", "accountant", "board_head")
TONES = {
    "behind": "info",
    "even": "success",
    "ahead": "warning",
    "far_ahead": "danger",
    "used_up": "danger",
}


class PartyHome(models.AbstractModel):
    """Money on the home page: used against the year elapsed, and the cashier's desk."""

    _inherit = "party.home"

    @api.model
    def _cards(self, face):
        cards = super()._cards(face)
        if face in FACES:
            cards.append(self._money_card(face))
        return cards

    @api.model
    def _short(self, amount):
        """Return an amount as people say it: 1,25 tỷ; 12,5 triệu."""
        if amount >= BILLION:
            return self.env._("%s bn", f"{amount / BILLION:.2f}".replace(".", ","))
        if amount >= MILLION:
            return self.env._("%s m", self._number(amount / MILLION))
        return f"{format_dong(amount)} đ"

    # --------------------------------------------------------------------- the boards
    @api.model
    def _money_card(self, face):
        day = local_today(self.env)
        share = float(year_elapsed(day.year, day))
        sums = self.env[LINE]._read_group(
            [("year", "=", day.year)],
            ["board_id"],
            [f"{name}:sum" for name in ("allocated", "available", "held")],
        )
        follows = face in ("accountant", "chief_accountant")
        claims = self._claims_waiting() if follows else {}
        rows = [
            self._money_row(board, day.year, share, figures, claims.get(board.id))
            for board, *figures in sums
        ]
        if follows:
            # what has waited longest comes first
            rows.sort(key=lambda row: (-row["days"], -row["used"], row["title"]))
        else:
            rows.sort(key=lambda row: (-row["used"], row["title"]))
        titles = {
            "office_chief": self.env._("Budget against the year"),
            "board_head": self.env._("My board's money"),
        }
        return self._card(
            "money",
            titles.get(face) or self.env._("My boards"),
            "bars",
            rows[:FEW],
            50 if face == "office_chief" else 15 if follows else 40,
            note=self.env._(
                "%(share)s %% of the year has passed (the mark).",
                share=self._number(share),
            ),
            empty=self.env._("No budget for %(year)s yet", year=day.year),
            action=MONEY,
        )

    @api.model
    def _claims_waiting(self):
        """Return ``{board id: (claims that wait on the user, days of the oldest)}``."""
        groups = self.env["party.claim"]._read_group(
            [("is_waiting_on_me", "=", True)],
            ["board_id"],
            ["__count", "waiting_since:min"],
        )
        return {
            board.id: (count, self._days_since(day)) for board, count, day in groups
        }

    @api.model
    def _money_row(self, board, year, year_share, figures, waiting):
        allocated, available, held = (int(figure) for figure in figures)
        used = float(used_share(allocated - available, allocated))
        # names of boards are the directory of the office
        name = board.sudo().short_name or board.sudo().name
        text = [
            self.env._(
                "Used %(share)s %% of %(amount)s",
                share=self._number(used),
                amount=self._short(allocated),
            )
        ]
        if held:
            text.append(self.env._("held %(amount)s", amount=self._short(held)))
        count, days = waiting or (0, 0)
        links = []
        if count:
            links = [
                {
                    "text": self.env._(
                        "Claims waiting on me: %(count)s, the oldest %(waits)s",
                        count=count,
                        waits=self._say_days(days),
                    ),
                    "tone": "danger" if days > LONG else "primary",
                    "action": self._list_action(
                        self.env._("Claims waiting on me"),
                        "party.claim",
                        [("board_id", "=", board.id), ("is_waiting_on_me", "=", True)],
                        ("list", "kanban", "form"),
                    ),
                }
            ]
        return {
            "id": board.id,
            "title": name,
            "value": self.env._("left %(amount)s", amount=self._short(available)),
            "text": " · ".join(text),
            "used": used,
            "days": days,
            "mark": year_share,
            "parts": [{"share": used, "tone": TONES[pace(used, year_share)]}],
            "links": links,
            "action": self._list_action(
                name, LINE, [("year", "=", year), ("board_id", "=", board.id)]
            ),
        }

    # -------------------------------------------------------------------- the cashier
    @api.model
    def _desk_figures(self):
        figures = super()._desk_figures()
        if not self.env.user.has_group("party_office_base.group_cashier"):
            return figures
        claims, advances = (
            self.env["party.cashier.desk"]._waiting_domain(name, "") for name in PAYABLE
        )
        [(lines_amount, covered)] = self.env["party.claim.line"]._read_group(
            [("claim_id", "any", claims)], [], ["amount:sum", "advance_amount:sum"]
        )
        [(count, advanced)] = self.env["party.advance"]._read_group(
            advances, [], ["__count", "amount:sum"]
        )
        count += self.env["party.claim"].search_count(claims)
        amount = (lines_amount or 0) - (covered or 0) + (advanced or 0)
        balance = self.env["party.cash.box"].search(
            [("company_id", "=", self.env.company.id)]
        )
        return [
            *figures,
            self._figure(self.env._("To pay in cash"), count, DESK, "danger"),
            self._figure(self.env._("Cash to pay"), self._short(amount), DESK),
            self._figure(
                self.env._("In the cash box"),
                self._short(sum(balance.mapped("balance"))),
                "party_office_finance.party_cash_entry_action",
            ),
        ]
