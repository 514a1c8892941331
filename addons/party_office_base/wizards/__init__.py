from . import party_approval_decision
from . import party_position_change
