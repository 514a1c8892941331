from . import test_party_document
from . import (
    test_outgoing_access,
    test_outgoing_race,
    test_party_document_draft,
    test_party_document_issued,
)
