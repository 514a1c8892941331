from . import party_fuel_statement_make
