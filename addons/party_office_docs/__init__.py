from . import controllers, models, wizards
from . import models, wizards
