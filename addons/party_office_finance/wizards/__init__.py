from . import (
    party_budget_export,
    party_budget_import,
    party_cash_opening,
    party_claim_cancel,
    party_ledger_export,
    party_receipt_cancel,
    party_report_run,
    party_payment_outcome,
)
