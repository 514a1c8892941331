from . import test_party_document
from . import test_direction
from . import test_doing
from . import test_escalation
from . import test_direction_access
from . import test_direction_race
from . import test_report_paper
