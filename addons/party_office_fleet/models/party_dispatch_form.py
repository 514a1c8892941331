from odoo import fields, models

from odoo.addons.party_office_base.rules.form_text import figure, long_date


class PartyDispatch(models.Model):
    """The order on paper: Vietnamese, whatever the user's language."""

    _inherit = "party.dispatch"

    def _form_values(self, report):
        # car, driver and travellers stand on the order, whoever prints it
        order = self.sudo()
        signed = order._form_signed(order._form_approvals())
        approved_at = max(
            order._current_approvals().filtered("decided_at").mapped("decided_at"),
            default=False,
        )
        day = approved_at if order.state == "approved" else False
        confirmed = {"person": order.confirmed_by_id.name or ""}
        if order.confirmed_at:
            confirmed["at"] = order._form_moment(order.confirmed_at)
        return super()._form_values(report) | {
            "day": long_date(day and fields.Datetime.context_timestamp(order, day)),
            "plate": order.car_id.plate or "",
            "car": order.car_id.name or "",
            "driver": order.driver_id.name or "",
            "driver_phone": order.driver_id.phone or "",
            "start": order._form_moment(order.start),
            "stop": order._form_moment(order.stop),
            "left": order._form_moment(order.actual_start),
            "back": order._form_moment(order.actual_stop),
            "served": [
                request._for_phone() | {"basis": request.basis or ""}
                for request in order._travelled_requests()
            ],
            "remarks": order._form_remarks(),
            "signed": signed,
            "confirmed": confirmed,
        }

    def _form_remarks(self):
        """Return what the driver noted beside the km, a line each."""
        remarks = []
        if self.hard_km:
            remarks.append(f"Đường khó: {figure(self.hard_km, 1)} km")
        if self.idle_hours:
            remarks.append(f"Chờ nổ máy: {figure(self.idle_hours, 2)} giờ")
        if self.toll_amount:
            remarks.append(f"Phí cầu đường: {figure(self.toll_amount)} đồng")
        remarks += [incident.description for incident in self.incident_ids]
        if self.explanation:
            remarks.append(self.explanation)
        return remarks
