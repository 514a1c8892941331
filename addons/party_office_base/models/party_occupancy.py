from datetime import timedelta

import psycopg2.errors

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import SQL, mute_logger
from odoo.tools.misc import format_datetime

from ..contention import take_rows


class PartyOccupancy(models.Model):
    """Who or what is taken from when to when, and by which document.

    A car, a driver, a hall: each can be in one place at a time. The database refuses
    two rows of one subject that overlap, whoever writes them and however many at once;
    a row ends where the next may begin. Only documents write here.
    """

    _name = "party.occupancy"
    _description = "Time Taken"
    _order = "start, id"

    subject_model = fields.Char(required=True, readonly=True)
    subject_id = fields.Many2oneReference(
        model_field="subject_model", required=True, readonly=True
    )
    start = fields.Datetime(
        required=True, readonly=True, help="With the time to get ready."
    )
    stop = fields.Datetime(
        required=True, readonly=True, help="With the time to get ready again."
    )
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        model_field="res_model", required=True, readonly=True
    )

    _in_order = models.Constraint(
        "CHECK (stop > start)", "The end has to be after the beginning."
    )
    _once = models.Constraint(
        "EXCLUDE USING gist (subject_model WITH =, subject_id WITH =,"
        " tsrange(start, stop, '[)') WITH &&)",
        "It is already taken at that time.",
    )
    _of_document = models.Index("(res_model, res_id)")

    # ------------------------------------------------------------------------ taking
    @api.model
    def _take(self, document, spans):
        """Let a document take subjects for a time; what it took before is let go.

        :param document: the record that takes them
        :param list spans: ``(subject record, start, stop)``, UTC, ``stop`` excluded
        :raises UserError: one is taken: says by what, from when to when
        :raises ConcurrencyError: somebody takes it in this moment; the HTTP layer runs
            the request again
        """
        # only documents write here, after they have checked the right to act
        occupancies = self.sudo()
        occupancies._of(document).unlink()
        if not spans:
            return
        for model_name in {subject._name for subject, _start, _stop in spans}:
            ids = [s.id for s, _start, _stop in spans if s._name == model_name]
            take_rows(self.env, self.env[model_name]._table, ids)
        for subject, start, stop in spans:
            occupancies._refuse_taken(subject, start, stop)
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                occupancies.create(
                    [
                        {
                            "subject_model": subject._name,
                            "subject_id": subject.id,
                            "start": start,
                            "stop": stop,
                            "res_model": document._name,
                            "res_id": document.id,
                        }
                        for subject, start, stop in spans
                    ]
                ).flush_recordset()
        except psycopg2.errors.ExclusionViolation as error:
            # it was taken after this transaction began to look: look again
            raise ConcurrencyError(str(error)) from error

    @api.model
    def _let_go(self, documents):
        """Free all that documents have taken."""
        # see _take
        self.sudo()._of(documents).unlink()

    @api.model
    def _of(self, documents):
        """Return the rows of documents of one model."""
        return self.search(
            [("res_model", "=", documents._name), ("res_id", "in", documents.ids)]
        )

    def _refuse_taken(self, subject, start, stop):
        taken = self._overlapping(subject, start, stop)[:1]
        if taken:
            raise UserError(taken._say_taken())

    def _say_taken(self):
        """Return the sentence that says what is taken, when and by what."""
        self.ensure_one()
        subject = self.env[self.subject_model].browse(self.subject_id)
        return self.env._(
            "%(subject)s is taken from %(start)s to %(stop)s: %(document)s.",
            subject=subject.display_name,
            start=format_datetime(self.env, self.start, dt_format="dd/MM HH:mm"),
            stop=format_datetime(self.env, self.stop, dt_format="dd/MM HH:mm"),
            document=self._document().display_name,
        )

    def _document(self):
        """Return the document that took it."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)

    # ----------------------------------------------------------------------- looking
    @api.model
    def _overlapping(self, subjects, start, stop, besides=None):
        """Return the rows of some subjects of one model that touch a time.

        :param besides: a document whose own rows do not count
        """
        # who may ask sees what is free, not the documents
        rows = self.sudo()
        self.flush_model()
        ids = self.env.execute_query(
            SQL(
                """
                SELECT id FROM party_occupancy
                 WHERE subject_model = %(model)s AND subject_id = ANY(%(ids)s)
                   AND tsrange(start, stop, '[)') && tsrange(%(start)s, %(stop)s, '[)')
                   AND NOT (res_model = %(res_model)s AND res_id = %(res_id)s)
                 ORDER BY start, id
                """,
                model=subjects._name,
                ids=subjects.ids,
                start=start,
                stop=stop,
                res_model=besides._name if besides else "",
                res_id=besides.id if besides else 0,
            )
        )
        return rows.browse(row_id for (row_id,) in ids)

    @api.model
    def _free(self, subjects, start, stop, besides=None):
        """Return those of some subjects of one model that are free all the time.

        One query over the index of the constraint, however long the history is.

        :param besides: a document whose own rows do not count
        """
        taken = self._overlapping(subjects, start, stop, besides).mapped("subject_id")
        return subjects.filtered(lambda subject: subject.id not in set(taken))

    @api.model
    def _gap(self, subject, moment, days=30):
        """Return when a subject is free again from a moment on (UTC).

        :return: ``moment`` itself when it is free then
        """
        for row in self._overlapping(subject, moment, moment + timedelta(days=days)):
            if row.start > moment:
                break
            moment = max(moment, row.stop)
        return moment
