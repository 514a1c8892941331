from . import party_document_step
