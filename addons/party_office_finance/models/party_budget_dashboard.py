from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.party_office_base.office_time import local_today

from ..rules.forecast import forecast
from ..rules.pace import pace
from ..rules.progress import usage_level, used_share, year_elapsed

COUNTERS = ("allocated", "held", "advanced", "spent", "available")
#: the first group that a user has decides what he sees
FACES = (
    ("office_chief", "party_office_base.group_office_chief"),
    ("chief_accountant", "party_office_base.group_chief_accountant"),
    ("accountant", "party_office_base.group_accountant"),
    ("board_head", "party_office_base.group_board_head"),
    ("cashier", "party_office_base.group_cashier"),
)
FEW = 5


class PartyBudgetDashboard(models.AbstractModel):
    """The page "Money": everything it shows comes from one call.

    Every figure is read as the user, so record rules decide what is in it. Each figure
    carries the domain of the list behind it. The number of queries does not depend on
    the number of boards, lines and documents.
    """

    _name = "party.budget.dashboard"
    _description = "Money at a Glance"

    @api.model
    def get_dashboard(self, year=None, day=None):
        """Return what the page shows, as plain data.

        :param int year: budget year, this year when empty
        :param day: the day that the share of the year and the forecast count to, today
            when empty; the counters are those of now
        :returns: dict; amounts in đồng, shares in per cent
        :raises AccessError: the user may not read budgets
        :raises UserError: not a year
        """
        lines = self.env["party.budget.line"]
        lines.check_access("read")
        day = fields.Date.to_date(day) if day else local_today(self.env)
        year = year or day.year
        if not isinstance(year, int) or not 2000 <= year <= 2100:
            raise UserError(self.env._("Enter the budget year with four digits."))
        face = self._face()
        figures = [self._figures_of(line, day) for line in self._read_lines(year)]
        year_share = float(year_elapsed(year, day))
        boards, without_budget = self._boards(figures, year, year_share, face)
        data = {
            "face": face,
            "year": year,
            "years": self._years(year, day),
            "day": fields.Date.to_string(day),
            "year_share": year_share,
            "total": self._sum(figures, year_share, [("year", "=", year)]),
            "boards": boards,
            "without_budget": without_budget,
            "mine": self._waits_on_me(),
            "clock": self._clock(year, day),
        }
        if face == "board_head":
            data["asked"] = self._asked(year)
        else:
            data["steps"] = self._slow_steps(year)
        if face not in ("board_head", "accountant"):
            data["funds"] = self._fund_wall(figures, year, year_share)
            data["holds"] = self._oldest_holds()
            data["alarms"] = self._alarms()
        return data

    @api.model
    def _face(self):
        user = self.env.user
        return next(
            (face for face, group in FACES if user.has_group(group)), "board_head"
        )

    # ------------------------------------------------------------------- lines
    @api.model
    def _read_lines(self, year):
        return self.env["party.budget.line"].search_fetch(
            [("year", "=", year)], ["year", "board_id", "fund_id", *COUNTERS]
        )

    @api.model
    def _figures_of(self, line, day):
        """Return one line as a dict: counters, threshold reached, forecast."""
        values = {name: int(line[name]) for name in COUNTERS}
        used = values["allocated"] - values["available"]
        said = forecast(
            line.year,
            day,
            allocated=values["allocated"],
            spent=values["spent"],
            committed=values["held"] + values["advanced"],
        )
        return values | {
            "id": line.id,
            "used": used,
            "board": line.board_id,
            "fund": line.fund_id,
            "level": usage_level(used, values["allocated"]),
            "missing": int(said.missing),
            "runs_out_on": said.runs_out_on,
        }

    @api.model
    def _sum(self, figures, year_share, domain):
        """Return the sums of some lines, with the list of them."""
        sums = {
            name: sum(row[name] for row in figures)
            for name in (*COUNTERS, "used", "missing")
        }
        share = float(used_share(sums["used"], sums["allocated"]))
        ends = [row["runs_out_on"] for row in figures if row["runs_out_on"]]
        return sums | {
            "count": len(figures),
            "used_share": share,
            "pace": pace(share, year_share),
            "runs_out_on": fields.Date.to_string(min(ends)) if ends else False,
            "levels": self._levels(figures),
            "domain": domain,
        }

    @api.model
    def _levels(self, figures):
        """Return how many lines have reached 100, 90 and 80 %, with their lists."""
        levels = []
        for level in ("100", "90", "80"):
            ids = [
                row["id"]
                for row in figures
                if row["level"] and int(row["level"]) >= int(level)
            ]
            if ids:
                domain = [("id", "in", ids)]
                levels.append({"level": level, "count": len(ids), "domain": domain})
        return levels

    # ------------------------------------------------------------------ boards
    @api.model
    def _boards(self, figures, year, year_share, face):
        """Return ``(rows, boards without a budget)``, the fastest spender first."""
        by_board = {}
        for row in figures:
            by_board.setdefault(row["board"].id, []).append(row)
        claims = self._waiting_claims()
        advances = self._open_advances()
        # the list of boards is the office's directory; scope is in visible_board_ids
        model = self.env["party.board"].sudo()
        visible = self.env.user.visible_board_ids
        boards = model.browse(visible.ids) | model.browse(by_board)
        boards.fetch(["analytic_account_id", "active"])
        boards.analytic_account_id.fetch(["name", "code"])
        rows, empty = [], []
        for board in boards:
            if board.id not in by_board:
                if board.active:
                    empty.append({"id": board.id, "name": board.name})
                continue
            domain = [("year", "=", year), ("board_id", "=", board.id)]
            rows.append(
                self._sum(by_board[board.id], year_share, domain)
                | {"id": board.id, "name": board.name, "code": board.code or ""}
                | claims.get(board.id, self._claims_block(board.id))
                | {"advances": advances.get(board.id)}
            )
        if face in ("accountant", "board_head"):
            rows.sort(key=lambda row: row["name"])
        else:
            rows.sort(key=lambda row: (-row["used_share"], row["name"]))
        return rows, sorted(empty, key=lambda board: board["name"])

    @api.model
    def _claims_block(self, board_id):
        of_board = [("board_id", "=", board_id)]
        return {
            "to_check": {
                "count": 0,
                "domain": [
                    *of_board,
                    ("state", "=", "submitted"),
                    ("is_waiting_on_me", "=", True),
                ],
            },
            "to_post": {
                "count": 0,
                "domain": [*of_board, ("state", "=", "approved")],
            },
            "oldest_days": 0,
        }

    @api.model
    def _waiting_claims(self):
        """Return ``{board id: claims to check, to post, days of the oldest}``."""
        acting = self.env.user.acting_user_ids
        now = fields.Datetime.now()
        blocks = {}
        for board, state, user, count, since in self.env["party.claim"]._read_group(
            [("state", "in", ("submitted", "approved"))],
            ["board_id", "state", "waiting_user_id"],
            ["__count", "waiting_since:min"],
        ):
            if state == "submitted" and user not in acting:
                continue
            block = blocks.setdefault(board.id, self._claims_block(board.id))
            block["to_check" if state == "submitted" else "to_post"]["count"] += count
            days = (now - since).days if since else 0
            block["oldest_days"] = max(block["oldest_days"], days)
        return blocks

    @api.model
    def _open_advances(self):
        """Return ``{board id: {count, amount, domain}}`` of unsettled advances."""
        name = "party.advance"
        if name not in self.env or not self.env[name].has_access("read"):
            return {}
        model = self.env[name]
        if not {"board_id", "paid", "settled", "returned"} <= model._fields.keys():
            return {}
        model.flush_model()
        seen = model._search([])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT board_id, array_agg(id), sum(paid - settled - returned)
                  FROM %s
                 WHERE paid > settled + returned AND id IN %s
              GROUP BY board_id
                """,
                SQL.identifier(model._table),
                seen.subselect(),
            )
        )
        return {
            board: {
                "count": len(ids),
                "amount": int(amount),
                "domain": [("id", "in", sorted(ids))],
            }
            for board, ids, amount in rows
        }

    # ------------------------------------------------------------- all boards
    @api.model
    def _fund_wall(self, figures, year, year_share):
        """Return the sums of money that must not be mixed."""
        walls = {}
        for row in figures:
            walls.setdefault(self._wall_of(row["fund"]), []).append(row)
        result = []
        for wall in ("autonomous", "non_autonomous", "payment_order", "party"):
            rows = walls.get(wall)
            if rows:
                funds = sorted({row["fund"].id for row in rows})
                domain = [("year", "=", year), ("fund_id", "in", funds)]
                result.append({"wall": wall} | self._sum(rows, year_share, domain))
        return result

    @api.model
    def _wall_of(self, fund):
        if fund.regime != "estimate":
            return fund.regime
        return "autonomous" if fund.is_autonomous else "non_autonomous"

    @api.model
    def _slow_steps(self, year):
        """Return the steps of claims, with the median days at each, slowest first."""
        entries = self.env["party.clock.entry"]
        entries.flush_model()
        seen = entries._search(
            [
                ("res_model", "=", "party.claim"),
                ("date_to", ">=", f"{year}-01-01 00:00:00"),
                ("date_to", "<", f"{year + 1}-01-01 00:00:00"),
            ]
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT step, count(*),
                       percentile_cont(0.5) WITHIN GROUP (
                           ORDER BY extract(epoch FROM date_to - date_from) / 86400)
                  FROM party_clock_entry
                 WHERE id IN %s
              GROUP BY step
              ORDER BY 3 DESC, 1
                 LIMIT %s
                """,
                seen.subselect(),
                FEW,
            )
        )
        return [
            {
                "step": step or "",
                "count": count,
                "days": round(float(days), 1),
                "domain": [
                    ("res_model", "=", "party.claim"),
                    ("step", "=", step),
                    ("date_to", ">=", f"{year}-01-01 00:00:00"),
                    ("date_to", "<", f"{year + 1}-01-01 00:00:00"),
                ],
            }
            for step, count, days in rows
        ]

    @api.model
    def _oldest_holds(self):
        """Return the approved claims that have held money for the longest time."""
        now = fields.Datetime.now()
        claims = self.env["party.claim"].search_fetch(
            [("state", "=", "approved")],
            ["name", "board_id", "amount_total", "waiting_since", "waiting_user_id"],
            order="waiting_since, id",
            limit=FEW,
        )
        return [self._claim_row(claim, now) for claim in claims]

    @api.model
    def _claim_row(self, claim, now):
        since = claim.waiting_since
        return {
            "id": claim.id,
            "name": claim.name,
            # names of boards and persons are public inside the office
            "board": claim.board_id.sudo().name,
            "user": claim.waiting_user_id.sudo().name or "",
            "amount": int(claim.amount_total),
            "days": (now - since).days if since else 0,
        }

    @api.model
    def _alarms(self):
        """Return what the chief accountant must see to, as counts with their lists."""
        alarms = {}
        drift = self.env["party.budget.drift"]
        if drift.has_access("read"):
            domain = [("state", "=", "open")]
            alarms["drift"] = {"count": drift.search_count(domain), "domain": domain}
        decisions = self.env["party.budget.decision"]
        if self.env.user.has_group("party_office_base.group_chief_accountant"):
            # with a chain of approvals it is the approved ones that wait
            states = decisions._fields["state"].get_values(self.env)
            waiting = "approved" if "approved" in states else "draft"
            domain = [("state", "=", waiting)]
            alarms["decisions"] = {
                "count": decisions.search_count(domain),
                "domain": domain,
            }
        return alarms

    @api.model
    def _clock(self, year, day):
        """Return how long claims take and why they come back, see
        ``party.claim.clock``.
        """
        since = fields.Date.to_date(f"{year}-01-01")
        until = min(day, fields.Date.to_date(f"{year}-12-31"))
        return self.env["party.claim.clock"]._dashboard(since, until, FEW)

    # ------------------------------------------------------------------ people
    @api.model
    def _waits_on_me(self):
        """Return the kinds of documents that wait on the user, with their lists."""
        now = fields.Datetime.now()
        groups = self.env["party.work.item"]._read_group(
            [("is_waiting_on_me", "=", True)],
            ["res_model"],
            ["__count", "waiting_since:min"],
        )
        models_by_name = {
            # names of models are no secret
            model.model: model.name
            for model in self.env["ir.model"]
            .sudo()
            .search_fetch(
                [("model", "in", [row[0] for row in groups])], ["model", "name"]
            )
        }
        return [
            {
                "name": models_by_name.get(model, model),
                "count": count,
                "days": (now - since).days if since else 0,
                "domain": [
                    ("is_waiting_on_me", "=", True),
                    ("res_model", "=", model),
                ],
            }
            for model, count, since in groups
        ]

    @api.model
    def _asked(self, year):
        """Return what the people of the boards asked for in a year, by state."""
        claims = self.env["party.claim"]
        boards = self.env.user.visible_board_ids.ids
        base = [
            ("board_id", "in", boards),
            ("date", ">=", f"{year}-01-01"),
            ("date", "<=", f"{year}-12-31"),
            ("state", "!=", "draft"),
        ]
        groups = claims._read_group(base, ["state"], ["__count", "amount_total:sum"])
        found = {state: (count, amount) for state, count, amount in groups}
        labels = claims._fields["state"]._description_selection(self.env)
        now = fields.Datetime.now()
        open_claims = claims.search_fetch(
            [*base, ("waiting_user_id", "!=", False)],
            ["name", "board_id", "amount_total", "waiting_since", "waiting_user_id"],
            order="waiting_since, id",
            limit=FEW,
        )
        return {
            "states": [
                {
                    "state": state,
                    "name": label,
                    "count": found[state][0],
                    "amount": int(found[state][1]),
                    "domain": [*base, ("state", "=", state)],
                }
                for state, label in labels
                if state in found
            ],
            "open": [self._claim_row(claim, now) for claim in open_claims],
        }

    @api.model
    def _years(self, year, day):
        """Return the years that have a budget, and the one shown, newest first."""
        rows = self.env["party.budget.line"]._read_group([], ["year"])
        return sorted({row[0] for row in rows} | {year, day.year}, reverse=True)
