from . import (
    test_party_event,
    test_party_event_linked,
)
