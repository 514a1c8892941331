from . import party_dispatch_trip
