from odoo import api, models


class PartyTransportMixin(models.AbstractModel):
    """Cars for documents of other addons: each wish becomes a car request."""

    _inherit = "party.transport.mixin"

    @api.model
    def _can_transport(self):
        return self.env["party.car.request"].has_access("create")

    def _transport_ask(self, wish):
        self.ensure_one()
        request = self.env["party.car.request"].create(
            {
                "board_id": wish["board"].id,
                "purpose": wish["purpose"],
                "start": wish["start"],
                "stop": wish["stop"],
                "destination": wish["destination"],
                "passenger_count": wish["persons"],
                "wishes": wish.get("note"),
            }
        )
        # protected: who may change the document has asked for it
        request.sudo().write({"source_model": self._name, "source_id": self.id})
        request.action_submit()
        return super()._transport_ask(wish)

    def _transports(self):
        self.ensure_one()
        # who reads the document sees its cars, not the papers behind them
        requests = self.env["party.car.request"].sudo()._of_documents(self)
        field = requests._fields["answer"]
        answers = dict(field._description_selection(self.env))
        states = dict(requests._fields["state"]._description_selection(self.env))
        return super()._transports() + [
            {
                "name": request.display_name,
                "start": request.start,
                "stop": request.stop,
                "destination": request.destination,
                "persons": request.passenger_count,
                "answer": answers.get(request.answer) or states[request.state],
                "car": request.dispatch_id.car_id.plate or "",
                "model": request._name,
                "id": request.id,
            }
            for request in requests
        ]

    def _transport_move(self, delta):
        moved = super()._transport_move(delta)
        for found in self.env["party.car.request"].sudo()._of_documents(self):
            # as the user again: his right to the request decides
            why = found.sudo(False)._move(delta)
            moved.append(
                {
                    "what": self.env._(
                        "Car to %(destination)s", destination=found.destination
                    ),
                    "moved": not why,
                    "why": why,
                }
            )
        return moved

    def _transport_cancel(self):
        left = super()._transport_cancel()
        for found in self.env["party.car.request"].sudo()._of_documents(self):
            driven = found.dispatch_id.progress in ("running", "done")
            if found.requester_id == self.env.user and not driven:
                found.sudo(False).action_cancel()
                continue
            left.append(
                {
                    "what": self.env._(
                        "Car to %(destination)s", destination=found.destination
                    ),
                    "moved": False,
                    "why": self.env._(
                        "only %(person)s may give it back",
                        person=found.requester_id.name,
                    ),
                }
            )
        return left
