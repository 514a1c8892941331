from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class PartyDocument(models.Model):
    """Who reads a paper: the units and persons that have a part in it.

    The database keeps them in one array beside the paper (units by their id, persons by
    their negative id), so that a page of a long list is found without looking through
    everything that a unit may read.
    """

    _inherit = "party.document"

    reader_board_ids = fields.Many2many(
        "party.board",
        "party_document_reader_board_rel",
        "document_id",
        "board_id",
        string="Reading units",
        readonly=True,
        copy=False,
    )
    reader_user_ids = fields.Many2many(
        "res.users",
        "party_document_reader_user_rel",
        "document_id",
        "user_id",
        string="Reading persons",
        readonly=True,
        copy=False,
    )
    reader_key = fields.Integer(
        string="Read by right of",
        compute="_compute_reader_key",
        search="_search_reader_key",
        compute_sudo=True,
        help="The unit (its id) or person (its negative id) by which the user reads "
        "the paper; record rules search it.",
    )

    def init(self):
        """Keep the array of readers in the database, whoever writes."""
        result = super().init()
        self.env.cr.execute(
            """
            ALTER TABLE party_document
                ADD COLUMN IF NOT EXISTS reader_keys integer[] NOT NULL DEFAULT '{}';
            CREATE INDEX IF NOT EXISTS party_document_reader_keys_idx
                ON party_document USING gin (reader_keys);

            CREATE OR REPLACE FUNCTION party_document_readers(
                document integer, waiting integer
            ) RETURNS integer[] LANGUAGE sql STABLE AS $$
                SELECT coalesce(array_agg(key), '{}') FROM (
                    SELECT board_id FROM party_document_reader_board_rel
                     WHERE document_id = document
                    UNION SELECT -user_id FROM party_document_reader_user_rel
                     WHERE document_id = document
                    UNION SELECT -waiting WHERE waiting IS NOT NULL
                ) AS reader(key)
            $$;

            CREATE OR REPLACE FUNCTION party_document_reader_changed()
            RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                UPDATE party_document
                   SET reader_keys = party_document_readers(id, waiting_user_id)
                 WHERE id IN (OLD.document_id, NEW.document_id);
                RETURN NULL;
            END $$;
            CREATE OR REPLACE TRIGGER party_document_reader_changed
                AFTER INSERT OR UPDATE OR DELETE ON party_document_reader_board_rel
                FOR EACH ROW EXECUTE FUNCTION party_document_reader_changed();
            CREATE OR REPLACE TRIGGER party_document_reader_changed
                AFTER INSERT OR UPDATE OR DELETE ON party_document_reader_user_rel
                FOR EACH ROW EXECUTE FUNCTION party_document_reader_changed();

            CREATE OR REPLACE FUNCTION party_document_waiting_changed()
            RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                NEW.reader_keys = party_document_readers(NEW.id, NEW.waiting_user_id);
                RETURN NEW;
            END $$;
            CREATE OR REPLACE TRIGGER party_document_waiting_changed
                BEFORE INSERT OR UPDATE OF waiting_user_id ON party_document
                FOR EACH ROW EXECUTE FUNCTION party_document_waiting_changed();
            """
        )
        return result

    @api.depends_context("uid")
    @api.depends("reader_board_ids", "reader_user_ids", "waiting_user_id")
    def _compute_reader_key(self):
        mine = set(self.env.user.paper_keys())
        for document in self:
            users = document.reader_user_ids | document.waiting_user_id
            keys = {*document.reader_board_ids.ids, *(-user.id for user in users)}
            document.reader_key = min(mine & keys, default=0)

    @api.model
    def _search_reader_key(self, operator, value):
        if operator != "in":
            return NotImplemented
        keys = [int(key) for key in value]
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s && %s::int[]", SQL.identifier(alias, "reader_keys"), keys
            )
        )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"reader_board_ids", "reader_user_ids"}

    def _add_readers(self, boards=None, users=None):
        """Let units and persons read the papers; called by actions that have checked.

        :param boards: ``party.board`` records
        :param users: ``res.users`` records
        """
        # protected: who reads a paper follows from what was done with it
        for document in self.sudo():
            document.write(
                {
                    "reader_board_ids": [
                        fields.Command.link(board.id)
                        for board in boards or ()
                        if board not in document.reader_board_ids
                    ],
                    "reader_user_ids": [
                        fields.Command.link(user.id)
                        for user in users or ()
                        if user not in document.reader_user_ids
                    ],
                }
            )
