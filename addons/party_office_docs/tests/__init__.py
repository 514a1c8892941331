from . import (
    test_citizen_reception,
    test_direction,
    test_direction_access,
    test_direction_race,
    test_document_search,
    test_doing,
    test_escalation,
    test_numbering_race,
    test_paper_books,
    test_paper_desk,
    test_paper_entry,
    test_paper_sheet,
    test_party_archive_access,
    test_party_archive_closing,
    test_party_archive_file,
    test_party_archive_life,
    test_party_archive_race,
    test_party_document,
    test_party_document_draft,
    test_party_document_issued,
    test_report_paper,
    test_secrecy_gate,
    test_thematic_programme,
)
from . import test_party_document
from . import test_secrecy_gate
from . import test_document_search
from . import test_secrecy_removal
from . import test_secrecy_race
