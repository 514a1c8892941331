from . import test_party_dispatch
from . import test_party_car_request
from . import test_car_entitlement
from . import test_car_emergency
from . import test_car_request_access
