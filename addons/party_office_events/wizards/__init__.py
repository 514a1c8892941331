from . import (
    party_event_car_wish,
)
