from . import (
    test_party_dispatch,
    test_party_car_request,
    test_car_entitlement,
    test_car_emergency,
    test_car_request_access,
    test_party_dispatch_driving,
    test_party_dispatch_entry,
    test_party_report_car_log,
    test_party_car_care,
    test_party_car_repair,
    test_party_report_cars,
    test_dispatch_cost,
    test_fuel_statement,
    test_car_answer,
    test_dispatch_change,
    test_car_board,
    test_car_race,
)
from . import test_party_car_request
from . import test_car_entitlement
from . import test_car_emergency
from . import test_car_request_access
