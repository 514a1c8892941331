from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.party_office_base.office_time import midnight

#: states in which a document waits, as the clock keeps them
PHASES = ("submitted", "returned", "approved", "posted")
DAY = 86400


class PartyClaimClock(models.AbstractModel):
    """How long claims take from sending to money, and why they come back.

    Everything is counted by the database over the claims that the user may read, of
    the boards that he follows: a fixed number of queries, however many claims.
    """

    _name = "party.claim.clock"
    _description = "Time and Returns of Claims"

    # --------------------------------------------------------------------- period
    @api.model
    def _moments(self, since, day):
        """Return a period of local days as ``[begin, end)`` in UTC."""
        return tuple(
            midnight(self.env, border) for border in (since, day + timedelta(days=1))
        )

    @api.model
    def _board_domain(self, board_ids=()):
        """Return the domain of the boards: asked for, else all that he follows."""
        if board_ids:
            return [("board_id", "in", list(board_ids))]
        user = self.env.user
        if user.sees_all_boards:
            return []
        # his own requests of other boards tell what those boards do
        return [("board_id", "in", user.visible_board_ids.ids)]

    @api.model
    def _paid_domain(self, since, day, board_ids=()):
        """Return the domain of the claims that got their money in a period."""
        return [
            ("company_id", "=", self.env.company.id),
            ("state", "=", "paid"),
            ("paid_on", ">=", fields.Date.to_string(since)),
            ("paid_on", "<=", fields.Date.to_string(day)),
            *self._board_domain(board_ids),
        ]

    @api.model
    def _returned_domain(self, since, day, board_ids=()):
        """Return the domain of ``party.claim.return`` in a period."""
        begin, end = self._moments(since, day)
        return [
            ("company_id", "=", self.env.company.id),
            ("returned_on", ">=", fields.Datetime.to_string(begin)),
            ("returned_on", "<", fields.Datetime.to_string(end)),
            *self._board_domain(board_ids),
        ]

    # ---------------------------------------------------------------------- counts
    @api.model
    def _times(self, domain, grouping):
        """Return the medians of the claims of a domain, for each group asked for.

        :param domain: of ``party.claim``, paid claims
        :param str grouping: ``board``, ``kind`` and ``all``, or ``tree`` (kinds inside
            boards)
        :returns: list of dicts: ``board``, ``kind`` (ids or None), ``count``, ``days``
            (median from the first sending to the money), one median for each state in
            which a claim waits (the days of a claim in it together), ``came_back``
            (how many came back at least once)
        """
        claims = self.env["party.claim"]
        claims.flush_model()
        self.env["party.clock.entry"].flush_model()
        self.env["party.approval"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH claims AS (
                    SELECT id, board_id, kind_id FROM party_claim WHERE id IN %(claims)s
                ), times AS (
                    SELECT res_id,
                           extract(epoch FROM max(date_to) - min(date_from)) AS total,
                           %(phases)s
                      FROM party_clock_entry
                     WHERE res_model = 'party.claim'
                       AND res_id IN (SELECT id FROM claims)
                  GROUP BY res_id
                ), came_back AS (
                    SELECT DISTINCT res_id
                      FROM party_approval
                     WHERE res_model = 'party.claim' AND state = 'returned'
                       AND res_id IN (SELECT id FROM claims)
                )
                SELECT board_id, kind_id, count(*), count(came_back.res_id),
                       %(medians)s
                  FROM claims
                  JOIN times ON times.res_id = claims.id
             LEFT JOIN came_back ON came_back.res_id = claims.id
              GROUP BY GROUPING SETS (%(sets)s)
                """,
                claims=claims._search(domain).subselect(),
                phases=SQL(", ").join(self._phase(phase) for phase in PHASES),
                medians=SQL(", ").join(
                    self._median(name) for name in ("total", *PHASES)
                ),
                sets=self._grouping_sets(grouping),
            )
        )
        names = ("board", "kind", "count", "came_back", "days", *PHASES)
        return [dict(zip(names, row, strict=True)) for row in rows]

    @api.model
    def _phase(self, state):
        return SQL(
            "sum(extract(epoch FROM date_to - date_from)) FILTER (WHERE state = %s) "
            "AS %s",
            state,
            SQL.identifier(state),
        )

    @api.model
    def _median(self, name):
        return SQL(
            "percentile_cont(0.5) WITHIN GROUP (ORDER BY %s / %s)::float",
            SQL.identifier(name),
            DAY,
        )

    @api.model
    def _grouping_sets(self, grouping):
        if grouping == "tree":
            return SQL("(board_id, kind_id), (board_id), ()")
        return SQL("(board_id), (kind_id), ()")

    @api.model
    def _returns(self, domain, groupby):
        """Return how often claims came back.

        :param domain: of ``party.claim.return``
        :param list groupby: fields of it
        :returns: list of tuples: the groups, rows, distinct returns
        """
        return self.env["party.claim.return"]._read_group(
            domain, groupby, ["__count", "approval_id:count_distinct"]
        )

    # ------------------------------------------------------------------- dashboard
    @api.model
    def _dashboard(self, since, day, few):
        """Return what the page "Money" shows: times, and reasons of returns.

        :param int few: kinds, boards and reasons at most
        """
        paid = self._paid_domain(since, day)
        groups = self._times(paid, "flat")
        for group in groups:
            group["days"] = round(group["days"] or 0, 1)
        groups.sort(key=lambda group: -group["days"])
        total = next(
            (g for g in groups if g["board"] is None and g["kind"] is None), None
        )
        if not total:
            total = {"count": 0, "came_back": 0, "days": 0}
        # names of boards are the office's directory
        boards = self.env["party.board"].sudo()
        return {
            "paid": self._time_row(total, "", paid),
            "by_kind": [
                self._time_row(
                    group,
                    self.env["party.claim.kind"].browse(group["kind"]).name,
                    [*paid, ("kind_id", "=", group["kind"])],
                )
                for group in groups
                if group["kind"]
            ][:few],
            "by_board": [
                self._time_row(
                    group,
                    boards.browse(group["board"]).name,
                    [*paid, ("board_id", "=", group["board"])],
                )
                for group in groups
                if group["board"]
            ][:few],
            **self._dashboard_returns(self._returned_domain(since, day), few),
        }

    @api.model
    def _time_row(self, group, name, domain):
        return {
            "name": name,
            "count": group["count"],
            "came_back": group["came_back"],
            "days": group["days"],
            "domain": domain,
        }

    @api.model
    def _dashboard_returns(self, domain, few):
        if not self.env["party.claim.return"].has_access("read"):
            return {"returns": 0, "reasons": []}
        rows = sorted(self._returns(domain, ["reason_id"]), key=lambda row: -row[1])
        ((returns,),) = self.env["party.claim.return"]._read_group(
            domain, [], ["approval_id:count_distinct"]
        )
        return {
            "returns": returns,
            "returns_domain": domain,
            "reasons": [
                {
                    "name": reason.name or self.env._("No reason of the list"),
                    "count": count,
                    "domain": [*domain, ("reason_id", "=", reason.id)],
                }
                for reason, count, _distinct in rows[:few]
            ],
        }
