from . import test_party_document
