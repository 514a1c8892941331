from . import (
    test_party_dispatch,
    test_party_dispatch_driving,
    test_party_dispatch_entry,
)
from . import (
    test_party_car_care,
    test_party_car_repair,
    test_party_report_cars,
)
