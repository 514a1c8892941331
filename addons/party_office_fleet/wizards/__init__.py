from . import party_dispatch_trip, party_report_run
from . import party_car_emergency
