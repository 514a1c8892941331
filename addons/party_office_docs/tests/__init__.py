from . import (
    test_paper_desk,
    test_paper_entry,
    test_party_document,
)
from . import test_party_document
from . import test_party_document_draft, test_party_document_issued
from . import (
    test_citizen_reception,
    test_paper_books,
    test_paper_sheet,
    test_thematic_programme,
)
from . import test_direction
from . import test_doing
from . import test_escalation
from . import test_direction_access
from . import test_direction_race
from . import test_report_paper
from . import test_party_archive_file
from . import test_party_archive_closing
from . import test_party_archive_life
from . import test_party_archive_access
