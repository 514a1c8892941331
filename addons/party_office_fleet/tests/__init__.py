from . import test_party_dispatch
from . import test_car_answer
from . import test_dispatch_change
from . import test_car_board
from . import test_car_race
