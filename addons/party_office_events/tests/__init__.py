from . import (
    test_party_event,
    test_party_event_people,
    test_party_room,
    test_party_room_race,
)
