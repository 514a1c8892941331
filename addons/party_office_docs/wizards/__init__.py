from . import party_correspondent_merge, party_document_send_back
from . import party_report_run
from . import (
    party_document_entry,
    party_document_form_check,
    party_document_opinion_wizards,
    party_document_signature,
    party_document_stop,
)
from . import party_document_step
from . import (
    party_archive_decide,
    party_archive_filing,
    party_archive_return,
    party_archive_take_back,
)
