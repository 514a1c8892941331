from datetime import time, timedelta

from odoo import models
from odoo.fields import Domain
from odoo.tools import groupby
from odoo.tools.translate import LazyTranslate

from odoo.addons.party_office_base.office_time import local, midnight
from odoo.addons.party_office_base.rules.report import Column, Report, Row

_lt = LazyTranslate(__name__)

#: what a month of a car adds up to
SUMS = ("km", "hard_km", "idle_hours", "litres", "fuel", "tolls")


class PartyReportCarLog(models.AbstractModel):
    """The log book (nhật trình): each trip and fill of each car, month by month, as far
    as the reader may see them.
    """

    _name = "party.report.car_log"
    _inherit = "party.report.provider"
    _description = "Log Book of Cars"

    _report_title = _lt("Log book of cars")
    _report_groups = (
        "party_office_base.group_accountant",
        "party_office_base.group_board_head",
        "party_office_base.group_dispatcher",
        "party_office_base.group_driver",
        "party_office_base.group_office_chief",
    )
    _report_options = {"since": None, "day": None, "boards": None, "cars": None}

    def _report(self, options):
        return Report(
            title=self.env._("Log book of cars"),
            subtitles=[
                self.env._(
                    "From %(since)s to %(day)s",
                    since=self._day_text(options.since),
                    day=self._day_text(options.day),
                )
            ],
            columns=[
                Column("day", self.env._("Day"), "date", 13),
                Column("name", self.env._("Order"), width=15),
                Column("driver", self.env._("Driver"), width=16, minor=True),
                Column("route", self.env._("Route"), width=26),
                Column("board", self.env._("Unit served"), width=20, minor=True),
                Column("out", self.env._("Odometer out"), "number", 12, minor=True),
                Column("back", self.env._("Odometer in"), "number", 12, minor=True),
                Column("km", self.env._("Km"), "number", 7, total=True),
                Column(
                    "hard_km",
                    self.env._("Hard roads, km"),
                    "days",
                    8,
                    total=True,
                    minor=True,
                ),
                Column(
                    "idle_hours",
                    self.env._("At a stand, hours"),
                    "days",
                    8,
                    total=True,
                    minor=True,
                ),
                Column(
                    "litres", self.env._("Litres filled"), "days", 8, True, minor=True
                ),
                Column(
                    "fuel", self.env._("Fuel amount"), "money", 11, True, minor=True
                ),
                Column("tolls", self.env._("Tolls"), "money", 10, True, minor=True),
                Column("confirmed", self.env._("Confirmed by"), width=16, minor=True),
                Column("remark", self.env._("Remarks"), width=24, minor=True),
            ],
            rows=self._rows(options),
            signatures=[
                self.env._("DRIVER"),
                self.env._("CAR DISPATCHER"),
                self.env._("CHIEF OF OFFICE"),
            ],
        )

    # --------------------------------------------------------------------------- data
    def _rows(self, options):
        """Yield a heading for each car and month, with its sums, and its trips."""
        entries = sorted(
            [*self._trips(options), *self._loose_fills(options)],
            key=lambda entry: entry["order"],
        )
        # plates stand on every order
        cars = self.env["party.car"].sudo().with_context(active_test=False)

        def page(entry):
            return entry["car"], entry["cells"]["day"].replace(day=1)

        for (car_id, month), of_page in groupby(entries, key=page):
            sums = {
                key: sum(entry["cells"].get(key) or 0 for entry in of_page) or None
                for key in SUMS
            }
            title = f"{cars.browse(car_id).plate} · {month:%m/%Y}"
            yield Row({**sums, "name": title}, level=1)
            for entry in of_page:
                yield Row(entry["cells"], link=entry["link"])

    def _trips(self, options):
        domain = (
            Domain("progress", "=", "done")
            & Domain("actual_start", ">=", midnight(self.env, options.since))
            & Domain(
                "actual_start", "<", midnight(self.env, options.day + timedelta(days=1))
            )
            & Domain("company_id", "=", self.env.company.id)
        )
        if options.car_ids:
            domain &= Domain("car_id", "in", options.car_ids)
        if options.board_ids:
            domain &= Domain("request_ids.board_id", "in", options.board_ids)
        for trip in self.env["party.dispatch"].search(domain):
            # who may see the trip sees the page of its log: all units in the car
            logged = trip.sudo()
            day = local(self.env, logged.actual_start)
            yield {
                "car": logged.car_id.id,
                "order": (
                    logged.car_id.plate,
                    logged.car_id.id,
                    day.date(),
                    day.time(),
                ),
                "link": ("party.dispatch", trip.id),
                "cells": {
                    "day": day.date(),
                    "name": logged.name,
                    "driver": logged.driver_id.name,
                    "route": logged.route,
                    "board": ", ".join(logged.request_ids.board_id.mapped("name")),
                    "out": logged.odometer_out,
                    "back": logged.odometer_in,
                    "km": logged.km,
                    # what there was none of stays empty, as on paper
                    "hard_km": logged.hard_km or None,
                    "idle_hours": logged.idle_hours or None,
                    "litres": sum(logged.fill_ids.mapped("litres")) or None,
                    "fuel": sum(logged.fill_ids.mapped("amount")) or None,
                    "tolls": logged.toll_amount or None,
                    "confirmed": logged.confirmed_by_id.name or "",
                    "remark": "; ".join(
                        remark.rstrip(".") for remark in logged._log_remarks()
                    ),
                },
            }

    def _loose_fills(self, options):
        """Yield what was filled without an order."""
        if options.board_ids:
            return
        domain = (
            Domain("dispatch_id", "=", False)
            & Domain("date", ">=", options.since)
            & Domain("date", "<=", options.day)
            & Domain("company_id", "=", self.env.company.id)
        )
        if options.car_ids:
            domain &= Domain("car_id", "in", options.car_ids)
        for fill in self.env["party.fuel.fill"].search(domain):
            invoice = f"{fill.invoice_series or ''} {fill.invoice_number or ''}".strip()
            yield {
                "car": fill.car_id.id,
                "order": (fill.car_id.plate, fill.car_id.id, fill.date, time.max),
                "link": ("party.fuel.fill", fill.id),
                "cells": {
                    "day": fill.date,
                    "driver": fill.driver_id.name,
                    "route": fill.station or "",
                    "litres": fill.litres,
                    "fuel": fill.amount,
                    "remark": self.env._("Filled without an order. %s", invoice),
                },
            }


class PartyDispatch(models.Model):
    """What the log book says beside the figures of a trip."""

    _inherit = "party.dispatch"

    def _log_remarks(self):
        self.ensure_one()
        invoices = [
            f"{fill.invoice_series or ''} {fill.invoice_number}".strip()
            for fill in self.fill_ids
            if fill.invoice_number
        ]
        return [
            *invoices,
            *self.incident_ids.mapped("description"),
            *self._odd_sentences(),
            *filter(None, [self.explanation, self.confirmed_remark]),
        ]
