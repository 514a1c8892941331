from decimal import Decimal

from odoo import models

from ..rules.car_route import lesson


class PartyDispatch(models.Model):
    """An ended trip teaches the distance table."""

    _inherit = "party.dispatch"

    def _end_trip(self, odometer, moment=None):
        result = super()._end_trip(odometer, moment)
        self._teach_distance()
        return result

    def _teaches_distance(self):
        """Tell whether the km driven are those of the route that was asked for.

        Requests that share a car on different ways say nothing about either.
        """
        self.ensure_one()
        # the driver need not see what others asked for
        ways = {
            tuple(place.id for place in request._places())
            for request in self.sudo().request_ids
        }
        return self.km > 0 and len(ways) == 1 and ways != {()}

    def _teach_distance(self):
        for order in self:
            if not order._teaches_distance():
                continue
            # see _teaches_distance
            request = order.sudo().request_ids[0]
            places = request._places()
            way = request._way(places)
            table = self.env["party.distance"].sudo()
            pairs = self.env["party.place"].browse({p for leg in way for p in leg})
            known = table._between(pairs)._known()
            taught = way and lesson(
                way, known, Decimal(order.km), Decimal(str(order.hard_km))
            )
            if taught:
                table._learn(*taught, order)
            for place in set(places):
                # how often a place is driven to decides where it stands in the list
                place.sudo().trip_count += 1
