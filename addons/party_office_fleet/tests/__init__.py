from . import test_party_car_care, test_party_car_repair, test_party_dispatch
