from odoo import api, fields, models
from odoo.exceptions import AccessError


class PartyCar(models.Model):
    """The file of a car in Odoo's fleet: made on demand, fed by accepted repairs."""

    _inherit = "party.car"

    has_vehicle = fields.Boolean(
        string="Has a vehicle file",
        compute="_compute_has_vehicle",
        compute_sudo=True,
        help="Who has no role in the Fleet app sees only that there is one.",
    )

    @api.depends("vehicle_id")
    def _compute_has_vehicle(self):
        for car in self:
            car.has_vehicle = bool(car.vehicle_id)

    def action_make_vehicle(self):
        """Make the vehicle of the Fleet app behind these cars.

        :raises AccessError: neither dispatcher nor manager
        """
        user = self.env.user
        if not (
            user.has_group("party_office_base.group_dispatcher")
            or user.has_group("party_office_base.group_manager")
        ):
            raise AccessError(self.env._("Only the car dispatcher may do this."))
        # the dispatcher has no role in the Fleet app: this is the one door to it
        for car in self.sudo():
            if not car.vehicle_id:
                car.vehicle_id = car._make_vehicle()
        return True

    def _make_vehicle(self):
        """Return a new ``fleet.vehicle`` with this car's plate, make and model."""
        self.ensure_one()
        brand_name, _space, model_name = (self.name or self.plate).partition(" ")
        brands = self.env["fleet.vehicle.model.brand"]
        brand = brands.search([("name", "=ilike", brand_name)], limit=1)
        brand = brand or brands.create({"name": brand_name})
        models_ = self.env["fleet.vehicle.model"]
        name = model_name or brand_name
        model = models_.search(
            [("brand_id", "=", brand.id), ("name", "=ilike", name)], limit=1
        )
        model = model or models_.create({"brand_id": brand.id, "name": name})
        return self.env["fleet.vehicle"].create(
            {
                "model_id": model.id,
                "license_plate": self.plate,
                "company_id": self.company_id.id,
                "seats": self.seats,
                "acquisition_date": self.in_use_since,
                "car_value": self.price,
            }
        )


class PartyCarRepair(models.Model):
    """An accepted repair stands in the services of the vehicle, when it has a file."""

    _inherit = "party.car.repair"

    def _on_accepted(self):
        # the services belong to the Fleet app, where the dispatcher has no role
        for repair in self.sudo():
            vehicle = repair.car_id.vehicle_id
            if vehicle:
                self.env["fleet.vehicle.log.services"].sudo().create(
                    repair._prepare_service(vehicle)
                )
        return super()._on_accepted()

    def _prepare_service(self, vehicle):
        self.ensure_one()
        service = self.env.ref("fleet.type_service_service_7", False)
        return {
            "vehicle_id": vehicle.id,
            "service_type_id": service.id
            if service
            else self.env["fleet.service.type"].search([], limit=1).id,
            "date": self.accepted_on,
            "amount": self.parts_amount,
            "description": self.display_name,
            "inv_ref": self.invoice_reference,
            "odometer": self.accepted_odometer,
            "notes": self.fault,
            "state": "done",
            "company_id": self.company_id.id,
        }
