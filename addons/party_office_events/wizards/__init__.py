from . import (
    party_event_delegate_add,
    party_room_find,
)
