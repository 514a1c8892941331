from . import (
    party_archive_decide,
    party_archive_filing,
    party_archive_return,
    party_archive_take_back,
)
