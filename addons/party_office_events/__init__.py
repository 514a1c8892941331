from . import (
    models,
    wizards,
)
