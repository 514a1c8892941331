from odoo import models


class PartyCarRequest(models.Model):
    """What a car request says on paper (giấy đề nghị sử dụng xe)."""

    _inherit = "party.car.request"

    def _form_values(self, report):
        values = super()._form_values(report)
        # who may read the request may read what stands on its form: names and posts
        request = self.sudo()
        approvals = request._form_approvals()
        order = request.dispatch_id
        values |= {
            "persons": request._persons(),
            "start": request._form_moment(request.start),
            "stop": request._form_moment(request.stop),
            "asked": request._local(request.submitted_at or request.create_date),
            "requester_board": request.requester_id.own_board_id.name or "",
            "approvals": approvals,
            "signed": request._form_signed(approvals),
            "car": order.car_id.display_name or "",
            "driver": order.driver_id.name or "",
            "driver_phone": order.driver_id.phone or "",
            "order": order.name if order.name and order.name != "/" else "",
        }
        return values
