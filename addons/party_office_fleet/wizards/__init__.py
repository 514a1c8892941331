from . import party_car_emergency
