from . import test_party_document
from . import test_party_archive_file
from . import test_party_archive_closing
from . import test_party_archive_life
from . import test_party_archive_access
from . import test_party_archive_race
