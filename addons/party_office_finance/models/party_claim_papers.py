from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: as long as a claim is not posted, papers may still be handed in
RECEIVING_STATES = ("draft", "submitted", "returned", "approved")


class PartyClaim(models.Model):
    """The papers of a claim: which it needs, which are there, which are missing.

    A paper is there as a file of its kind, as an announced paper on paper, or in the
    accountant's hands. What was announced must be in his hands before he posts.
    """

    _inherit = "party.claim"

    on_paper_kind_ids = fields.Many2many(
        "party.paper.kind",
        "party_claim_on_paper_rel",
        string="Handed in on paper",
        copy=False,
        help="Papers that the requester hands in to the accountant instead of a file.",
    )
    paper_ids = fields.One2many(
        "party.claim.paper", "claim_id", string="Papers received", readonly=True
    )
    paper_checklist = fields.Json(
        string="Papers of the claim", compute="_compute_paper_checklist"
    )

    # ------------------------------------------------------ for each kind to extend
    def _paper_conditions(self):
        """Return the codes (``set``) of ``party.claim.kind.paper`` that hold.

        Works on unsaved forms too.
        """
        self.ensure_one()
        conditions = {"always"}
        if self.advance_id:
            conditions.add("advance")
        return conditions

    # ------------------------------------------------------------------- checklist
    def _papers_needed(self):
        """Return the rows of ``party.claim.kind.paper`` that hold for this claim."""
        self.ensure_one()
        conditions = self._paper_conditions()
        return self.kind_id._origin.paper_ids.filtered(
            lambda row: (
                row.condition in conditions and self.amount_total >= row.amount_from
            )
        )

    def _papers_present(self):
        """Return the kinds of paper that are there as file, announced or received."""
        self.ensure_one()
        # who may send the claim need not be who may read each file
        claim = self.sudo()
        return (
            claim.attachment_ids.party_paper_kind_id
            | claim.on_paper_kind_ids
            | claim.paper_ids.paper_kind_id
        )

    def _papers_missing(self):
        """Return the rows of required papers that are neither there nor announced."""
        present = self._papers_present()
        return self._papers_needed().filtered(
            lambda row: (
                row.is_required
                and not row.paper_kind_id.is_printed
                and row.paper_kind_id not in present
            )
        )

    def _papers_awaited(self):
        """Return the kinds of paper that were announced and not received yet."""
        self.ensure_one()
        claim = self.sudo()
        # a file that came later stands for the announced paper
        there = claim.paper_ids.paper_kind_id | claim.attachment_ids.party_paper_kind_id
        return claim.on_paper_kind_ids - there

    def _paper_count(self):
        """Return how many papers go with the claim: files, and what came on paper."""
        self.ensure_one()
        claim = self.sudo()
        on_paper = claim.on_paper_kind_ids | claim.paper_ids.paper_kind_id
        there_as_file = claim.attachment_ids.party_paper_kind_id
        return len(claim.attachment_ids) + len(on_paper - there_as_file)

    @api.model
    def _paper_dependencies(self):
        return [
            *self._calculation_dependencies(),
            "advance_id",
            "amount_total",
            "on_paper_kind_ids",
            "paper_ids",
            "board_id",
        ]

    @api.depends(lambda self: self._paper_dependencies())
    @api.depends_context("uid", "lang", "tz")
    def _compute_paper_checklist(self):
        for claim in self:
            claim.paper_checklist = claim._prepare_checklist()

    def _prepare_checklist(self):
        """Return the checklist as plain values for its widget."""
        self.ensure_one()
        received = {
            row.paper_kind_id._origin: self.env._(
                "%(user)s, %(day)s",
                # names of persons are public inside the office
                user=row.sudo().received_by_id.name,
                day=fields.Datetime.context_timestamp(self, row.received_on).strftime(
                    "%d/%m/%Y"
                ),
            )
            for row in self.paper_ids
        }
        rows, seen = [], set()
        for row in self._papers_needed():
            kind = row.paper_kind_id._origin
            if kind not in seen:
                rows.append(self._checklist_row(kind, row, received))
                seen.add(kind)
        # what was handed in before the claim said something else stays in sight
        rows += [
            self._checklist_row(kind, None, received)
            for kind in self.on_paper_kind_ids._origin | self.paper_ids.paper_kind_id
            if kind not in seen
        ]
        can_receive = (
            bool(self._origin)
            and self.state in RECEIVING_STATES
            and not self._why_not_receive()
        )
        return {"rows": rows, "can_receive": can_receive}

    def _checklist_row(self, kind, row, received):
        return {
            "id": kind.id,
            "name": kind.name,
            "why": (row and row.why) or "",
            "required": bool(row and row.is_required),
            "printed": kind.is_printed,
            "on_paper": kind in self.on_paper_kind_ids._origin,
            "received": received.get(kind, ""),
        }

    # --------------------------------------------------------------------- content
    @api.model
    def _approval_content_fields(self):
        return [*super()._approval_content_fields(), "on_paper_kind_ids"]

    def _content_of(self, names):
        content = super()._content_of(names)
        if not content.get("on_paper_kind_ids"):
            # a claim without such papers says what it said before they were known
            content.pop("on_paper_kind_ids", None)
        kinds = sorted(
            f"{paper.checksum or paper.url or ''} {paper.party_paper_kind_id.code}"
            for paper in self.attachment_ids
            if paper.party_paper_kind_id
        )
        if kinds:
            content["paper_kinds"] = kinds
        return content

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"paper_ids"}

    def _check_can_submit(self):
        result = super()._check_can_submit()
        missing = self._papers_missing()
        if missing:
            raise UserError(
                self.env._(
                    "“%(claim)s” cannot be sent yet. Missing papers (%(count)s):\n"
                    "%(papers)s\n"
                    "Photograph each, attach its file, or mark that you hand it in on "
                    "paper.",
                    claim=self.description,
                    count=len(missing),
                    papers="\n".join(f"• {row._say()}" for row in missing),
                )
            )
        return result

    # --------------------------------------------------------------------- receipt
    def _why_not_receive(self):
        """Return why the user does not receive papers of this claim, or ``""``."""
        self.ensure_one()
        if self.requester_id == self.env.user:
            return self.env._("Nobody receives his own papers.")
        return self._why_not_accountant()

    def _check_can_receive(self):
        for claim in self:
            claim.check_access("read")
            claim._check_state(*RECEIVING_STATES)
            reason = claim._why_not_receive()
            if reason:
                raise AccessError(reason)

    def _known_papers(self, kind_ids):
        """Return the kinds of paper that a client names.

        :raises UserError: a kind that is neither needed by the claim nor announced
        """
        own = self.sudo()
        known = self._papers_needed().paper_kind_id | own.on_paper_kind_ids
        known |= own.paper_ids.paper_kind_id
        if not isinstance(kind_ids, list) or any(
            kind_id not in known.ids for kind_id in kind_ids
        ):
            raise UserError(self.env._("This claim has no such paper."))
        return known.filtered(lambda kind: kind.id in kind_ids)

    def action_receive_papers(self, kind_ids=None):
        """Note that the accountant has papers in his hands.

        :param list kind_ids: ids of ``party.paper.kind``; all that were announced when
            empty
        :raises AccessError: unless the user is an accountant of the board and not the
            requester
        :raises UserError: wrong state, or nothing to receive
        """
        self._check_can_receive()
        for claim in self:
            kinds = (
                claim._known_papers(kind_ids) if kind_ids else claim._papers_awaited()
            )
            new = kinds - claim.sudo().paper_ids.paper_kind_id
            if not new:
                raise UserError(self.env._("There is no paper left to receive."))
            now = fields.Datetime.now()
            # rows are written by this action only, which has checked role and state
            claim.sudo().env["party.claim.paper"].create(
                [
                    {
                        "claim_id": claim.id,
                        "paper_kind_id": kind.id,
                        "received_by_id": self.env.uid,
                        "received_on": now,
                    }
                    for kind in new
                ]
            )
            claim._log_papers(self.env._("Received on paper: %s"), new)
        return True

    def action_give_back_papers(self, kind_ids):
        """Take back the note that papers were received.

        :param list kind_ids: ids of ``party.paper.kind``
        :raises AccessError: see ``action_receive_papers``
        :raises UserError: wrong state, or it was not received
        """
        self._check_can_receive()
        for claim in self:
            kinds = claim._known_papers(kind_ids)
            rows = claim.sudo().paper_ids.filtered(
                lambda row, kinds=kinds: row.paper_kind_id in kinds
            )
            if not rows:
                raise UserError(self.env._("This paper was not received."))
            kinds = rows.paper_kind_id
            rows.unlink()
            claim._log_papers(self.env._("Given back: %s"), kinds)
        return True

    def _log_papers(self, text, kinds):
        self.invalidate_recordset(["paper_ids", "paper_checklist"])
        # whoever may receive a paper need not be who may write on the claim
        self.sudo().message_post(body=text % ", ".join(kinds.mapped("name")))

    def action_post(self):
        """Post when the papers that were announced are there, see accounting.

        :raises UserError: naming the papers that nobody has handed in yet
        """
        for claim in self:
            claim.check_access("read")
            awaited = claim._papers_awaited()
            if awaited and claim.state == "approved" and not claim._why_not_post():
                raise UserError(
                    self.env._(
                        "%(claim)s is not posted before these papers are handed in: "
                        "%(papers)s.",
                        claim=claim.display_name,
                        papers=", ".join(awaited.mapped("name")),
                    )
                )
        return super().action_post()
