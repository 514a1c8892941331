from . import controllers, models, wizards
from . import models, wizards
from . import models
from . import wizards
