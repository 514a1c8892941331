from odoo import api, models


class PartyTransportMixin(models.AbstractModel):
    """A document that needs cars: a conference, a delegation.

    Who gives cars extends it; without the cars addon nothing happens. Rows are plain
    values, so that a document shows them without knowing whose they are.
    """

    _name = "party.transport.mixin"
    _description = "Document That Needs Cars"

    @api.model
    def _can_transport(self):
        """Tell whether cars can be asked for here."""
        return False

    def _transport_ask(self, wish):
        """Ask for a car for this document, as the user.

        :param dict wish: ``board`` (``party.board`` that bears the trip), ``start`` and
            ``stop`` (UTC), ``destination``, ``purpose``, ``persons``, ``note``
        :raises UserError: what the cars' own rules refuse
        """
        self.ensure_one()

    def _transports(self):
        """Return what was asked for, as plain values.

        :return: list of dicts ``name, start, stop, destination, persons, answer, car,
            model, id``; ``car`` is empty until there is one
        """
        self.ensure_one()
        return []

    def _transport_move(self, delta):
        """Let open requests follow the document to another time.

        :param timedelta delta: how far it moves
        :return: list of dicts ``what, moved, why``: one for each request
        """
        self.ensure_one()
        return []

    def _transport_cancel(self):
        """Give back what is not driven yet: the document is cancelled.

        :return: list of dicts ``what, moved, why`` of what could not be given back
        """
        self.ensure_one()
        return []
