from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.party_office_base.rules.amount_in_words import amount_in_words
from odoo.addons.party_office_base.rules.money import whole

from .party_payable_mixin import CODE
from .party_payment_batch import CASHIER, PAYABLE

#: rows on the screen: who looks for more types a name
FEW = 30


class PartyCashierDesk(models.AbstractModel):
    """The cashier's screen: find who stands in front of the desk, pay, print.

    It reads and pays with the rights of the user; the documents check everything
    themselves. Amounts are whole đồng.
    """

    _name = "party.cashier.desk"
    _description = "Cashier's Desk"

    @api.model
    def _check_cashier(self):
        if not self.env.user.has_group(CASHIER):
            raise AccessError(self.env._("Only the cashier pays."))

    @api.model
    def get_desk(self, query="", batch_id=False):
        """Return what waits for the cashier.

        :param str query: words of a name or number, or the code on a form
        :param int batch_id: only documents of this list
        :returns: dict: balance, batches, rows, total (number of rows that there are),
            found (the document that the code or number names, as ``[model, id]``)
        :raises AccessError: unless the user is cashier
        :raises UserError: the code names no document that waits
        """
        self._check_cashier()
        query = str(query or "").strip()
        box = self.env["party.cash.box"]._of(self.env.company)
        data = {
            "balance": whole(box.balance),
            "batches": self._batches(),
            "rows": [],
            "total": 0,
            "found": False,
        }
        if query.upper().startswith(f"{CODE}:"):
            document = self._by_code(query)
            data["found"] = [document._name, document.id]
            return data
        documents = []
        for name in PAYABLE:
            domain = self._waiting_domain(name, query, batch_id)
            model = self.env[name]
            documents += model.search(domain, order="waiting_since, id", limit=FEW)
            data["total"] += model.search_count(domain)
        documents.sort(key=lambda document: (document.waiting_since, document.name))
        data["rows"] = [self._row(document) for document in documents[:FEW]]
        if query and data["total"] == 1:
            data["found"] = [documents[0]._name, documents[0].id]
        return data

    @api.model
    def _waiting_domain(self, name, query, batch_id=False):
        model = self.env[name]
        domain = Domain(
            [
                ("state", "=", model._payable_state),
                ("payment_method", "=", "cash"),
                ("company_id", "=", self.env.company.id),
            ]
        )
        for word in query.split():
            domain &= Domain.OR(
                Domain(field, "ilike", word) for field in model._payable_search_fields()
            )
        if isinstance(batch_id, int) and batch_id:
            lines = self.env["party.payment.batch.line"].search(
                [("batch_id", "=", batch_id), ("res_model", "=", name)]
            )
            domain &= Domain("id", "in", lines.mapped("res_id"))
        return domain

    @api.model
    def _batches(self):
        batches = self.env["party.payment.batch"].search(
            [
                ("payment_method", "=", "cash"),
                ("state", "=", "ready"),
                ("company_id", "=", self.env.company.id),
            ],
            order="date, id",
        )
        return [
            {
                "id": batch.id,
                "name": batch.name,
                "description": batch.description or "",
                "progress": batch.progress,
                "left": whole(batch.amount_total - batch.amount_paid),
            }
            for batch in batches
        ]

    @api.model
    def _by_code(self, code):
        """Return the document that the code on a form names.

        :raises UserError: no such document
        """
        _party, _colon, rest = code.partition(":")
        name, _colon, number = rest.partition(":")
        name = name.strip().lower()
        number = number.strip()
        document = (
            self.env[name].search([("name", "in", (number, number.upper()))], limit=2)
            if name in PAYABLE and number and number != "/"
            else []
        )
        if len(document) != 1:
            raise UserError(
                self.env._("No claim or advance has the code %s.", code[:80])
            )
        return document

    @api.model
    def _document(self, name, document_id):
        """Return a document that the user may read.

        :raises UserError: no kind of document that is paid, or it is gone
        """
        self._check_cashier()
        document = (
            self.env[name].browse(document_id).exists()
            if name in PAYABLE and isinstance(document_id, int)
            else None
        )
        if not document:
            raise UserError(self.env._("This document is gone: look for it again."))
        document.check_access("read")
        return document

    @api.model
    def _row(self, document):
        return {
            "model": document._name,
            "id": document.id,
            "name": document.name,
            "voucher": document.voucher_number or "",
            "receiver": document._payable_receiver(),
            # the name of a board is public inside the office
            "board": document.board_id.sudo().name,
            "content": document._payable_content(),
            "amount": document._payable_amount(),
        }

    @api.model
    def get_payable(self, name, document_id):
        """Return all that the cashier sees before he pays one document.

        :returns: dict: the row, words, photo, papers, why_not, state, seen
        :raises AccessError: unless the user is cashier and may read it
        :raises UserError: it is gone
        """
        document = self._document(name, document_id)
        amount = document._payable_amount()
        labels = dict(document._fields["state"]._description_selection(self.env))
        listed = document._payable_line().batch_id
        return {
            **self._row(document),
            "words": amount_in_words(amount),
            "requester": document.requester_id.name,
            "photo": f"/web/image/res.users/{document.requester_id.id}/avatar_256",
            "state": labels[document.state],
            "is_paid": document._payable_is_paid(),
            "why_not": self._why_not(document),
            "seen": document._payable_fingerprint(),
            "batch": listed.name or "",
            "has_voucher": bool(document.voucher_number and document._print_voucher()),
            "papers": [
                {
                    "id": paper.id,
                    "name": paper.name,
                    "is_image": (paper.mimetype or "").startswith("image/"),
                }
                for paper in document.attachment_ids
            ],
        }

    @api.model
    def _why_not(self, document):
        """Return why the user cannot pay this document now, or ``""``."""
        if document._payable_is_paid():
            return self.env._("It is paid already.")
        if document.state != document._payable_state:
            return self.env._("It does not wait for payment.")
        return document._why_not_pay()

    @api.model
    def pay(self, name, document_id, seen):
        """Hand out the cash of one document.

        :param str seen: what ``get_payable`` said; the cashier pays what he saw
        :returns: ``get_payable`` of the paid document
        :raises AccessError: the document's own refusals
        :raises UserError: it was changed since, the box is short, or it is paid already
        """
        document = self._document(name, document_id)
        if document.payment_method != "cash":
            raise UserError(self.env._("A transfer is paid by a Treasury document."))
        if document._payable_fingerprint() != seen:
            raise UserError(
                self.env._(
                    "%s was changed after you opened it: look at it again before you "
                    "pay.",
                    document.display_name,
                )
            )
        document.action_pay()
        return self.get_payable(name, document_id)

    @api.model
    def print_voucher(self, name, document_id):
        """Return the action that prints the voucher of a document.

        :raises UserError: it has none
        """
        action = self._document(name, document_id)._print_voucher()
        if not action:
            raise UserError(self.env._("This document has no voucher to print."))
        return action
