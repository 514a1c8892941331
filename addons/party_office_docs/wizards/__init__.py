from . import party_secrecy_mark
