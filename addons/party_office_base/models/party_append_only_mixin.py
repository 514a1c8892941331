from contextlib import contextmanager

from psycopg2 import sql

from odoo import api, models
from odoo.exceptions import UserError


class PartyAppendOnlyMixin(models.AbstractModel):
    """A ledger: rows are added by its own methods and never changed.

    A trigger of the database refuses UPDATE, DELETE and TRUNCATE, whoever asks.
    """

    _name = "party.append.only.mixin"
    _description = "Append-Only Ledger"

    def init(self):
        """Create the triggers that keep the table append-only."""
        result = super().init()
        if self._abstract:
            return result
        self.env.cr.execute(
            sql.SQL(
                """
                CREATE OR REPLACE FUNCTION {function}()
                RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
                        USING ERRCODE = 'integrity_constraint_violation';
                END $$;
                DROP TRIGGER IF EXISTS {no_change} ON {table};
                CREATE TRIGGER {no_change} BEFORE UPDATE OR DELETE ON {table}
                    FOR EACH ROW EXECUTE FUNCTION {function}();
                DROP TRIGGER IF EXISTS {no_truncate} ON {table};
                CREATE TRIGGER {no_truncate} BEFORE TRUNCATE ON {table}
                    FOR EACH STATEMENT EXECUTE FUNCTION {function}();
                """
            ).format(
                table=sql.Identifier(self._table),
                function=sql.Identifier(f"{self._table}_append_only"),
                no_change=sql.Identifier(f"{self._table}_no_change"),
                no_truncate=sql.Identifier(f"{self._table}_no_truncate"),
            )
        )
        return result

    def _message_append_only(self):
        """Return what who wants to change a row is told."""
        return self.env._(
            "%(ledger)s: rows are never changed; a mistake is corrected by a new row.",
            ledger=self.env["ir.model"]._get(self._name).name,
        )

    @property
    def _append_mark(self):
        return f"{self._name} appending"

    @contextmanager
    def _appending(self):
        """Allow ``create`` inside the block; private to the ledger's own methods."""
        # a mark that lives in the transaction: a key of the context could be forged
        marks = self.env.cr.cache
        marks[self._append_mark] = True
        try:
            yield
        finally:
            marks[self._append_mark] = False

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.cr.cache.get(self._append_mark):
            raise UserError(self._message_append_only())
        return super().create(vals_list)

    def write(self, vals):
        if self:
            raise UserError(self._message_append_only())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self._message_append_only())
