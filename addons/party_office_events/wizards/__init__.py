from . import party_event_learn
