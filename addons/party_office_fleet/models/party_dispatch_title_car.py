from odoo import models
from odoo.exceptions import UserError


class PartyCar(models.Model):
    """The car of a title serves its holder and nobody else."""

    _inherit = "party.car"

    def _refuse_use(self, requests):
        """Return why a car may not serve some requests, or an empty text.

        Decree 72/2023/NĐ-CP, articles 6 and 7: the car of a title is its holder's.

        :param requests: ``party.car.request``
        """
        self.ensure_one()
        if self.use != "title":
            return ""
        # who plans may learn whose car it is
        titles = self.env["party.car.title"].sudo().search([("car_id", "=", self.id)])
        for request in requests:
            holders = titles._on(request._trip_day()).employee_id
            if not holders & request._passengers():
                return self.env._(
                    "%(car)s is the car of a title (decree 72/2023/NĐ-CP, articles 6 "
                    "and 7): it drives %(holders)s only.",
                    car=self.display_name,
                    holders=", ".join(holders.mapped("name"))
                    or self.env._("its holder"),
                )
        return ""


class PartyDispatch(models.Model):
    _inherit = "party.dispatch"

    def _check_title_car(self):
        """Refuse the car of a title for others than its holder.

        :raises UserError: says whose car it is
        """
        for order in self:
            refusal = order.car_id and order.car_id._refuse_use(order.request_ids)
            if refusal:
                raise UserError(refusal)

    def _check_can_submit(self):
        self._check_title_car()
        return super()._check_can_submit()
