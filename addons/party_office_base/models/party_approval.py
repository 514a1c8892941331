from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..office_time import local_today
from .party_approval_route import APPROVER_ROLES

DECIDED = ("approved", "returned", "refused")


class PartyApproval(models.Model):
    """One step of an approval: evidence that no role can write.

    Rows are made when a document is sent, decided once by its actions and kept for
    ever. A database trigger refuses to change a decision or to delete a row, whoever
    asks.
    """

    _name = "party.approval"
    _description = "Approval"
    _order = "res_model, res_id, round, sequence, id"

    res_model = fields.Char(string="Document model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Document", model_field="res_model", required=True, readonly=True
    )
    document_name = fields.Char(readonly=True)
    board_id = fields.Many2one("party.board", required=True, readonly=True, index=True)
    requester_id = fields.Many2one("res.users", required=True, readonly=True)
    round = fields.Integer(required=True, readonly=True, default=1)
    sequence = fields.Integer(required=True, readonly=True)
    name = fields.Char(string="Step", readonly=True)
    role = fields.Selection(APPROVER_ROLES, required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Approver", readonly=True, index="btree_not_null"
    )
    state = fields.Selection(
        [
            ("waiting", "Later step"),
            ("pending", "Waiting for decision"),
            ("approved", "Approved"),
            ("returned", "Returned"),
            ("refused", "Refused"),
            ("void", "Void"),
        ],
        required=True,
        readonly=True,
        default="waiting",
    )
    decided_by_id = fields.Many2one("res.users", readonly=True, index="btree_not_null")
    decided_at = fields.Datetime(readonly=True)
    capacity = fields.Selection(
        [
            ("self", "In person"),
            ("kt", "K/T"),
            ("tl", "T/L"),
            ("paper", "On paper, entered by the clerk"),
        ],
        readonly=True,
    )
    reason_ids = fields.Many2many(
        "party.return.reason",
        string="Reasons of the return",
        readonly=True,
        ondelete="restrict",
    )
    comment = fields.Text(readonly=True)
    content_hash = fields.Char(
        readonly=True,
        help="SHA-256 of what was sent for approval; only that is approved.",
    )
    # that of the whole document, also where a reader may see a part of it only
    amount = fields.Monetary(
        readonly=True,
        groups="party_office_base.group_chief_accountant,"
        "party_office_base.group_office_chief,party_office_base.group_manager",
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    kind = fields.Char(readonly=True)

    _document_idx = models.Index("(res_model, res_id, round, sequence)")

    def init(self):
        """Create the trigger that keeps decided rows as they were decided."""
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION party_approval_keep() RETURNS trigger AS $$
                BEGIN
                    -- a State secret does not stay in a ledger either
                    IF TG_OP = 'DELETE' AND current_setting(
                        'party_office.secret_removal', true) = 'on' THEN
                        RETURN OLD;
                    END IF;
                    IF TG_OP = 'DELETE' THEN
                        RAISE EXCEPTION 'party_approval is append-only';
                    END IF;
                    IF OLD.state IN ('approved', 'returned', 'refused') THEN
                        RAISE EXCEPTION 'a decided approval cannot be changed';
                    END IF;
                    IF NEW.content_hash IS DISTINCT FROM OLD.content_hash
                        OR NEW.res_model <> OLD.res_model OR NEW.res_id <> OLD.res_id
                        OR NEW.requester_id <> OLD.requester_id
                        OR NEW.amount IS DISTINCT FROM OLD.amount THEN
                        RAISE EXCEPTION 'what is approved cannot be changed';
                    END IF;
                    RETURN NEW;
                END $$ LANGUAGE plpgsql;
                DROP TRIGGER IF EXISTS party_approval_keep ON party_approval;
                CREATE TRIGGER party_approval_keep
                    BEFORE UPDATE OR DELETE ON party_approval
                    FOR EACH ROW EXECUTE FUNCTION party_approval_keep();
                """
            )
        )
        self._keep_reasons()

    def _keep_reasons(self):
        """Create the trigger that keeps the reasons as they were given."""
        field = self._fields["reason_ids"]
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION party_approval_reason_keep()
                    RETURNS trigger AS $$
                BEGIN
                    IF TG_OP = 'DELETE' AND current_setting(
                        'party_office.secret_removal', true) = 'on' THEN
                        RETURN OLD;
                    END IF;
                    IF TG_OP <> 'INSERT' OR EXISTS (
                        SELECT FROM party_approval
                         WHERE id = NEW.party_approval_id
                           AND state IN ('approved', 'returned', 'refused'))
                    THEN
                        RAISE EXCEPTION 'a decided approval cannot be changed';
                    END IF;
                    RETURN NEW;
                END $$ LANGUAGE plpgsql;
                DROP TRIGGER IF EXISTS party_approval_reason_keep ON %(table)s;
                CREATE TRIGGER party_approval_reason_keep
                    BEFORE INSERT OR UPDATE OR DELETE ON %(table)s
                    FOR EACH ROW EXECUTE FUNCTION party_approval_reason_keep();
                """,
                table=SQL.identifier(field.relation),
            )
        )

    def _document(self):
        """Return the document of this approval, in the user's own environment."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)

    def _candidates(self):
        """Return the persons who may hold this step, the proper one first."""
        self.ensure_one()
        company = self.board_id.company_id or self.env.company
        chiefs = company.office_chief_id | company.deputy_office_chief_id
        board = self.board_id
        if self.role == "board_head":
            return board.head_id | board.deputy_head_id | chiefs
        if self.role == "assigned_accountant":
            return board._accountants_on(local_today(self.env)) | (
                company.chief_accountant_id
            )
        if self.role == "chief_accountant":
            return company.chief_accountant_id | chiefs
        if self.role == "dispatcher":
            return company.dispatcher_id | chiefs
        if self.role == "deputy_office_chief":
            return company.deputy_office_chief_id | company.office_chief_id
        return chiefs

    def _resolve_user(self):
        """Return the one person this step waits on: never the requester.

        :raises UserError: when nobody can hold the step
        """
        self.ensure_one()
        for user in self._candidates():
            if user.active and user != self.requester_id:
                return user
        roles = dict(self._fields["role"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "Nobody can decide the step “%(step)s” (%(role)s) for "
                "%(board)s. Name the "
                "person on the board or in the settings of the office.",
                step=self.name,
                role=roles[self.role],
                board=self.board_id.name,
            )
        )

    def _capacity_of(self, user):
        """Return how a user may decide this step: ``self``, ``kt``, ``tl`` or False."""
        self.ensure_one()
        if user == self.user_id:
            return "self"
        today = local_today(self.env)
        # a substitute may be unable to read the list of all substitutions
        substitution = user.sudo().substitution_ids.filtered(
            lambda s: s.user_id == self.user_id and s._is_on(today)
        )
        return substitution[:1].capacity or False

    def _check_can_decide(self, user):
        """Return the capacity in which a user decides this step.

        :raises UserError: when the step does not wait for a decision
        :raises AccessError: when it waits on somebody else, or on the requester
        """
        self.ensure_one()
        if self.state != "pending":
            raise UserError(self.env._("This step does not wait for a decision."))
        if user == self.requester_id:
            raise AccessError(self.env._("Nobody decides on his own request."))
        capacity = self._capacity_of(user)
        if capacity in ("kt", "tl") and self._has_decided_before(user):
            raise AccessError(
                self.env._(
                    "You already decided another step of this document: a substitute "
                    "decides only once."
                )
            )
        if not capacity:
            raise AccessError(
                self.env._(
                    "This waits for the decision of %(user)s.", user=self.user_id.name
                )
            )
        return capacity

    def _has_decided_before(self, user):
        """Tell whether a user decided another step of the same round."""
        self.ensure_one()
        return bool(
            self.search_count(
                [
                    ("res_model", "=", self.res_model),
                    ("res_id", "=", self.res_id),
                    ("round", "=", self.round),
                    ("decided_by_id", "=", user.id),
                ],
                limit=1,
            )
        )

    @api.model
    def _cron_reroute(self):
        """Move waiting steps to the accountant who follows the board today."""
        pending = self.sudo().search(
            [("state", "=", "pending"), ("role", "=", "assigned_accountant")]
        )
        for approval in pending:
            user = approval._resolve_user()
            if user != approval.user_id:
                approval._reassign(user)

    def _reassign(self, user):
        """Let a waiting step wait on another person; the document follows.

        :param user: ``res.users`` record
        """
        for approval in self:
            approval.user_id = user
            approval._document()._hand_to(user, approval.name)
