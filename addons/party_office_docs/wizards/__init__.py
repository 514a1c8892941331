from . import party_correspondent_merge, party_document_send_back
