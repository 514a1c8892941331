from . import test_dispatch_cost, test_fuel_statement, test_party_dispatch
