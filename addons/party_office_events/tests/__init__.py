from . import (
    test_party_event,
    test_party_event_programme,
    test_party_event_conclusion,
    test_party_event_review,
    test_party_event_learn,
)
