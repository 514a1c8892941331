"""The last line against content of secret papers: triggers of the database.

Every attachment, message, activity and row about a paper first raises the paper's own
row. Two things follow. A secret paper's row is not raised and the content is refused,
whatever code writes it. And who adds content while another marks the paper secret
writes the same row: PostgreSQL lets one of the two fail, and its request runs again.
"""

from zlib import crc32

from odoo.tools import SQL

#: table, column of the model, column of the id, columns that carry content
HUNG_ON = (
    (
        "ir_attachment",
        "res_model",
        "res_id",
        ("name", "store_fname", "db_datas", "url", "index_content", "description"),
    ),
    ("mail_message", "model", "res_id", ("subject", "body")),
    ("mail_activity", "res_model", "res_id", ("summary", "note")),
    ("mail_scheduled_message", "model", "res_id", ("subject", "body")),
)


def guard_owner(model):
    """Create the triggers for a model with a mark of secrecy."""
    _run(
        model,
        """
        CREATE OR REPLACE FUNCTION %(keep)s() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.secrecy <> 'none' AND NEW.secrecy = 'none' THEN
                RAISE EXCEPTION 'a mark of secrecy is not taken back'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$;
        DROP TRIGGER IF EXISTS %(keep)s ON %(owner)s;
        CREATE TRIGGER %(keep)s BEFORE UPDATE OF secrecy ON %(owner)s
            FOR EACH ROW EXECUTE FUNCTION %(keep)s();
        """,
        keep=_name(model._table, "mark_kept"),
    )
    _guard_hung_on(model, model._table, lambda column: SQL("NEW.%s", column))
    _guard_files(model, model._table, lambda column: SQL("NEW.%s", column))


def guard_content(model):
    """Create the triggers for a model whose rows say something about an owner."""
    for name in model._secret_owner_fields():
        owner = model.env[model._fields[name].comodel_name]._table
        column = SQL.identifier(name)

        def owner_id(row_id, column=column):
            return SQL(
                "(SELECT %s FROM %s WHERE id = NEW.%s)",
                column,
                SQL.identifier(model._table),
                row_id,
            )

        _guard_table(model, owner, model._table, SQL("NEW.%s", column), suffix=name)
        _guard_hung_on(model, owner, owner_id, suffix=name)
        _guard_files(model, owner, owner_id, suffix=name)


def _guard_files(model, owner, owner_id, suffix=""):
    """Guard the files that the records of one model name."""
    for field in model._fields.values():
        named = field.type == "many2many" and field.store
        if named and field.comodel_name == "ir.attachment":
            column = SQL.identifier(field.column1)
            _guard_table(model, owner, field.relation, owner_id(column), suffix=suffix)


def _guard_hung_on(model, owner, owner_id, suffix=""):
    """Guard what can be hung on any record, for the records of one model."""
    for table, model_column, id_column, columns in HUNG_ON:
        _guard_table(
            model,
            owner,
            table,
            owner_id(SQL.identifier(id_column)),
            when=SQL(
                "WHEN (NEW.%s = %s AND NEW.%s <> 0)",
                SQL.identifier(model_column),
                model._name,
                SQL.identifier(id_column),
            ),
            columns=(model_column, id_column, *columns),
            suffix=f"{model._table}_{suffix}",
        )


def _guard_table(model, owner, table, owner_id, when=None, columns=(), suffix=""):
    """Create the trigger that raises the owner's row, or refuses when it is secret."""
    of = (
        SQL(" OF %s", SQL(", ").join(map(SQL.identifier, columns)))
        if columns
        else SQL()
    )
    _run(
        model,
        """
        CREATE OR REPLACE FUNCTION %(function)s() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            paper integer := %(owner_id)s;
        BEGIN
            UPDATE %(owner)s SET secrecy_turn = coalesce(secrecy_turn, 0) + 1
             WHERE id = paper AND secrecy = 'none';
            IF NOT FOUND AND EXISTS (SELECT 1 FROM %(owner)s WHERE id = paper) THEN
                RAISE EXCEPTION 'content of a secret paper is refused'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$;
        DROP TRIGGER IF EXISTS %(function)s ON %(table)s;
        CREATE TRIGGER %(function)s BEFORE INSERT OR UPDATE%(of)s ON %(table)s
            FOR EACH ROW %(when)s EXECUTE FUNCTION %(function)s();
        """,
        owner_table=owner,
        function=_name(table, "secret", suffix),
        owner_id=owner_id,
        table=SQL.identifier(table),
        of=of,
        when=when or SQL(),
    )


def _name(*parts):
    """Return the name of a function and trigger, at most 63 bytes long."""
    name = "_".join(filter(None, parts))
    if len(name) > 63:
        name = f"{name[:54]}_{crc32(name.encode()):08x}"
    return SQL.identifier(name)


def _run(model, statement, owner_table=None, **parts):
    owner = SQL.identifier(owner_table or model._table)
    model.env.cr.execute(SQL(statement, owner=owner, **parts))
