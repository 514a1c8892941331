from . import party_approval_decision
