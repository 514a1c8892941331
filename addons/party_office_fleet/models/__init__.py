from . import (
    party_car,
    party_driver,
    party_car_request,
    party_dispatch,
)
