from . import mail_compose_message, party_secrecy_mark
