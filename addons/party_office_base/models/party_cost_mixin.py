from odoo import api, fields, models


class PartyCostMixin(models.AbstractModel):
    """A document that costs one or more boards money.

    The document says what it costs (``_cost_lines``) and calls the others at the
    right moment; what happens to the budget is not its business. Without the
    finance addon nothing happens.
    """

    _name = "party.cost.mixin"
    _description = "Cost of a Document"

    def _cost_date(self):
        """The date (``date``) that names the budget year; a document may override."""
        self.ensure_one()
        day = self["date"] if "date" in self._fields else False
        return fields.Date.to_date(day) or fields.Date.context_today(self)

    def _cost_lines(self):
        """What the document costs, by board and budget item.

        The document overrides it. It is asked again at every step, so it has to
        follow from stored data.

        :return: list of ``rules.cost.CostLine``, amounts in whole đồng
        """
        self.ensure_one()
        return []

    def _cost_hold(self):
        """Hold the cost on the boards' budgets: called once, when it is approved.

        :raise UserError: a board has not enough left (finance), with the figures
        """
        return

    def _cost_release(self, reason):
        """Give back what is held: the document is cancelled or costs less.

        :param str reason: what the budget ledger will say
        """
        return

    def _cost_settle(self, move=None):
        """Turn what is held into what is spent; the rest of the hold is given back.

        :param move: the ``account.move`` that books the cost, or None when the
            claim comes later
        """
        return

    # ------------------------------------------------------------------------ claims
    def _cost_claim_values(self):
        """What the payment claims of this document say beside its cost lines.

        A document that is paid by claims overrides it.

        :return: dict of ``kind`` (code of the kind of claim), ``description``,
            ``partner`` (``res.partner`` who is paid, may be empty), ``payee_name``,
            ``payment_method`` (cash or transfer) and ``attachments``
        """
        self.ensure_one()
        return {}

    def _cost_claim(self):
        """Make the payment claims of an approved document: one for each board that
        bears a part and has no claim yet.

        What the document holds is given back, board by board, when a claim is approved
        and holds it instead. Without the finance addon nothing happens.

        :return: number of claims made
        """
        return 0

    def _cost_claims(self):
        """Return the living claims of this document as plain values, board by board.

        :return: list of dicts ``board, name, amount, state, url`` (``url`` is empty
            when the user may not read the claim)
        """
        self.ensure_one()
        return []

    @api.model
    def _can_cost_claim(self):
        """Tell whether documents can become payment claims here."""
        return False

    # ---------------------------------------------------------------------- advances
    @api.model
    def _can_cost_advance(self):
        """Tell whether documents can ask for advances here."""
        return False

    def _cost_advance(self, amount, purpose):
        """Draft an advance out of what this document holds, for the user himself.

        The caller has checked that he may. Without the finance addon nothing happens.

        :param amount: đồng
        :param str purpose: what it is for
        :return: the action that opens it, or False
        :raise UserError: more than the document may still hold, in words
        """
        return False

    def _cost_advances(self):
        """Return the living advances of this document as plain values.

        :return: list of dicts, see ``_cost_claims``
        """
        self.ensure_one()
        return []

    @api.model
    def _cost_invoices_used(self, invoices):
        """Say which invoices documents outside of claims have already used.

        :param invoices: list of ``(series, number, amount)``; the series may be empty
        :return: ``{(series, number, amount): name of the document}``
        """
        return {}
