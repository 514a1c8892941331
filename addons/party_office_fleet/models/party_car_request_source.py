from odoo import api, fields, models


class PartyCarRequest(models.Model):
    """A request that another document asked for: a conference, a delegation."""

    _inherit = "party.car.request"

    source_model = fields.Char(string="Asked by kind", readonly=True, copy=False)
    source_id = fields.Many2oneReference(
        string="Asked by", model_field="source_model", readonly=True, copy=False
    )

    _of_source = models.Index("(source_model, source_id) WHERE source_id IS NOT NULL")

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"source_model", "source_id"}

    @api.model
    def _of_documents(self, documents):
        """Return the requests of documents of one model, the living ones."""
        return self.search(
            [
                ("source_model", "=", documents._name),
                ("source_id", "in", documents.ids),
                ("state", "not in", ("refused", "cancelled")),
            ],
            order="start, id",
        )

    def _move(self, delta):
        """Ask for the same trip at another time.

        A draft is moved; what was sent is asked for again, because what was approved
        was another day.

        :param timedelta delta: how far
        :return: why it cannot be moved (``str``), empty when it was
        """
        self.ensure_one()
        # who asks need not read the order, and learns whose request it is
        found = self.sudo()
        if found.dispatch_id.progress in ("running", "done"):
            return self.env._("it is driven already")
        if found.requester_id != self.env.user:
            return self.env._(
                "only %(person)s may ask again", person=found.requester_id.name
            )
        times = {"start": self.start + delta, "stop": self.stop + delta}
        if self.state in ("draft", "returned"):
            self.write(times)
            return ""
        again = self.copy(times)
        # protected: the new request stands for the old one
        again.sudo().write(
            {"source_model": self.source_model, "source_id": self.source_id}
        )
        self.action_cancel()
        again.action_submit()
        return ""
