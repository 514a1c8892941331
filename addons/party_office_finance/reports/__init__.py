from . import party_budget_line_xlsx, party_payment_batch_xlsx
