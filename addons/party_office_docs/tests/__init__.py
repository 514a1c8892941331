from . import test_party_document
from . import test_secrecy_gate
from . import test_document_search
from . import test_secrecy_removal
from . import test_secrecy_race
