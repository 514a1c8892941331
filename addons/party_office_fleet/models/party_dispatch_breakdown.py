from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError


class PartyDispatch(models.Model):
    """A car breaks down in the middle of a trip."""

    _inherit = "party.dispatch"

    def action_breakdown(
        self, odometer, reason="", car_id=False, driver_id=False, moment=False
    ):
        """End a trip where the car stopped; another order takes its requests over.

        The km until there stay with this order, and its requests bear them. With car
        and driver the new order is sent for signature at once.

        :param int odometer: km where the car stopped
        :param int car_id: the car that comes, may be chosen later
        :param int driver_id: its driver, the usual one when left out
        :param moment: UTC, now when left out
        :return: the action that opens the order that takes over
        :raises UserError: not on the road, or the other car is taken
        """
        self.ensure_one()
        reason = self._check_can_change(reason, "running")
        if not isinstance(odometer, int) or isinstance(odometer, bool):
            raise UserError(self.env._("Enter what the odometer says."))
        self._check_plausible({"odometer_in": odometer})
        moment = fields.Datetime.to_datetime(moment) or fields.Datetime.now()
        if moment > fields.Datetime.now() or moment <= self.actual_start:
            raise UserError(
                self.env._("The breakdown is after the car left and not in the future.")
            )
        before = self._say_plan()
        requests = self.request_ids
        self._end_trip(odometer, moment)
        if self.km < self.planned_km:
            # what was not driven is free for the order that takes over
            self._cost_hold()
        new = self._replace(requests, car_id, driver_id, moment)
        self._log_change("breakdown", reason, before, new)
        self.car_id._on_breakdown(self, reason)
        if new.car_id and new.driver_id:
            new.action_submit()
        return {
            "type": "ir.actions.act_window",
            "res_model": "party.dispatch",
            "res_id": new.id,
            "views": [(False, "form")],
        }

    def _replace(self, requests, car_id, driver_id, moment):
        """Return a new order for the requests of one that broke down."""
        with self._changing():
            # protected: the requests go over, and this order still served them
            self.sudo().former_request_ids = requests
            requests._leave_dispatch()
            for request in requests:
                request._wait_again()
            self.invalidate_recordset(["request_ids"])
        car = self.env["party.car"].browse(car_id)
        new = self.create(
            {
                "board_id": self.board_id.id,
                "car_id": car_id,
                "driver_id": driver_id or car.usual_driver_id.id,
                "start": moment,
                "stop": max(self.stop, moment + timedelta(hours=1)),
                "route": self.route,
                "planned_km": max(self.planned_km - self.km, 0),
            }
        )
        # protected: set by this action only
        new.sudo().replaces_id = self
        requests._join_dispatch(new)
        return new


class PartyCar(models.Model):
    _inherit = "party.car"

    def _on_breakdown(self, dispatch, reason):
        """Act when a car broke down on a trip, for example take it off the road.

        :param dispatch: the order that ended by it
        :param str reason: what happened
        """
