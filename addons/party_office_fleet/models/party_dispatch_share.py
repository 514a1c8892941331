from odoo import models
from odoo.exceptions import UserError


class PartyCarRequest(models.Model):
    """Requests that go the same way share a car."""

    _inherit = "party.car.request"

    def action_join(self, dispatch_id, reason=""):
        """Put requests on an order that goes anyway (ghép xe).

        An order that waits for its signature is taken back, widened and sent again; one
        that is signed keeps its signature, and the change is kept with its reason.

        :param int dispatch_id: ``party.dispatch`` that has not left
        :raises UserError: not waiting, no seats, or car or driver taken then
        """
        self._check_dispatcher()
        self._check_waits()
        order = self.env["party.dispatch"].browse(dispatch_id).exists()
        if not order or order.progress != "planned":
            raise UserError(self.env._("Choose an order that has not left."))
        reason = reason or self.env._("They go the same way.")
        sent = order.state == "submitted"
        if sent:
            order.action_withdraw()
        reason = order._check_can_change(reason, "planned")
        signed = order.state == "approved"
        before = order._say_plan()
        start, stop = self._times()
        route = [order.route, *self.mapped("destination")]
        with order._changing():
            self._join_dispatch(order)
            order.write(
                {
                    "start": min(order.start, start),
                    "stop": max(order.stop, stop),
                    "route": " – ".join(dict.fromkeys(route)),
                    "planned_km": max([order.planned_km, *self.mapped("km")]),
                }
            )
        if signed:
            self._give_answer("assigned")
            self._hand_to(False, "")
            order._hold_again()
        order._log_change("join", reason, before)
        if sent:
            order.action_submit()
        return True

    def _join_dispatch(self, dispatch):
        result = super()._join_dispatch(dispatch)
        dispatch.invalidate_recordset(["request_ids"])
        dispatch._check_seats()
        return result


class PartyDispatch(models.Model):
    """Requests that share an order, and part again."""

    _inherit = "party.dispatch"

    def action_split(self, request_ids, reason="", car_id=False, driver_id=False):
        """Take requests off to an order of their own.

        :param list request_ids: ids of some, not all, of the order's requests
        :param int car_id: the car of the new order, may come later
        :return: the action that opens the new order
        :raises UserError: none or all of them, or the car is taken
        """
        self.ensure_one()
        reason = self._check_can_change(reason, "planned")
        leaving = self.request_ids.filtered(lambda r: r.id in (request_ids or ()))
        if not leaving or leaving == self.request_ids:
            raise UserError(
                self.env._("Choose some of the requests: the others stay on the order.")
            )
        before = self._say_plan()
        with self._changing():
            leaving._leave_dispatch()
            for request in leaving:
                request._wait_again()
            self.invalidate_recordset(["request_ids"])
            self.write(self._plan_of_requests())
        action = leaving.action_plan(car_id, driver_id)
        new = self.browse(action["res_id"])
        self._log_change("split", reason, before, new)
        return action

    def _plan_of_requests(self):
        """Return time, route and km that the requests still on the order need."""
        start, stop = self.request_ids._times()
        return {
            "start": start,
            "stop": stop,
            "route": " – ".join(dict.fromkeys(self.request_ids.mapped("destination"))),
            "planned_km": max(self.request_ids.mapped("km")),
        }

    def _on_request_left(self):
        result = super()._on_request_left()
        for order in self:
            # a requester who cancels changes what was signed, too
            signed = order.state == "approved" and order.request_ids
            if signed and not order._is_changing():
                text = self.env._("A requester cancelled.")
                order._log_change("split", text, order._say_plan())
        return result
