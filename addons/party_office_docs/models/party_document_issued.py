from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.party_office_base.contention import take_rows
from odoo.addons.party_office_base.office_time import local_today

from .party_document_incoming import CHIEF, CLERK


class PartyDocument(models.Model):
    """An outgoing paper: its number, its draft, recall and cancelled numbers."""

    _inherit = "party.document"

    draft_ids = fields.One2many("party.document.draft", "document_id", readonly=True)
    recipient_ids = fields.One2many(
        "party.document.recipient", "document_id", string="Recipients", copy=False
    )
    delivery_ids = fields.One2many(
        "party.document.delivery", "document_id", string="Hand-over book", readonly=True
    )
    stop_reason = fields.Char(
        string="Reason",
        readonly=True,
        copy=False,
        help="Why the paper was recalled, or its number cancelled.",
    )
    stopped_at = fields.Datetime(readonly=True, copy=False)
    stopped_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    _book_idx = models.Index(
        "(body_id, kind_id, document_date DESC) WHERE direction = 'out'"
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "delivery_ids",
            "draft_ids",
            "stop_reason",
            "stopped_at",
            "stopped_by_id",
        }

    @api.model
    def _secret_content_fields(self):
        return super()._secret_content_fields() | {
            "recipient_ids",
            "delivery_ids",
            "stop_reason",
        }

    def write(self, vals):
        frozen = {
            "body_id",
            "kind_id",
            "symbol",
            "abstract",
            "document_date",
            "signer_name",
            "attachment_ids",
        }
        # superuser mode: only actions, which have checked what they change
        if frozen & vals.keys() and not self.env.su:
            self._check_not_issued()
        return super().write(vals)

    def _check_not_issued(self):
        """Refuse to change what an issued paper says.

        :raises UserError: naming the paper
        """
        for document in self:
            if document.direction == "out" and document.state != "received":
                raise UserError(
                    self.env._(
                        "%(document)s is issued: what it says is not changed any "
                        "more. Recall it and issue another one.",
                        document=document.display_name,
                    )
                )

    # ------------------------------------------------------------------- issue
    @api.model
    def _issue_paper(self, values, files, after=None, reason=""):
        """Make an outgoing paper with its number; the caller has checked the right to.

        :param dict values: body, kind, date … of the paper
        :param files: ``ir.attachment`` records, copied to the paper
        :param after: issued ``party.document`` after whose number it is put in
        :param str reason: why it is put in later
        """
        # superuser mode: papers are made by actions only
        document = self.sudo().create(
            {"direction": "out", "received_on": False, **values}
        )
        copies = files.browse()
        for file in files:
            # the store keeps equal files once
            copies |= file.sudo().copy(
                {"res_model": self._name, "res_id": document.id, "name": file.name}
            )
        if copies:
            document.attachment_ids = copies
        if after:
            document._take_inserted_number(after, reason)
        else:
            document._check_book_order()
            document._take_number()
        document.write(
            {"state": "secret"}
            if document.is_secret
            else {"state": "issued", "symbol": document.name}
        )
        document._add_readers(document.body_id.board_id)
        return document

    def _check_book_order(self):
        """Refuse a date before that of the last number of the book.

        :raises UserError: such a paper takes an inserted number
        """
        self.ensure_one()
        last = self.search(
            [
                ("direction", "=", "out"),
                ("body_id", "=", self.body_id.id),
                *(
                    []
                    if self.body_id.is_congress
                    else [("kind_id", "=", self.kind_id.id)]
                ),
                ("number", ">", 0),
                ("document_date", ">", self.document_date),
            ],
            order="document_date desc, id desc",
            limit=1,
        )
        if last:
            raise UserError(
                self.env._(
                    "%(number)s of this book is of %(day)s: a paper of an earlier day "
                    "takes an inserted number.",
                    number=last.name,
                    day=last.document_date.strftime("%d/%m/%Y"),
                )
            )

    def _take_inserted_number(self, after, reason):
        """Give the paper a number with a letter, after that of another paper."""
        self.ensure_one()
        same_book = after.direction == "out" and after.body_id == self.body_id
        if not self.body_id.is_congress:
            same_book = same_book and after.kind_id == self.kind_id
        given = self.env["party.series.number"].sudo()._of(after)[:1]
        if not same_book or not given:
            raise UserError(
                self.env._("Choose a number of the same body and kind of paper.")
            )
        text = given._insert(
            self.document_date,
            self,
            reason,
            {"kind": self.kind_id.abbreviation or "", "issuer": self.body_id.code},
        )
        # protected: the caller has checked the right to
        self.sudo().write(
            {
                "name": text,
                "number": given.number,
                "registered_at": fields.Datetime.now(),
                "registered_by_id": self.env.uid,
            }
        )

    @api.model
    def action_enter_issued(
        self, values, attachment_ids=None, after_id=None, reason=""
    ):
        """Enter a paper that was signed outside, or reserve a number for a secret one.

        :param dict values: body_id, kind_id, document_date, abstract, signer_name,
            urgency, page_count, secrecy
        :param list attachment_ids: the signed scan, required unless it is secret
        :param int after_id: the paper after whose number it is put in (15a)
        :param str reason: why it is put in later
        :raises AccessError: not the clerk
        :raises UserError: something is missing, or a secret paper brings content
        """
        self._check_clerk()
        allowed = {
            "body_id",
            "kind_id",
            "document_date",
            "abstract",
            "signer_name",
            "urgency",
            "page_count",
            "secrecy",
        }
        values = {name: values[name] for name in allowed & values.keys()}
        is_secret = values.get("secrecy", "none") != "none"
        day = fields.Date.to_date(values.get("document_date"))
        ids = (values.get("body_id"), values.get("kind_id"))
        if not day or not all(isinstance(value, int) and value for value in ids):
            raise UserError(self.env._("Enter body, kind and date."))
        if not day.year >= 2000 or day > local_today(self.env):
            raise UserError(self.env._("The date of a paper is not after today."))
        # as the clerk: what he may not see he may not name
        self.env["party.issuing.body"].browse(values["body_id"]).check_access("read")
        if is_secret:
            self._refuse_secret_content(
                {**values, "attachment_ids": attachment_ids or False}
            )
        elif not (values.get("abstract") and values.get("signer_name")):
            raise UserError(self.env._("Enter the abstract and who signed."))
        elif not attachment_ids:
            raise UserError(self.env._("Attach the scan of the signed paper."))
        after = self.browse(after_id or []).exists()
        after.check_access("read")
        files = self.env["ir.attachment"]
        if attachment_ids:
            files = self.env["party.document.draft"]._take_own_files(
                attachment_ids, self.browse()
            )
        body = self.env["party.issuing.body"].browse(values["body_id"])
        document = self._issue_paper(
            {**values, "requester_id": self.env.uid, "company_id": body.company_id.id},
            files,
            after,
            reason,
        )
        # the paper has its own copies
        files.unlink()
        return self.browse(document.id)

    def _open_issued(self):
        """Return the action that shows these papers."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "party_office_docs.party_document_action_out"
        )
        if len(self) == 1:
            return {
                "type": "ir.actions.act_window",
                "name": action["name"],
                "res_model": self._name,
                "res_id": self.id,
                "view_mode": "form",
            }
        return {**action, "domain": [("id", "in", self.ids)]}

    def _answer_incoming(self, incoming):
        """Tell the incoming papers that this one answers them.

        :param incoming: ``party.document`` records
        """
        self.ensure_one()
        for document in incoming.sudo():
            if hasattr(document, "_add_answer"):
                document._add_answer(self)
            if document.waiting_user_id:
                document.activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=document.waiting_user_id.id,
                    summary=self.env._(
                        "Answered by %(number)s: close it", number=self.name
                    ),
                )

    # ---------------------------------------------------------- recall, cancel
    def action_recall(self, reason):
        """Recall issued papers; the units that have them are told.

        :param str reason: required
        :raises AccessError: neither the clerk nor the chief of office
        """
        user = self.env.user
        if not (user.has_group(CLERK) or user.has_group(CHIEF)):
            raise AccessError(
                self.env._("The clerk or the chief of office recalls a paper.")
            )
        self._stop("recalled", reason)
        for document in self:
            # told whoever they are; the reason stays with the paper
            units = document.sudo().recipient_ids.board_id
            for head in units.head_id:
                document.sudo().activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=head.id,
                    summary=self.env._(
                        "%(number)s is recalled: do not use it", number=document.name
                    ),
                )
        return True

    def action_cancel_number(self, reason):
        """Cancel the numbers of papers that were never sent; the book keeps them.

        :param str reason: required
        :raises AccessError: not the clerk
        :raises UserError: somebody has the paper already: it is recalled
        """
        self._check_clerk()
        for document in self:
            if document.sudo().delivery_ids.filtered("received_at"):
                raise UserError(
                    self.env._(
                        "%(number)s was received already: recall it.",
                        number=document.name,
                    )
                )
        self._stop("cancelled", reason)
        for document in self:
            # the reason is in the book of numbers, too; a ledger keeps no content
            given = self.env["party.series.number"].sudo()._of(document)
            given._cancel(document.sudo().stop_reason)
        return True

    def _stop(self, state, reason):
        """Take issued papers out of force, after the right to was checked."""
        reason = reason.strip() if isinstance(reason, str) else ""
        if not reason:
            raise UserError(self.env._("Say why: the book keeps the reason."))
        self.check_access("read")
        if self:
            take_rows(self.env, self._table, self.ids)
        for document in self:
            if document.direction != "out":
                raise UserError(self.env._("This is for issued papers."))
            document._check_state("issued")
            # protected: the action has checked the right to
            document.sudo().write(
                {
                    "state": state,
                    "stop_reason": reason,
                    "stopped_at": fields.Datetime.now(),
                    "stopped_by_id": self.env.uid,
                }
            )

    def action_open_recall(self):
        """Open the dialog that asks why the paper is recalled."""
        return self._open_stop("recalled", self.env._("Recall the paper"))

    def action_open_cancel_number(self):
        """Open the dialog that asks why the number is cancelled."""
        return self._open_stop("cancelled", self.env._("Cancel the number"))

    def _open_stop(self, what, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "party.document.stop",
            "view_mode": "form",
            "target": "new",
            "context": {"default_document_ids": self.ids, "default_what": what},
        }
