from . import party_approval_decision
from . import party_position_change
from . import party_report_run
