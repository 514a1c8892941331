"""Trips, a conference, guests, fuel by norm, advances: facts in, amounts computed."""

from odoo import Command

from .claims import bring_to
from .csv_data import as_user, record

DAY = "2026-11-09"


def make_computed_claims(env):
    """Make the claims whose amounts the norms decide, and the advances behind some."""
    for login, board, kind, outcome, facts in (*_trips(env), *_events(env)):
        bring_to(_new(env, login, board, kind, facts), outcome, "")
    _fuel_by_norm(env)
    _advances(env)


def _new(env, login, board, kind, facts):
    claims = as_user(env["party.claim"], record(env, "user", login))
    return claims.create(
        {
            "board_id": record(env, "board", board).id,
            "kind_id": env.ref(f"party_office_finance.claim_kind_{kind}").id,
            "date": DAY,
            **facts,
        }
    )


def _travellers(env, *logins, **values):
    return [
        Command.create(
            {"employee_id": record(env, "user", login).employee_id.id, **values}
        )
        for login in logins
    ]


def _trips(env):
    yield (
        "chuyenvien.btc",
        "btc",
        "travel",
        "paid",
        {
            "description": "Làm việc với Ban Tổ chức Trung ương về biên chế năm 2027",
            "travel_destination": "Ban Tổ chức Trung ương, Hà Nội",
            "travel_basis": "Giấy mời số 118-GM/BTCTW ngày 26/10/2026",
            # stored in UTC: 06:30 and 17:00 by the office's clock
            "travel_departure": "2026-11-03 23:30:00",
            "travel_return": "2026-11-06 10:00:00",
            "traveller_ids": _travellers(
                env, "truongban.btc", "truongphong.btc", "chuyenvien.btc"
            ),
        },
    )
    yield (
        "kiemtravien.ubkt",
        "ubkt",
        "travel",
        "at_accountant",
        {
            "description": "Thẩm tra, xác minh tại Đảng ủy xã Thượng Lĩnh",
            "travel_destination": "Xã Thượng Lĩnh",
            "travel_area_id": env.ref("party_office_base.norm_area_commune").id,
            "travel_basis": "Kế hoạch số 41-KH/UBKTTU ngày 20/10/2026",
            "travel_departure": "2026-11-04 23:30:00",
            "travel_return": "2026-11-06 09:30:00",
            "travel_transport": "own_vehicle",
            "travel_distance": 45,
            "traveller_ids": _travellers(env, "kiemtravien.ubkt", "chuyenvien.ubkt"),
        },
    )


def _events(env):
    yield (
        "chuyenvien.tgdv",
        "btgdv",
        "conference",
        "at_chief",
        {
            "description": "Hội nghị báo cáo viên cấp tỉnh tháng 11",
            "event_plan": "Kế hoạch số 96-KH/BTGDVTU ngày 28/10/2026",
            "event_from": "2026-11-05",
            "event_to": "2026-11-05",
            "event_half_days": 2,
            "delegate_count": 80,
            "unpaid_delegate_count": 20,
            "conference_area_id": env.ref("party_office_base.norm_area_province").id,
            "conference_food": "lump",
            "conference_food_days": 1,
        },
    )
    yield (
        "chuyenvien.th",
        "vp",
        "guest",
        "posted",
        {
            "description": "Tiếp đoàn Tỉnh ủy bạn đến trao đổi mô hình văn phòng chung",
            "event_plan": "Công văn số 512-CV/TU ngày 30/10/2026",
            "event_from": "2026-11-06",
            "event_to": "2026-11-06",
            "event_half_days": 1,
            "guest_delegation": "Đoàn công tác Văn phòng Tỉnh ủy bạn",
            "guest_count": 8,
            "host_count": 4,
            "guest_meals": 1,
        },
    )


def _fuel_by_norm(env):
    car = record(env, "car", "4")
    fills = [
        ("2026-10-08", 52.5, 41_260, "00002604"),
        ("2026-10-22", 55, 41_730, "00002671"),
    ]
    claim = _new(
        env,
        "laixe2",
        "ubkt",
        "fuel_norm",
        {
            "description": "Nhiên liệu xe Fortuner tháng 10",
            "car_id": car.id,
            "fuel_from": "2026-10-01",
            "fuel_to": "2026-10-31",
            "odometer_start": 40_900,
            "odometer_end": 41_800,
            "tank_opening": 10,
            "tank_closing": 10,
            "fill_ids": [
                Command.create(
                    {
                        "date": day,
                        "litres": litres,
                        "unit_price": 18_720,
                        "odometer": odometer,
                        "invoice_number": number,
                        "driver": "Giáp Văn Thuấn",
                    }
                )
                for day, litres, odometer, number in fills
            ],
        },
    )
    bring_to(claim, "at_head", "")


def _advances(env):
    """One settled by a claim, one open, one overdue."""
    _advance(
        env, "chuyenvien2.tgdv", "btgdv", "2026-09-14", 3_000_000, "In tài liệu hỏi đáp"
    )
    _advance(
        env, "chuyenvien.dcq", "dcq", "2026-11-02", 4_000_000, "Tổ chức lớp bồi dưỡng"
    )
    settled = _advance(
        env, "chuyenvien2.btc", "btc", "2026-11-02", 2_000_000, "Đi công tác Hà Nội"
    )
    claim = _new(
        env,
        "chuyenvien2.btc",
        "btc",
        "travel",
        {
            "advance_id": settled.id,
            "description": "Thanh toán tạm ứng đi công tác Hà Nội",
            "travel_destination": "Hà Nội",
            "travel_departure": "2026-11-03 23:30:00",
            "travel_return": "2026-11-05 10:00:00",
            "traveller_ids": _travellers(env, "chuyenvien2.btc"),
        },
    )
    # the advance covers it all: settled by its entry, the rest is still owed
    bring_to(claim, "posted", "")


def _advance(env, login, board, day, amount, purpose):
    """Return an advance that was paid in cash."""
    kind = "goods" if board == "btgdv" else "travel"
    advance = as_user(env["party.advance"], record(env, "user", login)).create(
        {
            "board_id": record(env, "board", board).id,
            "kind_id": env.ref(f"party_office_finance.claim_kind_{kind}").id,
            "date": day,
            "amount": amount,
            "purpose": purpose,
        }
    )
    advance.action_submit()
    while advance.sudo().state == "submitted":
        acting = as_user(advance, advance.sudo().waiting_user_id)
        acting.with_context(approval_seen=acting.content_hash).action_approve()
        advance.invalidate_recordset()
    as_user(advance, advance.sudo().waiting_user_id).action_pay()
    return advance
