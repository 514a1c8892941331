from . import (
    test_numbering_race,
    test_paper_desk,
    test_paper_entry,
    test_party_document,
)
