from . import (
    test_paper_desk,
    test_paper_entry,
    test_party_document,
)
