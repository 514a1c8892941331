from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.party_office_base.office_time import local

from .party_dispatch import LIVE

CARE_READERS = (
    "party_office_base.group_dispatcher,party_office_base.group_accountant,"
    "party_office_base.group_office_chief,party_office_base.group_manager"
)


class PartyCar(models.Model):
    """What a car has, until when, and on which days it may not be planned."""

    _inherit = "party.car"

    care_ids = fields.One2many("party.car.care", "car_id", groups=CARE_READERS)
    current_care_ids = fields.One2many(
        "party.car.care",
        "car_id",
        string="Care in force",
        domain=[("is_current", "=", True)],
        groups=CARE_READERS,
    )
    known_odometer = fields.Integer(
        string="Last known odometer (km)",
        compute="_compute_known_odometer",
        compute_sudo=True,
        groups=CARE_READERS,
    )
    care_warning = fields.Text(
        compute="_compute_care_warning", compute_sudo=True, groups=CARE_READERS
    )

    @api.depends(
        "dispatch_ids.progress",
        "dispatch_ids.odometer_out",
        "dispatch_ids.odometer_in",
        "care_ids.odometer",
    )
    def _compute_known_odometer(self):
        """The highest of what trips, fills and care have shown."""
        trips = self.env["party.dispatch"]._read_group(
            [("car_id", "in", self.ids), ("progress", "!=", "planned")],
            ["car_id"],
            ["odometer_out:max", "odometer_in:max"],
        )
        cares = self.env["party.car.care"]._read_group(
            [("car_id", "in", self.ids)], ["car_id"], ["odometer:max"]
        )
        fills = self.env["party.fuel.fill"]._read_group(
            [("car_id", "in", self.ids)], ["car_id"], ["odometer:max"]
        )
        known = {car: max(out or 0, back or 0) for car, out, back in trips}
        for car, odometer in [*cares, *fills]:
            known[car] = max(known.get(car, 0), odometer or 0)
        for car in self:
            car.known_odometer = known.get(car._origin, 0)

    def _compute_care_warning(self):
        kinds = self.env["party.car.care.kind"].search([("blocks", "=", True)])
        for car in self:
            lines = [
                care._reminder_text(care._stage())
                for care in car.current_care_ids
                if care.status in ("soon", "overdue")
            ]
            lines += [
                self.env._("%(kind)s: not entered yet", kind=kind.name)
                for kind in kinds - car.current_care_ids.kind_id
            ]
            car.care_warning = "\n".join(lines)

    def _care_blocks(self, first_day, last_day):
        """Return why cars may not be planned for some days (local dates).

        A car of which nothing was entered is not blocked: its form says so.

        :return: ``{car: [sentence]}``; a car that may be planned is not in it
        """
        # who plans is told what is missing, whatever he may read of it
        cares = (
            self.env["party.car.care"]
            .sudo()
            .search(
                [
                    ("car_id", "in", self.ids),
                    ("is_current", "=", True),
                    ("kind_id.blocks", "=", True),
                    ("date_due", "<", last_day),
                ],
                order="date_due, id",
            )
        )
        blocks = {}
        for care in cares:
            day = first_day if care.date_due < first_day else last_day
            sentence = self.env._(
                "%(plate)s cannot be planned for %(day)s: %(kind)s was valid until "
                "%(until)s.",
                plate=care.car_id.plate,
                day=day.strftime("%d/%m/%Y"),
                kind=care.kind_id.name,
                until=care.date_due.strftime("%d/%m/%Y"),
            )
            blocks.setdefault(care.car_id.sudo(False), []).append(sentence)
        return blocks


class PartyDispatch(models.Model):
    """No trip with a car that is not inspected or insured, nor without a licence."""

    _inherit = "party.dispatch"

    @api.constrains("car_id", "driver_id", "start", "stop")
    def _check_care(self):
        """Refuse to plan a car whose inspection or insurance runs out on the way.

        What is on the road or back is a fact and stays recordable.

        :raises ValidationError: says what has run out and since when
        """
        for order in self:
            if order.state in LIVE and order.progress == "planned":
                reasons = order._care_reasons()
                if reasons:
                    raise ValidationError("\n".join(reasons))

    def _care_reasons(self):
        """Return why car and driver may not be planned for this order's days."""
        self.ensure_one()
        first = local(self.env, self.start).date()
        last = local(self.env, self.stop).date()
        blocks = self.car_id._care_blocks(first, last)
        reasons = list(blocks.get(self.car_id, ()))
        driver = self.driver_id
        if driver and not driver._is_licensed_on(last):
            reasons.append(
                self.env._(
                    "%(driver)s cannot drive on %(day)s: the licence was valid until "
                    "%(until)s.",
                    driver=driver.name,
                    day=last.strftime("%d/%m/%Y"),
                    until=driver.licence_expiry.strftime("%d/%m/%Y"),
                )
            )
        return reasons

    def _check_can_submit(self):
        self._refuse_without_care()
        return super()._check_can_submit()

    def _on_approved(self):
        # it may have been corrected since it was planned
        self._refuse_without_care()
        return super()._on_approved()

    def _refuse_without_care(self):
        # what is on the road or back is a fact
        for order in self.filtered(lambda order: order.progress == "planned"):
            reasons = order._care_reasons()
            if reasons:
                raise UserError("\n".join(reasons))
