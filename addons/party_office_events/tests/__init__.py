from . import (
    test_party_event,
    test_home_events,
)
