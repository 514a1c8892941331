from . import (
    party_budget_export,
    party_budget_import,
    party_claim_cancel,
    party_ledger_export,
    party_report_run,
)
