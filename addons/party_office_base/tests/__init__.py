from . import (
    test_access_rights,
    test_analytic_scope,
    test_assignment_race,
    test_contention,
    test_form_report,
    test_party_board,
    test_party_board_assignment,
    test_party_norm,
    test_party_regulation,
    test_party_series,
    test_party_substitution,
    test_search_without_tone_marks,
)
