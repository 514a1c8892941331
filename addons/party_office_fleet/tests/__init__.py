from . import (
    test_party_dispatch,
    test_party_dispatch_driving,
    test_party_dispatch_entry,
    test_party_report_car_log,
)
