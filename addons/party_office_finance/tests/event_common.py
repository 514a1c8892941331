"""Claims of conferences, receptions and fuel, for the tests of this addon."""

from odoo import Command

from .common import FinanceCase


class EventCase(FinanceCase):
    """Board A with 500 million đồng for each item that events are paid from."""

    ITEMS = ("6651", "6652", "6654", "6655", "6658", "6699", "7761")
    FOREIGN_ITEMS = ("6852", "6853", "6899")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = {"6503": cls.line_a}
        for code in (*cls.ITEMS, *cls.FOREIGN_ITEMS):
            item = cls.env.ref(f"party_office_finance.item_{code}")
            cls.line[code] = cls._allocate(cls.board_a, 500_000_000, item)
        cls.province = cls.env.ref("party_office_base.norm_area_province")

    @classmethod
    def _new_event(cls, kind, user="staff_a", costs=(), **values):
        """Create a draft of a computed kind.

        :param costs: tuples (component code, đồng) of cost papers
        """
        return (
            cls.env["party.claim"]
            .with_user(cls.user[user])
            .create(
                {
                    "board_id": cls.board_a.id,
                    "kind_id": cls.env.ref(
                        f"party_office_finance.claim_kind_{kind}"
                    ).id,
                    "date": "2026-06-12",
                    "description": "Event",
                    "event_from": "2026-06-10",
                    "cost_ids": cls._costs(costs),
                    **values,
                }
            )
        )

    @classmethod
    def _costs(cls, costs):
        components = cls.env["party.claim.component"]
        return [
            Command.create(
                {
                    "component_id": components.search([("code", "=", code)]).id,
                    "name": f"Invoice {number}",
                    "invoice_number": f"{number:05}",
                    "date": "2026-06-11",
                    "amount": amount,
                }
            )
            for number, (code, amount) in enumerate(costs, 1)
        ]

    @classmethod
    def _conference_80(cls, **values):
        """The worked example: 80 delegates, 20 of them without a payroll, one day."""
        return cls._new_event(
            "conference",
            **{
                "description": "Hội nghị sơ kết 6 tháng đầu năm",
                "delegate_count": 80,
                "unpaid_delegate_count": 20,
                "event_half_days": 2,
                "conference_area_id": cls.province.id,
                "conference_food": "lump",
                "costs": [
                    ("conference_hall", 5_000_000),
                    ("conference_document", 3_200_000),
                    ("conference_tea", 7_000_000),
                ],
                **values,
            },
        )

    @classmethod
    def _delegation_of_five(cls, **values):
        """The worked example: class B, head, deputy, three members, three days."""
        return cls._new_event(
            "foreign_guest",
            **{
                "description": "Đón đoàn đại biểu Đảng Nhân dân Cách mạng Lào",
                "guest_delegation": "Tỉnh ủy Luông Pha Băng",
                "event_to": "2026-06-12",
                "foreign_class": "b",
                "foreign_deputies": 1,
                "foreign_members": 3,
                "host_count": 4,
                "event_half_days": 2,
                "foreign_nights": 2,
                "foreign_food_days": 3,
                "foreign_banquet_date": "2026-06-11",
                "foreign_banquet_hosts": 5,
                "foreign_flowers": True,
                "foreign_gift_head": True,
                "interpreter_count": 1,
                "interpreting_hours": 2,
                **values,
            },
        )

    @classmethod
    def _new_car(cls, plate="99T-123.45", litres=12, **values):
        return cls.env["party.car"].create(
            {
                "plate": plate,
                "name": "Toyota Innova",
                "tank_litres": 70,
                "norm_ids": [
                    Command.create(
                        {
                            "date_from": "2026-01-01",
                            "litres": litres,
                            "hard_pct": 15,
                            "idle_litres": 1.5,
                            "source": "29/2023/QĐ-UBND",
                            "verified": True,
                        }
                    )
                ],
                **values,
            }
        )

    @classmethod
    def _new_fuel_claim(cls, fills, car=None, **values):
        """Create a fuel claim for 1,000 km in June (norm 120 l, tank level unchanged).

        :param fills: tuples (day, litres, price, odometer, invoice number)
        """
        values = {
            "description": "Xăng xe tháng 6/2026",
            "event_from": False,
            "car_id": (car or cls.car).id,
            "fuel_from": "2026-06-01",
            "fuel_to": "2026-06-30",
            "odometer_start": 10_000,
            "odometer_end": 11_000,
            "tank_opening": 20,
            "tank_closing": 20,
            "fill_ids": [
                Command.create(
                    {
                        "date": day,
                        "litres": litres,
                        "unit_price": price,
                        "odometer": odometer,
                        "invoice_series": "1C26TST",
                        "invoice_number": number,
                    }
                )
                for day, litres, price, odometer, number in fills
            ],
            **values,
        }
        return cls._new_event("fuel_norm", **values)

    def _pay(self, claim):
        """Approve, post and pay a draft; return the claim."""
        claim.action_submit()
        self._approve(claim)
        claim.with_user(self.user["accountant_a"]).action_post()
        claim.with_user(self.user["cashier"]).action_pay()
        return claim

    def _amounts(self, claim):
        """Return ``[(component code, đồng)]`` of the computed amounts."""
        return [(row.component_id.code, row.amount) for row in claim.allowance_ids]

    def _lines(self, claim):
        """Return ``{budget item: đồng}`` of the claim lines."""
        return {line.item_id.code: line.amount for line in claim.line_ids}
