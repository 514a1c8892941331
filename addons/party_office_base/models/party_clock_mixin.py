from odoo import api, fields, models


class PartyClockMixin(models.AbstractModel):
    """A document that waits on exactly one named person at any moment."""

    _name = "party.clock.mixin"
    _description = "Document With a Clock"
    _inherit = ["party.protected.mixin", "party.waiting.mixin"]

    waiting_step = fields.Char(string="Waiting for", readonly=True, copy=False)
    clock_entry_ids = fields.One2many(
        "party.clock.entry",
        "res_id",
        string="Time at each person",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
    )

    # ------------------------------------------------------------- protection
    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "waiting_user_id",
            "waiting_since",
            "waiting_step",
        }

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents._sync_work_items()
        return documents

    def write(self, vals):
        result = super().write(vals)
        if self._work_item_fields() & vals.keys():
            self._sync_work_items()
        return result

    def unlink(self):
        # the work list follows its document
        self.env["party.work.item"].sudo()._of(self).unlink()
        return super().unlink()

    # ------------------------------------------------------------------ clock
    def _hand_to(self, user, step):
        """Hand the document to a person and stamp the time.

        Internal hand-over does not stop a deadline; it only tells who holds it.

        :param user: ``res.users`` record, or False when it waits on nobody any more
        :param str step: what the person is expected to do
        """
        now = fields.Datetime.now()
        # written by actions that have checked the right to act
        documents = self.sudo()
        documents.clock_entry_ids.filtered(lambda e: not e.date_to).write(
            {"date_to": now}
        )
        documents.write(
            {
                "waiting_user_id": user.id if user else False,
                "waiting_since": now if user else False,
                "waiting_step": step if user else False,
            }
        )
        if user:
            self.env["party.clock.entry"].sudo().create(
                [
                    {
                        "res_model": document._name,
                        "res_id": document.id,
                        "board_id": document.board_id.id,
                        "user_id": user.id,
                        "step": step,
                        "state": "state" in document and document.state,
                        "date_from": now,
                    }
                    for document in documents
                ]
            )
            documents.invalidate_recordset(["clock_entry_ids"])

    def _pass_to_accountant(self, user):
        """Pass what waits on a board's former accountant to his successor.

        Documents whose waiting person is not the accountant by duty (a requester who is
        an accountant himself, for example) leave it where it is.
        """
        self._hand_to(user, self.waiting_step)

    # -------------------------------------------------------------- work list
    @api.model
    def _work_item_fields(self):
        """Return the names of the fields that the work list shows."""
        return {
            "name",
            "board_id",
            "state",
            "waiting_user_id",
            "waiting_since",
            "waiting_step",
        }

    def _work_item_state(self):
        """Return ``draft``, ``open``, ``done`` or ``stopped`` for the work list."""
        self.ensure_one()
        return "open" if self.waiting_user_id else "done"

    def _work_item_summary(self):
        """Return in one line what the document is about."""
        return ""

    def _work_item_amount(self):
        """Return the amount (đồng) that the work list shows."""
        return 0.0

    def _prepare_work_item(self):
        """Return the values of the document's row in the work list."""
        self.ensure_one()
        return {
            "res_model": self._name,
            "res_id": self.id,
            "name": self.display_name,
            "summary": self._work_item_summary(),
            "board_id": self.board_id.id,
            "requester_id": self.requester_id.id,
            "waiting_user_id": self.waiting_user_id.id,
            "waiting_since": self.waiting_since,
            "step": self.waiting_step,
            "state": self._work_item_state(),
            "amount": self._work_item_amount(),
            "currency_id": self.currency_id.id,
        }

    def _sync_work_items(self):
        """Bring the rows of the work list in line with their documents."""
        # the list is derived data: nobody writes it by hand
        items = self.env["party.work.item"].sudo()
        item_by_id = {item.res_id: item for item in items._of(self)}
        to_create = []
        for document in self.sudo():
            values = document._prepare_work_item()
            item = item_by_id.get(document.id)
            if item:
                item.write(values)
            else:
                to_create.append(values)
        items.create(to_create)
