from . import party_budget_export, party_budget_import, party_claim_cancel
from . import party_cash_opening
from . import party_receipt_cancel
from . import party_ledger_export
from . import (
    party_budget_export,
    party_budget_import,
    party_claim_cancel,
    party_ledger_export,
)
