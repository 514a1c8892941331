from . import test_party_dispatch
