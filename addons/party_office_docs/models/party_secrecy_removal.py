from functools import partial

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import SQL

from ..rules.secrecy_mark import ORDER
from ..secrecy_files import forget_files

REMOVING = "party secret removal"
MARKERS = ("party_office_base.group_clerk", "party_office_base.group_office_chief")
TEXT_TYPES = ("char", "text", "html", "json", "properties", "binary", "reference")

#: waiting to be sent or shown, for any record: gone as a whole
QUEUES = ("bus_bus", "mail_push", "mail_compose_message", "base_import_import")

#: hung on any record: what is said about it; numbers given stay in their book
KEPT_MODELS = {"party.series.number", "party.work.item"}


class PartySecrecyMixin(models.AbstractModel):
    """Marking as secret what has content already: the content leaves the system."""

    _inherit = "party.secrecy.mixin"

    @api.model
    def _secret_kept_fields(self):
        """Return the names (``set``) of the fields of words that a secret record keeps:
        its number and what belongs to the system.
        """
        return {"name", "state", "direction", "secrecy", "urgency", "channel"}

    def _secret_values(self):
        """Return the values that end the work on a record that is secret now."""
        if "waiting_user_id" not in self._fields:
            return {}
        return {"waiting_user_id": None, "waiting_since": None}

    def _secret_siblings(self):
        """Return the other records (a list of recordsets) that are the same paper."""
        return []

    def action_open_mark_secret(self):
        """Ask for the level and the reason."""
        self.ensure_one()
        self._check_may_mark()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Mark as secret"),
            "res_model": "party.secrecy.mark",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_res_model": self._name,
                "default_res_id": self.id,
            },
        }

    def _check_may_mark(self):
        """Refuse who neither keeps the books nor leads the office.

        :raises AccessError: to everybody else
        """
        roles = (
            "party_office_base.group_clerk",
            "party_office_base.group_office_chief",
        )
        if not (self.env.su or any(map(self.env.user.has_group, roles))):
            raise AccessError(
                self.env._(
                    "Only the clerk and the chief of office mark a paper as secret. "
                    "Tell them at once."
                )
            )
        self.check_access("read")

    def action_mark_secret(self, level, reason):
        """Remove everything that this system holds about papers, with a minute.

        :param str level: ``secret``, ``high`` or ``top``
        :param str reason: why it is done, without a word of the content
        :return: the minutes (``party.secrecy.minute``)
        :raises AccessError: neither clerk nor chief of office
        :raises UserError: no reason, or the mark is as high already
        """
        self._check_may_mark()
        reason = (reason or "").strip()
        if level not in ORDER[1:] or not reason:
            raise UserError(self.env._("Choose the level and say why."))
        minutes = self.env["party.secrecy.minute"]
        for record in self:
            if ORDER.index(level) <= ORDER.index(record.sudo().secrecy):
                raise UserError(
                    self.env._(
                        "%(document)s carries this mark or a higher one already.",
                        document=record.display_name,
                    )
                )
            minutes |= record._mark_one_secret(level, reason)
        return minutes

    def _mark_one_secret(self, level, reason):
        # superuser mode: the right was checked above, and what is removed may be out of
        # the sight of the clerk
        parts = [self.sudo()]
        for records in self._secret_siblings():
            parts += [sibling.sudo() for sibling in records]
        readers = self._secret_reader_names()
        totals = dict.fromkeys(("field", "file", "message", "row", "copy"), 0)
        marks = self.env.cr.cache
        marks[REMOVING] = True
        try:
            for part in parts:
                for name, count in part._remove_content(level).items():
                    totals[name] += count
        finally:
            marks[REMOVING] = False
        record = self.sudo()
        direction = "draft"
        if "direction" in self._fields:
            direction = record["direction"]
        minute = self.env["party.secrecy.minute"]._record(
            {
                "document_name": record.name if "number" in record else False,
                "direction": direction,
                "kind_id": record["kind_id"].id,
                "body_id": record["body_id"].id,
                "document_date": "document_date" in record and record.document_date,
                "secrecy": level,
                "reason": reason,
                "marked_at": fields.Datetime.now(),
                "marked_by_id": self.env.uid,
                "reader_names": readers,
                "company_id": record.company_id.id,
                **{f"{name}_count": count for name, count in totals.items()},
            }
        )
        return minute

    def _secret_reader_names(self):
        """Return in words who could read the record until now."""
        return ""

    # ---------------------------------------------------------------- removal
    def _remove_content(self, level):
        """Remove the content of one record from the whole database.

        :return: dict of counts
        """
        self.ensure_one()
        self.env.flush_all()
        # who adds content at this moment writes this row too: one of us fails
        self._sql(
            "UPDATE %s SET secrecy_turn = coalesce(secrecy_turn, 0) + 1 WHERE id = %s",
            SQL.identifier(self._table),
            self.id,
        )
        # ledgers that nobody changes let this through
        self._sql("SELECT set_config('party_office.secret_removal', 'on', true)")
        targets = self._content_rows()
        files, copies = self._remove_files(targets)
        counts = {"file": len(files), "copy": copies}
        counts["message"] = self._remove_hung(targets)
        counts["row"] = self._remove_rows(targets)
        for queue in QUEUES:
            if self._has_table(queue):
                self._sql("DELETE FROM %s", SQL.identifier(queue))
        counts["field"] = self._empty_fields(level)
        self._sql("SELECT set_config('party_office.secret_removal', 'off', true)")
        self.env.invalidate_all(flush=False)
        if "waiting_user_id" in self._fields:
            self._sync_work_items()
        names = sorted({name for name in files.values() if name})
        for name in names:
            # in case the deletion after the commit does not come to it
            self.env["ir.attachment"]._mark_for_gc(name)
        if names:
            self.env.cr.postcommit.add(partial(forget_files, self.env.registry, names))
        return counts

    def _sql(self, statement, *params):
        self.env.cr.execute(SQL(statement, *params))
        return self.env.cr.rowcount

    def _has_table(self, table):
        self.env.cr.execute("SELECT to_regclass(%s) IS NOT NULL", [table])
        return self.env.cr.fetchone()[0]

    def _content_rows(self):
        """Return ``{model name: ids}`` of the record and of all rows about it."""
        targets = {self._name: self.ids}
        for name in self.pool.descendants(["party.secret.content.mixin"], "_inherit"):
            rows = self.env[name]
            if rows._abstract:
                continue
            ids = set()
            for field in rows._secret_owner_fields():
                if rows._fields[field].comodel_name == self._name:
                    rows = rows.sudo().with_context(active_test=False)
                    ids.update(rows.search([(field, "=", self.id)]).ids)
            if ids:
                targets[name] = sorted(ids)
        return targets

    def _hung_models(self):
        """Return ``(table, column of the model, column of the id, model name)`` of all
        that can be hung on any record.
        """
        for name, model in self.env.registry.items():
            if model._abstract or not model._auto or name in KEPT_MODELS:
                continue
            # a ledger holds no content, and nobody takes rows out of it
            if issubclass(model, self.pool["party.append.only.mixin"]):
                continue
            for field in model._fields.values():
                if field.type != "many2one_reference" or not field.store:
                    continue
                model_field = model._fields.get(field.model_field)
                if model_field and model_field.store:
                    yield model._table, field.model_field, field.name, name

    def _remove_files(self, targets):
        """Remove the files of the targets.

        :return: ``{id: store_fname}`` and how many copies hang on other records
        """
        cr = self.env.cr
        ids = set()
        messages = self._hung_ids("mail_message", "model", "res_id", targets)
        for name, res_ids in targets.items():
            cr.execute(
                "SELECT id FROM ir_attachment"
                " WHERE res_model = %s AND res_id = ANY(%s)",
                [name, res_ids],
            )
            ids.update(row[0] for row in cr.fetchall())
            for field in self.env[name]._fields.values():
                named = field.type == "many2many" and field.store
                if named and field.comodel_name == "ir.attachment":
                    cr.execute(
                        SQL(
                            "SELECT %s FROM %s WHERE %s = ANY(%s)",
                            SQL.identifier(field.column2),
                            SQL.identifier(field.relation),
                            SQL.identifier(field.column1),
                            res_ids,
                        )
                    )
                    ids.update(row[0] for row in cr.fetchall())
        cr.execute(
            "SELECT attachment_id FROM message_attachment_rel"
            " WHERE message_id = ANY(%s)",
            [messages],
        )
        ids.update(row[0] for row in cr.fetchall())
        # thumbnails hang on the file itself
        cr.execute(
            "SELECT id FROM ir_attachment WHERE res_model = 'ir.attachment'"
            " AND res_id = ANY(%s)",
            [list(ids)],
        )
        ids.update(row[0] for row in cr.fetchall())
        cr.execute(
            "SELECT id, store_fname, checksum FROM ir_attachment WHERE id = ANY(%s)",
            [list(ids)],
        )
        rows = cr.fetchall()
        cr.execute(
            "SELECT count(*) FROM ir_attachment WHERE checksum = ANY(%s)"
            " AND NOT id = ANY(%s)",
            [[row[2] for row in rows if row[2]], list(ids)],
        )
        copies = cr.fetchone()[0]
        cr.execute("DELETE FROM ir_attachment WHERE id = ANY(%s)", [list(ids)])
        return {row[0]: row[1] for row in rows}, copies

    def _hung_ids(self, table, model_column, id_column, targets):
        ids = []
        for name, res_ids in targets.items():
            self.env.cr.execute(
                SQL(
                    "SELECT id FROM %s WHERE %s = %s AND %s = ANY(%s)",
                    SQL.identifier(table),
                    SQL.identifier(model_column),
                    name,
                    SQL.identifier(id_column),
                    res_ids,
                )
            )
            ids += [row[0] for row in self.env.cr.fetchall()]
        return ids

    def _remove_hung(self, targets):
        """Remove messages, activities, clock steps… and return how many messages."""
        messages = self._hung_ids("mail_message", "model", "res_id", targets)
        # mails waiting to be sent hold their text themselves
        self._sql("DELETE FROM mail_mail WHERE mail_message_id = ANY(%s)", messages)
        self._sql(
            "UPDATE mail_message SET parent_id = NULL WHERE parent_id = ANY(%s)",
            messages,
        )
        for table, model_column, id_column, _name in self._hung_models():
            ids = self._hung_ids(table, model_column, id_column, targets)
            if ids:
                self._sql(
                    "DELETE FROM %s WHERE id = ANY(%s)", SQL.identifier(table), ids
                )
        return len(messages)

    def _remove_rows(self, targets):
        """Remove the rows about the record and return how many."""
        removed = 0
        for name, ids in targets.items():
            if name != self._name:
                removed += self._sql(
                    "DELETE FROM %s WHERE id = ANY(%s)",
                    SQL.identifier(self.env[name]._table),
                    ids,
                )
        return removed

    def _empty_fields(self, level):
        """Empty the record and return how many fields said something."""
        content = {
            field.name: "" if field.required else None
            for field in self._fields.values()
            if field.store
            and field.column_type
            and field.name not in self._secret_kept_fields()
            and (
                field.type in TEXT_TYPES or field.name in self._secret_content_fields()
            )
        }
        emptied = sum(1 for name in content if self[name])
        for field in self._fields.values():
            named = field.name in self._secret_content_fields()
            if named and field.type == "many2many" and field.store:
                self._sql(
                    "DELETE FROM %s WHERE %s = %s",
                    SQL.identifier(field.relation),
                    SQL.identifier(field.column1),
                    self.id,
                )
        values = {**content, **self._secret_values(), "secrecy": level}
        self._sql(
            "UPDATE %s SET %s WHERE id = %s",
            SQL.identifier(self._table),
            SQL(", ").join(
                SQL("%s = %s", SQL.identifier(name), value)
                for name, value in values.items()
            ),
            self.id,
        )
        return emptied


class PartyDocument(models.Model):
    """What of a registered paper stays when it is marked secret."""

    _inherit = "party.document"

    def _secret_values(self):
        return {
            **super()._secret_values(),
            "state": "received" if self.state == "received" else "secret",
            "lead_board_id": None,
            "board_id": self.body_id.board_id.id,
            "director_id": None,
            "deadline": None,
            "closed_at": None,
            "message_main_attachment_id": None,
        }

    def _secret_reader_names(self):
        document = self.sudo()
        names = [
            *document.reader_board_ids.mapped("name"),
            *document.reader_user_ids.mapped("name"),
        ]
        return ", ".join(names)

    def _secret_siblings(self):
        siblings = super()._secret_siblings()
        if "draft_ids" in self._fields:
            siblings.append(self.sudo().draft_ids)
        return siblings

    def _remove_content(self, level):
        counts = super()._remove_content(level)
        # only the unit whose book it is sees that the number exists
        self.write(
            {
                "reader_board_ids": [Command.set(self.body_id.board_id.ids)],
                "reader_user_ids": [Command.clear()],
            }
        )
        return counts
