from . import party_event_learn
from . import (
    party_event_car_wish,
    party_service_word,
    party_supply_booking,
    party_task_edit,
    party_task_word,
    party_event_move,
    party_event_delegate_add,
    party_room_find,
    party_event_advance_ask,
)
