import binascii

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.party_office_base.office_time import local, local_today, midnight

from ..rules.symbol import fold, parse, spell, tidy

#: what the page sends; everything else of a paper is set by its actions
FIELDS = {
    "body_id",
    "kind_id",
    "symbol",
    "document_date",
    "received_on",
    "sender_id",
    "abstract",
    "signer_name",
    "urgency",
    "secrecy",
    "channel",
    "page_count",
    "note",
    "duplicate_reason",
    "late_reason",
}
LAST_ROWS = 8
WAITING_ROWS = 40
FOUND_SENDERS = 8


class PartyPaperEntry(models.AbstractModel):
    """The clerk's desk: papers come in one after the other, typed by keyboard alone.

    Each method checks that the user is a clerk. A paper and its number are saved in one
    call: what is not saved keeps no number.
    """

    _name = "party.paper.entry"
    _description = "Entry of Incoming Papers"

    # -------------------------------------------------------------------- desk
    @api.model
    def get_desk(self):
        """Return what the page needs before anything is typed (``dict``)."""
        documents = self._documents()
        bodies = self.env["party.issuing.body"].search(
            [("company_id", "=", self.env.company.id), ("receives", "=", True)]
        )

        def options(name):
            return documents._fields[name]._description_selection(self.env)

        return {
            "today": fields.Date.to_string(local_today(self.env)),
            "bodies": [[body.id, f"{body.code} – {body.name}"] for body in bodies],
            "kinds": [
                {
                    "id": kind.id,
                    "name": kind.name,
                    "abbreviation": kind.abbreviation or "",
                }
                for kind in self.env["party.document.kind"].search(
                    [("active", "=", True)]
                )
            ],
            "urgencies": options("urgency"),
            "secrecies": options("secrecy"),
            "channels": options("channel"),
            **self._lists(),
        }

    @api.model
    def _lists(self):
        """Return what changes with each paper: today's rows, and what waits."""
        documents = self._documents()
        own = Domain("company_id", "=", self.env.company.id)
        today = midnight(self.env, local_today(self.env))
        incoming = own & Domain("direction", "=", "in")
        done = incoming & Domain("registered_at", ">=", today)
        waiting = incoming & Domain("state", "=", "received")
        last = documents.search(
            done, order="registered_at desc, number desc", limit=LAST_ROWS
        )
        received = documents.search(
            waiting, order="urgency desc, id", limit=WAITING_ROWS
        )
        return {
            "last": [self._row(document) for document in last],
            "registered_today": documents.search_count(done),
            "waiting": [self._row(document) for document in received],
            "waiting_total": documents.search_count(waiting),
        }

    @api.model
    def _row(self, document):
        secret = document.is_secret
        moment = document.registered_at or document.create_date
        return {
            "id": document.id,
            "number": document.name or "",
            "symbol": document.symbol or "",
            "sender": document.sender_id.name or "",
            "abstract": document.abstract or "",
            "urgency": document.urgency,
            "secret": secret,
            "late": document.registered_late,
            "time": local(self.env, moment).strftime("%H:%M %d/%m"),
            "day": _day(document.document_date),
            "files": 0 if secret else len(document.attachment_ids),
        }

    # ----------------------------------------------------------------- guesses
    @api.model
    def guess(self, symbol, sender_id=False, document_date=False, body_id=False):
        """Return what a symbol says: kind, sender, and papers that carry it already.

        :param str symbol: as it was typed
        :param sender_id: the sender that was chosen, if any
        :param document_date: ISO date of the paper, if known
        :param body_id: whose book
        """
        documents = self._documents()
        kinds = self.env["party.document.kind"].search([("abbreviation", "!=", False)])
        parts = parse(symbol or "", kinds.mapped("abbreviation"))
        wanted = fold(parts.kind)
        kind = kinds.filtered(lambda k: wanted and fold(k.abbreviation) == wanted)[:1]
        senders = self.env["party.correspondent"]._of_suffix(parts.issuer)
        only = senders if len(senders) == 1 else senders.browse()
        sender = senders.browse(sender_id or []) or only
        body = self.env["party.issuing.body"].browse(body_id or [])
        return {
            "symbol": spell(
                symbol or "", kind.abbreviation or "", senders[:1].code or ""
            ),
            "kind_id": kind.id,
            "sender": [only.id, only.name] if only else False,
            "senders": [[row.id, row.name] for row in senders],
            "duplicates": [
                self._row(document)
                for document in documents._find_duplicates(
                    symbol, sender, fields.Date.to_date(document_date), body
                )
            ],
        }

    @api.model
    def find_senders(self, text, symbol=""):
        """Return senders ``[id, name]`` for what was typed, those of the suffix first.

        :param str text: part of a name, with or without tone marks, or a suffix
        :param str symbol: of the paper
        """
        self._documents()
        senders = self.env["party.correspondent"]
        found = senders._of_suffix(text) if text else senders
        of_symbol = senders._of_suffix(parse(symbol or "").issuer)
        if text:
            ids = [row[0] for row in senders.name_search(text, limit=FOUND_SENDERS)]
            found |= of_symbol.filtered(lambda s: fold(text) in fold(s.name))
            found |= senders.browse(ids)
        else:
            found = of_symbol
        return [[sender.id, sender.name] for sender in found[:FOUND_SENDERS]]

    @api.model
    def load(self, document_id):
        """Return a received paper for the fields of the page.

        :raises UserError: somebody registered it already
        """
        document = self._received(document_id)
        secret = document.is_secret
        return {
            "id": document.id,
            "body_id": document.body_id.id,
            "kind_id": document.kind_id.id,
            "symbol": document.symbol or "",
            "document_date": fields.Date.to_string(document.document_date) or "",
            "received_on": fields.Date.to_string(document.received_on) or "",
            "sender": [document.sender_id.id, document.sender_id.name]
            if document.sender_id
            else False,
            "abstract": document.abstract or "",
            "signer_name": document.signer_name or "",
            "urgency": document.urgency,
            "secrecy": document.secrecy,
            "channel": document.channel,
            "page_count": document.page_count,
            "note": document.note or "",
            "files": []
            if secret
            else [
                {
                    "id": attachment.id,
                    "name": attachment.name,
                    "mimetype": attachment.mimetype,
                }
                for attachment in document.attachment_ids
            ],
        }

    # ---------------------------------------------------------------- register
    @api.model
    def register(self, values, sender_name="", files=(), document_id=False):
        """Save a paper and give it the next number, in one transaction.

        :param dict values: fields of the paper, see ``FIELDS``
        :param str sender_name: a sender that is not in the directory yet
        :param files: ``[{"name", "data"}]``, the scan in base64
        :param document_id: a paper that was received before (file, e-mail)
        :return: ``{"number", "id"}`` and the lists of the page; or ``{"duplicates"}``
            when the paper is in the book already and no reason was given
        :raises AccessError: not the clerk
        :raises UserError: something is missing
        """
        documents = self._documents()
        values = {name: values[name] for name in FIELDS & values.keys()}
        self._check_order_of_days(values)
        if values.get("secrecy", "none") != "none":
            # Law 117/2025/QH15: nothing but number, kind and date
            for name in documents._secret_content_fields():
                values.pop(name, None)
            sender_name, files = "", ()
        elif not document_id or values.get("symbol") or values.get("abstract"):
            values["symbol"] = tidy(values.get("symbol") or "") or False
            values["sender_id"] = self._sender(values, sender_name)
        twins = self._twins(documents, values, document_id)
        if twins:
            return {"duplicates": [self._row(twin) for twin in twins]}
        if document_id:
            document = self._received(document_id)
            self._check_not_marked_here(document, values)
            document.write(values)
        else:
            document = documents.create(values)
        document._keep_scans(files)
        document.action_register()
        return {
            "id": document.id,
            "number": document.name,
            "late": document.registered_late and not document.late_reason,
            **self._lists(),
        }

    @api.model
    def _check_order_of_days(self, values):
        """Refuse days that a clerk sees to be wrong only when he reads them again.

        :raises UserError: naming the days
        """
        received = fields.Date.to_date(values.get("received_on"))
        dated = fields.Date.to_date(values.get("document_date"))
        if received and received > local_today(self.env):
            raise UserError(self.env._("The day it came in lies in the future."))
        if received and dated and dated > received:
            raise UserError(
                self.env._("The paper is dated later than the day it came in.")
            )

    @api.model
    def _check_not_marked_here(self, document, values):
        """Refuse a mark of secrecy on a paper whose content is saved already: that
        content has to be removed first, which the action on its form does.
        """
        secrecy = values.get("secrecy", document.secrecy)
        if secrecy != document.secrecy:
            raise UserError(
                self.env._(
                    "This paper was saved with its content. Open it and mark it as "
                    "secret there, so that the content is removed."
                )
            )

    @api.model
    def _twins(self, documents, values, document_id):
        """Return the papers that must be shown before this one is registered."""
        explained = (values.get("duplicate_reason") or "").strip()
        if explained or not values.get("sender_id"):
            return documents.browse()
        return documents._find_duplicates(
            values.get("symbol"),
            self.env["party.correspondent"].browse(values["sender_id"]),
            fields.Date.to_date(values.get("document_date")),
            self.env["party.issuing.body"].browse(values.get("body_id") or []),
            documents.browse(document_id or []),
        )

    @api.model
    def _sender(self, values, sender_name):
        """Return the id of the sender; a new name becomes a correspondent."""
        senders = self.env["party.correspondent"]
        sender = senders.browse(values.get("sender_id") or [])
        name = " ".join((sender_name or "").split())
        if not sender and name:
            sender = senders.browse(senders.name_create(name)[0])
        if sender:
            sender._learn_suffix(parse(values.get("symbol") or "").issuer)
        return sender.id

    @api.model
    def receive(self, files, channel="paper"):
        """Keep scans for later, one paper each, without a number.

        :param files: ``[{"name", "data"}]`` in base64
        :return: the lists of the page
        """
        documents = self._documents()
        if not files:
            raise UserError(self.env._("Choose at least one file."))
        for file in files:
            documents.create({"channel": channel})._keep_scans([file])
        return self._lists()

    # ------------------------------------------------------------------ checks
    @api.model
    def _documents(self):
        """Return the model of papers after the right to keep the book was checked.

        :raises AccessError: not the clerk
        """
        documents = self.env["party.document"]
        documents._check_clerk()
        if not documents.has_access("create"):
            raise AccessError(self.env._("Only the clerk keeps the books."))
        return documents

    @api.model
    def _received(self, document_id):
        document = self._documents().browse(document_id).exists()
        if not document:
            raise UserError(self.env._("This paper is no longer there."))
        document.check_access("write")
        document._check_state("received")
        return document


class PartyDocument(models.Model):
    _inherit = "party.document"

    def _keep_scans(self, files):
        """Attach files that the page sends.

        :param files: ``[{"name", "data"}]`` in base64
        :raises UserError: a file without content
        """
        for document in self:
            for file in files or ():
                name = " ".join(str(file.get("name") or "").split())[:200]
                try:
                    content = binascii.a2b_base64(file.get("data") or "")
                except (binascii.Error, ValueError):
                    content = b""
                if not (name and content):
                    raise UserError(self.env._("%(file)s is empty.", file=name or "?"))
                # of this paper from the start: who reads it sees it, nobody else
                attachment = self.env["ir.attachment"].create(
                    {
                        "name": name,
                        "raw": content,
                        "res_model": document._name,
                        "res_id": document.id,
                    }
                )
                document.write({"attachment_ids": [fields.Command.link(attachment.id)]})


def _day(day):
    return day.strftime("%d/%m/%Y") if day else ""
