from . import (
    test_party_dispatch,
    test_party_dispatch_driving,
    test_party_dispatch_entry,
    test_party_report_car_log,
)
from . import test_party_car_request
from . import test_car_entitlement
from . import test_car_emergency
from . import test_car_request_access
