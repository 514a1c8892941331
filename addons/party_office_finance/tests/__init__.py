from . import (
    test_access_rights,
    test_budget_ledger,
    test_budget_race,
    test_choke_point,
    test_leaks_and_forgery,
    test_party_budget_decision,
    test_party_budget_drift,
    test_party_budget_import,
    test_party_claim,
    test_party_claim_forms,
    test_report_xlsx,
    test_rpc_forgery,
)
