from . import party_event_learn
from . import (
    party_task_edit,
    party_task_word,
    party_event_move,
)
