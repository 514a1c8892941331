from . import (
    test_approval,
    test_approval_channels,
    test_budget_property,
    test_conformance,
    test_directive,
    test_event_claims,
    test_fuel_claims,
    test_week_of_cars,
    test_repair_claims,
    test_secret_paper,
    test_year_of_a_board,
)
