from odoo import models

#: columns of a paper that a closed file keeps as they are
PAPER_COLUMNS = (
    "direction",
    "name",
    "number",
    "symbol",
    "document_date",
    "received_on",
    "registered_at",
    "body_id",
    "kind_id",
    "sender_id",
    "abstract",
    "signer_name",
    "page_count",
    "note",
    "lead_board_id",
    "deadline",
    "director_id",
    "instruction",
    "closed_at",
)
#: columns of a closed file that stay as they are
FILE_COLUMNS = (
    "name",
    "title",
    "board_id",
    "year",
    "date_from",
    "date_to",
    "sheet_count",
    "medium",
    "maker_id",
    "is_construction",
    "closed_at",
    "closed_by_id",
    "note",
)
#: columns of an attachment that say what it is
ATTACHMENT_COLUMNS = (
    "name",
    "type",
    "url",
    "store_fname",
    "db_datas",
    "checksum",
    "file_size",
    "res_model",
    "res_id",
)
MESSAGE_COLUMNS = ("body", "subject", "model", "res_id", "author_id", "date")


def _row(alias, columns):
    return "ROW({})".format(", ".join(f"{alias}.{name}" for name in columns))


def _changed(columns):
    return f"{_row('OLD', columns)} IS DISTINCT FROM {_row('NEW', columns)}"


#: What changes in an open file raises its version, so that who closes it at the same
#: moment fails and looks again; what changes in a closed one is refused.
TOUCH = """
CREATE OR REPLACE FUNCTION party_archive_touch(file integer) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF file IS NULL
       OR coalesce(current_setting('party_archive.unsealed', true), '') = 'on' THEN
        RETURN;
    END IF;
    UPDATE party_archive_file SET content_version = content_version + 1
     WHERE id = file AND state = 'open';
    IF NOT FOUND AND EXISTS (SELECT 1 FROM party_archive_file WHERE id = file) THEN
        RAISE EXCEPTION 'archive file % is closed: its content cannot change', file
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$
"""

PAPERS = f"""
CREATE OR REPLACE FUNCTION party_archive_paper() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM party_archive_touch(OLD.file_id);
    ELSIF TG_OP = 'INSERT' THEN
        PERFORM party_archive_touch(NEW.file_id);
    ELSE
        IF OLD.file_id IS DISTINCT FROM NEW.file_id THEN
            PERFORM party_archive_touch(OLD.file_id);
            PERFORM party_archive_touch(NEW.file_id);
        ELSIF {_changed(PAPER_COLUMNS)}
              -- a paper that is recalled later says so, whatever file it lies in
              OR (OLD.state <> NEW.state AND NEW.state <> 'recalled') THEN
            PERFORM party_archive_touch(NEW.file_id);
        END IF;
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS party_archive_paper ON party_document;
DROP TRIGGER IF EXISTS party_archive_paper_change ON party_document;
DROP TRIGGER IF EXISTS party_archive_paper_gone ON party_document;
CREATE TRIGGER party_archive_paper AFTER INSERT ON party_document
    FOR EACH ROW WHEN (NEW.file_id IS NOT NULL)
    EXECUTE FUNCTION party_archive_paper();
CREATE TRIGGER party_archive_paper_change AFTER UPDATE ON party_document
    FOR EACH ROW WHEN (OLD.file_id IS NOT NULL OR NEW.file_id IS NOT NULL)
    EXECUTE FUNCTION party_archive_paper();
CREATE TRIGGER party_archive_paper_gone AFTER DELETE ON party_document
    FOR EACH ROW WHEN (OLD.file_id IS NOT NULL)
    EXECUTE FUNCTION party_archive_paper();
"""

ATTACHMENTS = f"""
CREATE OR REPLACE FUNCTION party_archive_owner(model text, id integer) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF model = 'party.document' THEN
        PERFORM party_archive_touch(d.file_id)
           FROM party_document d WHERE d.id = party_archive_owner.id;
    ELSIF model = 'party.archive.file' THEN
        PERFORM party_archive_touch(party_archive_owner.id);
    END IF;
END $$;
CREATE OR REPLACE FUNCTION party_archive_attachment() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NOT ({_changed(ATTACHMENT_COLUMNS)}) THEN
            RETURN NULL;
        END IF;
        PERFORM party_archive_owner(OLD.res_model, OLD.res_id);
        -- among the papers of one document, attached to another
        PERFORM party_archive_touch(d.file_id)
           FROM %(paper_rel)s r JOIN party_document d ON d.id = r.%(paper_column)s
          WHERE r.%(paper_other)s = OLD.id;
        PERFORM party_archive_touch(r.%(file_column)s)
           FROM %(file_rel)s r WHERE r.%(file_other)s = OLD.id;
    END IF;
    PERFORM party_archive_owner(NEW.res_model, NEW.res_id);
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS party_archive_attachment ON ir_attachment;
DROP TRIGGER IF EXISTS party_archive_attachment_new ON ir_attachment;
DROP TRIGGER IF EXISTS party_archive_attachment_gone ON ir_attachment;
CREATE TRIGGER party_archive_attachment_new AFTER INSERT ON ir_attachment
    FOR EACH ROW
    WHEN (NEW.res_model IN ('party.document', 'party.archive.file'))
    EXECUTE FUNCTION party_archive_attachment();
CREATE TRIGGER party_archive_attachment
    AFTER UPDATE OF {", ".join(ATTACHMENT_COLUMNS)} ON ir_attachment
    FOR EACH ROW EXECUTE FUNCTION party_archive_attachment();
-- before: the rows that join it to its papers go with it
CREATE TRIGGER party_archive_attachment_gone BEFORE DELETE ON ir_attachment
    FOR EACH ROW EXECUTE FUNCTION party_archive_attachment_gone();
"""

