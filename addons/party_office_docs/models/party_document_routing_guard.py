from odoo import models


class PartyDocumentRouting(models.Model):
    """The database keeps the lead of a paper and the part "lead" together.

    ``lead_board_id`` of an incoming paper is what lists filter on; the row of the unit
    is what it reads by. At the end of each transaction both name the same unit, or
    neither does, whoever wrote them.
    """

    _inherit = "party.document.routing"

    def init(self):
        """Create the deferred triggers on both tables."""
        result = super().init()
        self.env.cr.execute(
            """
            CREATE OR REPLACE FUNCTION party_document_lead_guard()
            RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                paper integer;
                named integer;
                in_parts integer;
            BEGIN
                IF TG_TABLE_NAME = 'party_document' THEN
                    paper := NEW.id;
                ELSIF TG_OP = 'DELETE' THEN
                    paper := OLD.document_id;
                ELSE
                    paper := NEW.document_id;
                END IF;
                SELECT lead_board_id INTO named FROM party_document
                 WHERE id = paper AND direction = 'in' AND secrecy = 'none';
                IF NOT FOUND THEN
                    RETURN NULL;  -- deleted, issued by us, or a stub without parts
                END IF;
                SELECT board_id INTO in_parts FROM party_document_routing
                 WHERE document_id = paper AND role = 'lead';
                IF named IS DISTINCT FROM in_parts THEN
                    RAISE EXCEPTION 'paper %: its lead and the parts differ', paper
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NULL;
            END $$;
            DROP TRIGGER IF EXISTS party_document_lead_guard ON party_document;
            CREATE CONSTRAINT TRIGGER party_document_lead_guard
                AFTER INSERT OR UPDATE OF lead_board_id ON party_document
                DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION party_document_lead_guard();
            DROP TRIGGER IF EXISTS party_document_lead_guard
                ON party_document_routing;
            CREATE CONSTRAINT TRIGGER party_document_lead_guard
                AFTER INSERT OR UPDATE OR DELETE ON party_document_routing
                DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION party_document_lead_guard();
            """
        )
        return result
