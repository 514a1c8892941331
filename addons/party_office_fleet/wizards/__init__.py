from . import (
    party_car_answer,
    party_dispatch_change_wizard,
)
