from . import (
    test_party_event,
    test_party_event_linked,
    test_party_event_programme,
    test_party_event_conclusion,
    test_party_event_review,
    test_home_events,
)
