from . import party_budget_import, party_claim_cancel
from . import party_ledger_export
