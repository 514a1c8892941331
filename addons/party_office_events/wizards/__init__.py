from . import (
    party_service_word,
    party_supply_booking,
)
