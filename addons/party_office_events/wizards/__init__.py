from . import (
    party_event_advance_ask,
)
