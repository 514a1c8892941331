"""A board that travels: budget for every item of a business trip, four people."""

from datetime import date

from odoo import Command

from .common import FinanceCase

#: 08/06/2026 07:00 to 10/06/2026 17:30 in Viet Nam
DEPARTURE = "2026-06-08 00:00:00"
RETURN = "2026-06-10 10:30:00"


class TravelCase(FinanceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US"))
        for user in cls.user.values():
            user.lang = "en_US"
        cls.travel = cls.env.ref("party_office_finance.claim_kind_travel")
        cls.month_lump = cls.env.ref("party_office_finance.claim_kind_month_lump")
        cls.budget = {
            code: cls._allocate(
                cls.board_a,
                50_000_000,
                item=cls.env.ref(f"party_office_finance.item_{code}"),
            )
            for code in ("6701", "6702", "6703", "6704", "6749")
        }
        cls.staff = cls.user["staff_a"].employee_id
        cls.head = cls.user["head_a"].employee_id
        cls.head.version_ids.position_coefficient = 0.9
        cls.third = cls._new_person("third", cls.board_a)
        cls.stranger = cls.user["staff_b"].employee_id
        for person in (cls.staff, cls.head, cls.third, cls.stranger):
            person.version_ids.sorted("date_version")[0].date_version = date(2020, 1, 1)

    @classmethod
    def _new_person(cls, name, board):
        return cls.env["hr.employee"].create(
            {"name": name, "department_id": board.department_id.id}
        )

    def _public(self, persons):
        return self.env["hr.employee.public"].browse(persons.ids)

    @classmethod
    def _trip(cls, persons=None, user="staff_a", **values):
        """Create a draft of a business trip to Hà Nội, three days."""
        persons = cls.staff if persons is None else persons
        values.setdefault(
            "traveller_ids",
            [Command.create({"employee_id": person.id}) for person in persons],
        )
        return (
            cls.env["party.claim"]
            .with_user(cls.user[user])
            .create(
                {
                    "board_id": cls.board_a.id,
                    "kind_id": cls.travel.id,
                    "date": "2026-06-12",
                    "description": "Conference on budgets",
                    "travel_destination": "Bộ Tài chính, Hà Nội",
                    "travel_departure": DEPARTURE,
                    "travel_return": RETURN,
                    **values,
                }
            )
        )

    def _amounts(self, claim):
        """Return ``[(person, component, quantity, rate, amount)]``."""
        return [
            (
                row.person,
                row.component_id.code,
                row.quantity,
                row.price,
                row.amount,
            )
            for row in claim.allowance_ids
        ]
