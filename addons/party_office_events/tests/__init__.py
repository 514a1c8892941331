from . import (
    test_party_event,
    test_event_money,
    test_event_reception,
)
