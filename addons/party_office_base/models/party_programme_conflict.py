from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# An appointment that stands: not called off, not over. A trip of one day around an
# appointment is the way to it; one of several days is a conflict.
CLASH = """
    tsrange(a.start, a.stop, '[)') && tsrange(b.start, b.stop, '[)')
    AND b.state IN ('tentative', 'planned') AND b.kind <> 'deadline'
    AND b.company_id = a.company_id
    AND NOT (a.res_model IS NOT NULL AND a.res_model = b.res_model
             AND a.res_id = b.res_id)
    AND NOT (b.about_model IS NOT NULL AND b.about_model = a.res_model
             AND b.about_id = a.res_id)
    AND NOT (a.about_model IS NOT NULL AND a.about_model = b.res_model
             AND a.about_id = b.res_id)
    AND NOT (a.kind = 'trip' AND a.start <= b.start AND a.stop >= b.stop
             AND a.stop - a.start < interval '16 hours')
    AND NOT (b.kind = 'trip' AND b.start <= a.start AND b.stop >= a.stop
             AND b.stop - b.start < interval '16 hours')
"""


class PartyProgrammeEntry(models.Model):
    """Appointments that cannot both be kept: a leader or a place twice at once."""

    _inherit = "party.programme.entry"

    has_conflict = fields.Boolean(
        string="Conflict", compute="_compute_conflict", search="_search_has_conflict"
    )
    conflict_text = fields.Text(string="Conflicts", compute="_compute_conflict")

    @api.depends_context("uid", "lang")
    @api.depends("start", "stop", "leader_ids", "full_place", "state", "kind")
    def _compute_conflict(self):
        clashes = self._clashes()
        for entry in self:
            found = clashes.get(entry.id, [])
            entry.has_conflict = bool(found)
            entry.conflict_text = "\n".join(self._clash_texts(found))

    @api.model
    def _search_has_conflict(self, operator, value):
        if operator != "in":
            return NotImplemented
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT a.id FROM party_programme_entry a
                  JOIN party_programme_entry b ON b.id <> a.id
                 WHERE a.stop >= %(now)s
                   AND a.state IN ('tentative', 'planned') AND a.kind <> 'deadline'
                   AND (
                       EXISTS (
                           SELECT 1 FROM party_programme_entry_leader_rel ra
                             JOIN party_programme_entry_leader_rel rb
                               ON rb.user_id = ra.user_id AND rb.entry_id = b.id
                            WHERE ra.entry_id = a.id)
                       OR (a.kind <> 'trip' AND b.kind <> 'trip'
                           AND lower(btrim(a.full_place)) = lower(btrim(b.full_place))))
                   AND %(clash)s
                """,
                clash=SQL(CLASH),
                now=fields.Datetime.now(),
            )
        )
        return Domain("id", "in", [row_id for (row_id,) in rows])

    def _clashes(self):
        """Return what collides with each of these rows, in one query.

        :return: dict of row id to a list of ``(other id, leader id or None)``
        """
        ids = self._origin.ids
        if not ids:
            return {}
        self.flush_model()
        query = SQL(
            """
            SELECT a.id, b.id, rb.user_id
              FROM party_programme_entry a
              JOIN party_programme_entry_leader_rel ra ON ra.entry_id = a.id
              JOIN party_programme_entry_leader_rel rb
                ON rb.user_id = ra.user_id AND rb.entry_id <> a.id
              JOIN party_programme_entry b ON b.id = rb.entry_id
             WHERE a.id = ANY(%(ids)s) AND a.state IN ('tentative', 'planned')
               AND a.kind <> 'deadline' AND %(clash)s
             UNION
            SELECT a.id, b.id, NULL
              FROM party_programme_entry a
              JOIN party_programme_entry b
                ON b.id <> a.id AND a.kind <> 'trip' AND b.kind <> 'trip'
               AND lower(btrim(a.full_place)) = lower(btrim(b.full_place))
             WHERE a.id = ANY(%(ids)s) AND a.state IN ('tentative', 'planned')
               AND a.kind <> 'deadline' AND %(clash)s
            """,
            clash=SQL(CLASH),
            ids=ids,
        )
        clashes = {}
        for row_id, other_id, user_id in self.env.execute_query(query):
            clashes.setdefault(row_id, []).append((other_id, user_id))
        return clashes

    @api.model
    def _clashes_at(self, document, start, stop, leaders, place=""):
        """Return what would collide with a document that does not stand in the
        programme yet.

        :param document: its own rows do not count
        :param start: UTC
        :param leaders: ``res.users``
        :return: list of ``(other id, leader id or None)``
        """
        if not (start and stop and start < stop):
            return []
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH a AS (
                    SELECT %(start)s::timestamp AS start, %(stop)s::timestamp AS stop,
                           %(model)s::varchar AS res_model, %(id)s::int AS res_id,
                           NULL::varchar AS about_model, NULL::int AS about_id,
                           'meeting'::varchar AS kind, %(company)s::int AS company_id,
                           lower(btrim(%(place)s)) AS place)
                SELECT b.id, rb.user_id FROM a
                  JOIN party_programme_entry_leader_rel rb
                    ON rb.user_id = ANY(%(users)s)
                  JOIN party_programme_entry b ON b.id = rb.entry_id
                 WHERE %(clash)s
                 UNION
                SELECT b.id, NULL FROM a
                  JOIN party_programme_entry b
                    ON b.kind <> 'trip' AND lower(btrim(b.full_place)) = a.place
                 WHERE %(clash)s
                """,
                clash=SQL(CLASH),
                start=start,
                stop=stop,
                model=document._name,
                id=document._origin.id or 0,
                company=(document["company_id"] or self.env.company).id,
                place=place or None,
                users=leaders._origin.ids,
            )
        )
        return rows

    @api.model
    def _clash_texts(self, clashes):
        """Return sentences (list of ``str``) that say what collides, as far as the
        user may know: of a closed meeting the time only.
        """
        others = self.browse({other for other, _user in clashes}).sorted("start")
        texts = []
        for other in others:
            # names of leaders stand in the programme
            leaders = self.env["res.users"].sudo()
            leaders = leaders.browse(
                user for row, user in clashes if row == other.id and user
            )
            who = ", ".join(leaders.mapped("name"))
            what = f"{other._time_text()} · {other.title}"
            if who:
                texts.append(f"{who}: {what}")
            if (other.id, None) in clashes:
                texts.append(self.env._("Place taken: %(what)s", what=what))
        return texts