GONE = """
CREATE OR REPLACE FUNCTION party_archive_attachment_gone() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM party_archive_owner(OLD.res_model, OLD.res_id);
    PERFORM party_archive_touch(d.file_id)
       FROM %(paper_rel)s r JOIN party_document d ON d.id = r.%(paper_column)s
      WHERE r.%(paper_other)s = OLD.id;
    PERFORM party_archive_touch(r.%(file_column)s)
       FROM %(file_rel)s r WHERE r.%(file_other)s = OLD.id;
    RETURN OLD;
END $$;
"""

LINKS = """
CREATE OR REPLACE FUNCTION party_archive_link() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    linked record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    PERFORM party_archive_owner(
        TG_ARGV[0], (to_jsonb(linked) ->> TG_ARGV[1])::integer
    );
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS party_archive_link ON %(paper_rel)s;
CREATE TRIGGER party_archive_link AFTER INSERT OR UPDATE OR DELETE ON %(paper_rel)s
    FOR EACH ROW
    EXECUTE FUNCTION party_archive_link('party.document', '%(paper_column)s');
DROP TRIGGER IF EXISTS party_archive_link ON %(file_rel)s;
CREATE TRIGGER party_archive_link AFTER INSERT OR UPDATE OR DELETE ON %(file_rel)s
    FOR EACH ROW
    EXECUTE FUNCTION party_archive_link('party.archive.file', '%(file_column)s');
"""

MESSAGES = f"""
CREATE OR REPLACE FUNCTION party_archive_message() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- what the system notes itself (a reminder, a recall) is no comment
        IF NEW.message_type IN ('comment', 'email', 'email_outgoing') THEN
            PERFORM party_archive_owner(NEW.model, NEW.res_id);
        END IF;
        RETURN NULL;
    END IF;
    IF TG_OP = 'DELETE' OR {_changed(MESSAGE_COLUMNS)} THEN
        PERFORM party_archive_owner(OLD.model, OLD.res_id);
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS party_archive_message ON mail_message;
DROP TRIGGER IF EXISTS party_archive_message_new ON mail_message;
CREATE TRIGGER party_archive_message_new AFTER INSERT ON mail_message
    FOR EACH ROW WHEN (NEW.model = 'party.document')
    EXECUTE FUNCTION party_archive_message();
CREATE TRIGGER party_archive_message AFTER UPDATE OR DELETE ON mail_message
    FOR EACH ROW WHEN (OLD.model IN ('party.document', 'party.archive.file'))
    EXECUTE FUNCTION party_archive_message();
"""

FILES = f"""
CREATE OR REPLACE FUNCTION party_archive_file_sealed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'archive file % is closed', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF {_changed(FILE_COLUMNS)}
       OR NOT (NEW.state = OLD.state OR (OLD.state, NEW.state) IN
               (('closed', 'handed'), ('handed', 'destroyed')))
       OR (OLD.seal IS DISTINCT FROM NEW.seal AND
           coalesce(current_setting('party_archive.unsealed', true), '') <> 'on') THEN
        RAISE EXCEPTION 'archive file % is closed', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS party_archive_file_sealed ON party_archive_file;
DROP TRIGGER IF EXISTS party_archive_file_kept ON party_archive_file;
CREATE TRIGGER party_archive_file_sealed BEFORE UPDATE ON party_archive_file
    FOR EACH ROW WHEN (OLD.state <> 'open')
    EXECUTE FUNCTION party_archive_file_sealed();
CREATE TRIGGER party_archive_file_kept BEFORE DELETE ON party_archive_file
    FOR EACH ROW WHEN (OLD.state <> 'open')
    EXECUTE FUNCTION party_archive_file_sealed();
"""

ENTRIES = """
CREATE OR REPLACE FUNCTION party_archive_entry_sealed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM party_archive_touch(NEW.file_id);
    ELSIF coalesce(current_setting('party_archive.unsealed', true), '') <> 'on' THEN
        RAISE EXCEPTION 'the seal of an archive file is never changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS party_archive_entry_sealed ON party_archive_entry;
DROP TRIGGER IF EXISTS party_archive_entry_kept ON party_archive_entry;
CREATE TRIGGER party_archive_entry_sealed
    AFTER INSERT OR UPDATE OR DELETE ON party_archive_entry
    FOR EACH ROW EXECUTE FUNCTION party_archive_entry_sealed();
CREATE TRIGGER party_archive_entry_kept BEFORE TRUNCATE ON party_archive_entry
    FOR EACH STATEMENT EXECUTE FUNCTION party_archive_entry_sealed();
"""


class PartyArchiveFile(models.Model):
    """The database keeps closed files as they are, whoever writes: code, RPC or SQL."""

    _inherit = "party.archive.file"

    def init(self):
        """Create the triggers that guard closed files."""
        result = super().init()
        # they name tables of models that may come after this one
        self.pool.post_init(self._create_guards)
        return result

    def _create_guards(self):
        papers = self.env["party.document"]._fields["attachment_ids"]
        own = self._fields["attachment_ids"]
        names = {
            "paper_rel": papers.relation,
            "paper_column": papers.column1,
            "paper_other": papers.column2,
            "file_rel": own.relation,
            "file_column": own.column1,
            "file_other": own.column2,
        }
        # names of tables and columns come from the code, nothing from outside
        for text in (TOUCH, PAPERS, GONE, ATTACHMENTS, LINKS, MESSAGES, FILES, ENTRIES):
            self.env.cr.execute(_named(text, names))


def _named(text, names):
    for name, value in names.items():
        text = text.replace(f"%({name})s", value)
    return text
