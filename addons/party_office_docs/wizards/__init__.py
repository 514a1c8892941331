from . import (
    party_correspondent_merge,
    party_document_send_back,
    party_report_run,
    party_document_entry,
    party_document_form_check,
    party_document_opinion_wizards,
    party_document_signature,
    party_document_stop,
    party_document_step,
    party_archive_decide,
    party_archive_filing,
    party_archive_return,
    party_archive_take_back,
)
from . import mail_compose_message, party_secrecy_mark
