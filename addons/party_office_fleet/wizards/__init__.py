from . import (
    party_car_emergency,
    party_dispatch_trip,
    party_report_run,
    party_fuel_statement_make,
    party_car_answer,
    party_dispatch_change_wizard,
)
