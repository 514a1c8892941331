from . import (
    test_party_dispatch,
    test_party_dispatch_driving,
    test_party_dispatch_entry,
)
from . import test_dispatch_cost, test_fuel_statement
