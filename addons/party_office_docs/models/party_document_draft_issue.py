from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.contention import take_rows
from odoo.addons.party_office_base.office_time import local, local_today


class PartyDocumentDraft(models.Model):
    """A signed draft becomes a paper of the book: number, date, recipients."""

    _inherit = "party.document.draft"

    @api.constrains("answer_to_ids")
    def _check_answers_readable(self):
        """An answer is linked by who reads the paper that it answers.

        :raises AccessError: a paper that the user does not read
        """
        for draft in self:
            # superuser mode: the whole list, then checked as the user himself
            incoming = self.env["party.document"].browse(draft.sudo().answer_to_ids.ids)
            incoming.check_access("read")

    def action_issue(self, document_date=None):
        """Give signed papers their numbers and issue them.

        :param document_date: date of the papers, default today
        :raises AccessError: not the clerk
        :raises UserError: not signed, changed since, or the date does not fit
        :return: the issued papers, as an action
        """
        documents = self.env["party.document"]
        documents._check_clerk()
        self.check_access("read")
        if self:
            # two clerks at once: the second runs again and sees the first one's number
            take_rows(self.env, self._table, self.ids)
        for draft in self:
            draft._check_not_secret()
            draft._check_state("approved")
            draft._check_approval_intact()
            documents |= draft._issue(draft._issue_day(document_date))
        return documents._open_issued()

    def _issue_day(self, document_date):
        """Return the date of the paper (``date``).

        :raises UserError: before the signature, or a day to come
        """
        self.ensure_one()
        day = fields.Date.to_date(document_date) or local_today(self.env)
        signed = local(self.env, self.signed_at).date()
        if self.signed_capacity == "paper":
            entered = self._current_approvals()[-1:].comment
            signed = fields.Date.to_date(entered) or signed
        if not signed <= day <= local_today(self.env):
            raise UserError(
                self.env._(
                    "The date of a paper is not before its signature (%(day)s) and not "
                    "after today.",
                    day=signed.strftime("%d/%m/%Y"),
                )
            )
        return day

    def _issue(self, day):
        """Make the paper of the book; the caller has checked the right to.

        :param day: date of the paper
        :return: ``party.document``
        """
        self.ensure_one()
        # the clerk may not write the drafts of the units
        draft = self.sudo()
        document = draft.env["party.document"]._issue_paper(
            {
                "body_id": draft.body_id.id,
                "kind_id": draft.kind_id.id,
                "abstract": draft.title,
                "document_date": day,
                "signer_name": draft.signed_by_id.name
                if draft.signed_capacity in ("kt", "tl")
                else draft.signer_name,
                "urgency": draft.urgency,
                "page_count": draft.page_count,
                "company_id": draft.company_id.id,
                "requester_id": draft.requester_id.id,
            },
            draft.signed_scan_ids | draft.attachment_ids,
        )
        draft.recipient_ids.write({"document_id": document.id})
        draft.write({"state": "issued", "document_id": document.id})
        draft._hand_to(False, "")
        document._add_readers(
            draft.board_id, draft.requester_id | draft.signer_id | draft.signed_by_id
        )
        document._attach_print()
        document._deliver()
        document._answer_incoming(draft.answer_to_ids)
        draft.message_post(
            body=self.env._("Issued as %(number)s.", number=document.name),
            partner_ids=draft.requester_id.partner_id.ids,
        )
        return document
