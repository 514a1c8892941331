"""The company: the office of the provincial committee, and who is who in it."""

import base64

from odoo.tools import file_open

from .csv_data import record

TIMEZONE = "Asia/Ho_Chi_Minh"
LANGUAGE = "vi_VN"


def make_office(env):
    """Name the office, its duties and its language."""
    _speak_vietnamese(env)
    company = env.company
    company.write(
        {
            "name": "Văn phòng Tỉnh ủy Minh Giang",
            "street": "Số 1 đường Trung Tâm",
            "city": "Minh Giang",
            "country_id": env.ref("base.vn").id,
            "phone": "0200 000 0000",
            "email": "vptu@minhgiang.example",
            "website": False,
            "logo": _logo(),
            "chief_accountant_id": record(env, "user", "ketoantruong").id,
            "office_chief_id": record(env, "user", "chanhvp").id,
            "deputy_office_chief_id": record(env, "user", "phochanhvp").id,
            "dispatcher_id": record(env, "user", "dieuxe").id,
            "cashier_id": record(env, "user", "thuquy").id,
        }
    )
    company.partner_id.write({"tz": TIMEZONE, "lang": LANGUAGE})
    _absence(env)


def _speak_vietnamese(env):
    if not env["res.lang"]._get_data(code=LANGUAGE):
        language = env["res.lang"]._activate_lang(LANGUAGE)
        env["base.language.install"].create(
            {"lang_ids": [(6, 0, language.ids)], "overwrite": False}
        ).lang_install()
    env["ir.default"].set("res.partner", "lang", LANGUAGE)
    env["ir.default"].set("res.partner", "tz", TIMEZONE)
    env.ref("base.user_admin").write({"lang": LANGUAGE, "tz": TIMEZONE})


def _logo():
    with file_open("party_office_base/static/description/icon.png", "rb") as stream:
        return base64.b64encode(stream.read())


def _absence(env):
    """A past absence: the deputy chief decided in the chief's place."""
    chief = record(env, "user", "chanhvp")
    env["party.substitution"].with_user(chief).create(
        {
            "user_id": chief.id,
            "substitute_id": record(env, "user", "phochanhvp").id,
            "date_from": "2026-10-12",
            "date_to": "2026-10-16",
            "capacity": "kt",
            "decision": "Thông báo số 214-TB/VPTU ngày 9/10/2026",
        }
    )
