"""Refusals that the web client shows in a dialog of their own."""

from odoo.exceptions import UserError


class BudgetShort(UserError):
    """A budget line has not enough money.

    The message says everything in words. ``context`` carries the same as data, so that
    the dialog shows a table, opens the documents and offers what can be done.
    """

    def __init__(self, message, lines):
        """
        :param str message: the refusal in words
        :param list lines: for each line ``{id, name, figures: [{label, amount}],
            holders: [{name, model, id, amount}], donors: [...], missing, offers}``
        """
        super().__init__(message)
        self.context = {"lines": lines}
