from . import party_fuel_statement_make
from . import party_dispatch_trip
