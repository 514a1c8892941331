from . import party_car_emergency
from . import party_dispatch_trip, party_report_run
from . import party_fuel_statement_make
from . import party_dispatch_trip
