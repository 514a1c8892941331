"""Test API of the service desk: three services, a desk, a store with paper."""

from .common import EventCase


class ServiceCase(EventCase):
    """``desk`` leads the services ``it`` (4 hours), ``repair`` and ``stationery``;
    ``paper`` (70,000 đ, 10 in stock) is in the store.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._leave_budgets_alone()
        cls.desk = cls._new_user("desk", "staff", cls.office)
        cls.deputy = cls._new_user("desk_deputy", "staff", cls.office)
        cls.it, cls.repair, cls.stationery = cls.env["party.service.kind"].create(
            [
                {
                    "lead_id": cls.desk.id,
                    "deputy_id": cls.deputy.id,
                    **values,
                }
                for values in (
                    {"name": "Hỗ trợ CNTT (thử)", "promised_hours": 4},
                    {
                        "name": "Sửa chữa (thử)",
                        "promised_hours": 24,
                        "approval_from": 2_000_000,
                    },
                    {
                        "name": "Văn phòng phẩm (thử)",
                        "promised_hours": 8,
                        "has_supplies": True,
                    },
                )
            ]
        )
        cls.paper = cls.env["party.supply"].create(
            {"name": "Giấy A4 (thử)", "unit": "ram", "minimum": 5, "target": 20}
        )
        cls.paper.with_user(cls.desk).action_receive(10, 70_000, "HĐ 0001")

    @classmethod
    def _leave_budgets_alone(cls):
        """Let requests cost nothing: budgets have tests of their own, with finance."""
        mixin = cls.env.registry["party.cost.mixin"]
        cls.classPatch(mixin, "_cost_hold", lambda self: cls.held.append(self.amount))
        cls.classPatch(mixin, "_cost_release", lambda self, reason: None)
        cls.held = []

    def setUp(self):
        super().setUp()
        self.held.clear()

    @classmethod
    def _new_request(cls, key="staff_a", kind=None, **values):
        return (
            cls.env["party.service.request"]
            .with_user(cls.user[key])
            .create(
                {
                    "kind_id": (kind or cls.it).id,
                    "text": "Máy tính không vào được mạng",
                    **values,
                }
            )
        )

    @classmethod
    def _ask(cls, key="staff_a", kind=None, **values):
        request = cls._new_request(key, kind, **values)
        request.action_send()
        return request.with_user(cls.env.user)
