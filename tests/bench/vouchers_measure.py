# Runs in `odoo shell`: print payment vouchers of posted claims as one PDF.
# ruff: noqa: F821
import io
import time

from odoo import Command
from odoo.tools.pdf import PdfReader

REPORT = "party_office_finance.claim_payment_voucher_report"


def user(name):
    return env["res.users"].search([("login", "=", f"bench.{name}")])


board = env["party.board"].search([("code", "=", "BENCH")])
claims = env(user=user("staff").id)["party.claim"].create(
    [
        {
            "board_id": board.id,
            "kind_id": env.ref("party_office_finance.claim_kind_fuel").id,
            "date": "2026-06-15",
            "description": f"Mua xăng đi công tác cơ sở lần {number}",
            "line_ids": [
                Command.create({"name": "Xăng", "amount": 500_000 + number}),
                Command.create({"name": "Dầu nhờn", "amount": 120_000}),
            ],
        }
        for number in range(max(parameters["vouchers"]))
    ]
)
for claim in claims:
    claim.action_submit()
    while claim.state == "submitted":
        acting = claim.with_user(claim.sudo().waiting_user_id)
        acting.with_context(approval_seen=acting.content_hash).action_approve()
        claim.invalidate_recordset()
    claim.with_user(user("chief")).action_post()

forms = env(user=user("cashier").id)["ir.actions.report"]
# fonts and templates first: what counts is what the pages cost
forms._render_qweb_pdf(REPORT, claims[:1].ids)
for number in parameters["vouchers"]:
    env.flush_all()
    env.invalidate_all()
    queries, start = env.cr.sql_log_count, time.perf_counter()
    content, _kind = forms._render_qweb_pdf(REPORT, claims[:number].ids)
    seconds = time.perf_counter() - start
    report(
        vouchers=number,
        pages=len(PdfReader(io.BytesIO(content)).pages),
        seconds=seconds,
        queries=env.cr.sql_log_count - queries,
        size=round(len(content) / 1024),
    )
