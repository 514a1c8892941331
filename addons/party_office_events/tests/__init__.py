from . import (
    test_party_supply,
    test_service_cost,
    test_service_forms,
    test_service_request,
    test_supply_race,
    test_party_event,
)
