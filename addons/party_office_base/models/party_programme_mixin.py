from odoo import SUPERUSER_ID, api, models


class PartyProgrammeMixin(models.AbstractModel):
    """A document that stands in the programme of the office (lịch công tác).

    A meeting, a reception, a trip: whatever takes a leader's time. The document says
    its rows, ``party.programme.entry`` keeps them and is what calendars, sheets and
    homes read.
    """

    _name = "party.programme.mixin"
    _description = "Document of the Programme"

    @api.model
    def _programme_fields(self):
        """Return the names (``set``) of the fields that its rows are made of."""
        return set()

    def _programme_values(self):
        """Return the rows of the document in the programme, in order.

        Each is a dict: ``start, stop`` (UTC), ``title``, ``place`` (may be empty),
        ``board_id`` (id of who prepares), ``leader_ids`` (list of ids of
        ``res.users``), ``state`` and ``kind`` (see ``party.programme.entry``),
        ``is_restricted``, ``is_personal``, ``attendees`` (text), ``about`` (the record
        that it serves: a trip to a meeting is no conflict with it). Whatever is not
        said is empty. A document that is not to be seen yet returns an empty list; one
        that was called off keeps its rows with the state ``cancelled``.
        """
        self.ensure_one()
        return []

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents._sync_programme()
        return documents

    def write(self, vals):
        result = super().write(vals)
        if self._programme_fields() & vals.keys():
            self._sync_programme()
        return result

    def unlink(self):
        # the programme follows its document
        self._programme_entries()._withdraw(keep_document=False)
        return super().unlink()

    def _programme_entries(self):
        """Return the rows of these documents; nobody writes them by hand.

        They belong to the system: who wrote a row would tell who prepares a closed
        meeting.
        """
        entries = self.env["party.programme.entry"].with_user(SUPERUSER_ID)
        return entries._of(self)

    def _sync_programme(self):
        """Bring the rows of the programme in line with their documents."""
        rows = {
            (entry.res_id, entry.sequence): entry for entry in self._programme_entries()
        }
        entries = self.env["party.programme.entry"].with_user(SUPERUSER_ID)
        entries = entries.with_context(programme_editor=self.env.uid)
        to_create = []
        # the programme shows what its readers may not open
        for document in self.sudo():
            for position, values in enumerate(document._programme_values()):
                prepared = entries._prepare(document, position, values)
                entry = rows.pop((document.id, position), None)
                if entry:
                    entry.with_env(entries.env)._update(prepared)
                else:
                    to_create.append(prepared)
        entries.union(*rows.values())._withdraw()
        entries.create(to_create)
