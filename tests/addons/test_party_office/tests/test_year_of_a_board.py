"""A year in the life of one board, told step by step.

Three chapters (``year_1_begins.py``, ``year_2_goes_on.py``, ``year_3_ends.py``), read
from the top: every step is one event with its day, the persons who act, and what the
books show afterwards, in đồng. ``year_case.py`` says what the persons can do.

==============  ====================================================================
January         estimate by decision, cash withdrawn at the Treasury, first claim,
                10 % withheld
February        a claim refused, one returned and sent again, one cancelled; the
                Treasury advance settled in part; the cash day closed with a count
March           claims by transfer and in cash; the rest of the advance repaid
April           an advance; a claim that the budget refuses; a transfer between items
May, June       advance settled with less, the rest returned; a supplement
July, August    advance settled with more; a typed correction with a second person
September       what was withheld is released
October         money crosses from fund 12 to fund 13 by a numbered decision
December        reports of past days, reconciliation with the Treasury, cash repaid
January         carried over, cancelled, closed; the new year has what was carried
==============  ====================================================================
"""

from odoo.tests import freeze_time, tagged

from odoo.addons.party_office_finance.tests.common import TODAY

from .year_1_begins import YearBegins
from .year_2_goes_on import YearGoesOn
from .year_3_ends import YearEnds


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestYearOfABoard(YearBegins, YearGoesOn, YearEnds):
    """Fund 13 pays fuel, stationery and overtime; fund 12 pays conferences."""

    def test_year_of_a_board(self):
        self.tell(YearBegins, YearGoesOn, YearEnds)
