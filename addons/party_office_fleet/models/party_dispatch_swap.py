from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local


class PartyDispatch(models.Model):
    """Another car, another driver, another time."""

    _inherit = "party.dispatch"

    def action_swap(self, car_id=False, driver_id=False, reason=""):
        """Give an order another car, another driver, or both.

        :param int car_id: ``party.car``; stays as it is when left out
        :param int driver_id: ``party.driver``; stays as it is when left out
        :raises UserError: it has left, no reason, or the other one is taken
        """
        self.ensure_one()
        reason = self._check_can_change(reason, "planned")
        values = {}
        if car_id and car_id != self.car_id.id:
            values["car_id"] = car_id
        if driver_id and driver_id != self.driver_id.id:
            values["driver_id"] = driver_id
        if not values:
            raise UserError(self.env._("Choose another car or another driver."))
        former = self.driver_id
        self._change_plan(values, "swap", reason)
        if former != self.driver_id:
            self._hand_to_driver()
            self._tell_former_driver(former)
        return True

    def action_exchange(self, other_id, reason=""):
        """Let two orders exchange their cars and drivers.

        :param int other_id: ``party.dispatch``
        :raises UserError: one has left, no reason, or one cannot take the other's time
        """
        self.ensure_one()
        other = self.browse(other_id).exists()
        if not other or other == self:
            raise UserError(self.env._("Choose another order."))
        both = self | other
        reason = both._check_can_change(reason, "planned")
        mine = {"car_id": self.car_id.id, "driver_id": self.driver_id.id}
        others = {"car_id": other.car_id.id, "driver_id": other.driver_id.id}
        before = {order: order._say_plan() for order in both}
        # each takes what the other has: neither can be first
        self.env["party.occupancy"]._let_go(both)
        with both._changing():
            self.write({"car_id": False, "driver_id": False})
            other.write(mine)
            self.write(others)
        for order in both:
            order._check_seats()
            order._hold_again()
            order._hand_to_driver()
            order._log_change("swap", reason, before[order], both - order)
        return True

    def action_reschedule(self, start=False, stop=False, reason=""):
        """Move an order, make it longer, or let it end earlier.

        On the road only the end can change: the car is free for others from then.

        :param start: UTC; stays as it is when left out
        :param stop: UTC
        :raises UserError: car or driver are taken by another order then (names it)
        """
        self.ensure_one()
        reason = self._check_can_change(reason, "planned", "running")
        start = fields.Datetime.to_datetime(start) or self.start
        stop = fields.Datetime.to_datetime(stop) or self.stop
        if self.progress == "running" and start != self.start:
            raise UserError(self.env._("The car has left: only its return can change."))
        if (start, stop) == (self.start, self.stop):
            raise UserError(self.env._("Choose another time."))
        if stop <= (self.actual_start or start):
            raise UserError(self.env._("The car cannot be back before it leaves."))
        values = {"start": start, "stop": stop}
        self._change_plan(values, self._kind_of_move(start, stop), reason)
        return True

    def _kind_of_move(self, start, stop):
        if start != self.start:
            return "move"
        return "extend" if stop > self.stop else "early"

    def _change_plan(self, values, kind, reason):
        """Write what changes, hold the cost again and keep the evidence."""
        before = self._say_plan()
        with self._changing():
            self.write(values)
        self._check_seats()
        self._hold_again()
        self._log_change(kind, reason, before)

    def _hold_again(self):
        """Let the boards' budgets follow a changed order."""
        for order in self.filtered(lambda order: order.state == "approved"):
            order._cost_hold()

    def _hand_to_driver(self):
        """Let a signed order wait on who drives it now."""
        for order in self.filtered(lambda order: order.state == "approved"):
            order._hand_to(
                order.driver_user_id or order.requester_id, self.env._("Drive")
            )

    def _tell_former_driver(self, driver):
        # who does not drive any more cannot read the order: told by his own partner
        former = driver.sudo().user_id
        if former and former != self.env.user:
            day = local(self.env, self.start)
            self.sudo().message_notify(
                partner_ids=former.partner_id.ids,
                subject=self.env._("Another driver takes your trip"),
                body=self.env._(
                    "You do not drive %(order)s on %(day)s any more.",
                    order=self.display_name,
                    day=f"{day:%d/%m}",
                ),
                author_id=self.env.user.partner_id.id,
            )

    # ------------------------------------------------------------------------- seats
    def _check_seats(self):
        """Refuse more persons than the car may carry, the driver not counted.

        :raises UserError: with both numbers
        """
        for order in self.filtered("car_id"):
            # who shares the car counts, whether or not he is seen
            persons = sum(order.sudo().request_ids.mapped("passenger_count"))
            if persons > order.car_id.seats - 1:
                raise UserError(
                    self.env._(
                        "%(car)s has %(seats)s seats besides the driver's; "
                        "%(persons)s persons travel.",
                        car=order.car_id.display_name,
                        seats=order.car_id.seats - 1,
                        persons=persons,
                    )
                )

    def _check_can_submit(self):
        self._check_seats()
        return super()._check_can_submit()
