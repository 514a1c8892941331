from . import (
    party_car,
    party_driver,
    party_car_request,
    party_dispatch,
    party_dispatch_row_mixin,
    party_dispatch_leg,
    party_dispatch_toll,
    party_dispatch_incident,
    party_fuel_fill,
    party_dispatch_trip,
)
