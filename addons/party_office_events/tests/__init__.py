from . import (
    test_party_event,
)
