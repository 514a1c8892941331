from . import (
    party_correspondent,
    party_secrecy_mixin,
    party_document,
    party_document_incoming,
    party_document_kind,
    party_document_reading,
    party_document_routing,
    party_document_secrecy,
    party_issuing_body,
    res_users,
)
