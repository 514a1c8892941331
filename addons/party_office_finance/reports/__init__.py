from . import party_budget_line_xlsx
