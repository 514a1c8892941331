from . import (
    party_paper,
    attachment,
)
