from . import (
    party_event_car_wish,
    party_service_word,
    party_supply_booking,
)
