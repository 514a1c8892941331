# Runs in `odoo shell`, a fresh process for each way: export the ledger as a workbook.
# ruff: noqa: F821
import os
import resource
import tempfile
import time
from types import SimpleNamespace

from odoo.addons.web.controllers import export

FIELDS = {
    "date": "Date",
    "document_name": "Document",
    "kind": "Kind",
    "board_id/name": "Board",
    "year": "Budget year",
    "fund_id/code": "Fund",
    "item_id/code": "Item",
    "delta_allocated": "Allocated",
    "delta_held": "Held",
    "delta_advanced": "Advanced",
    "delta_spent": "Spent",
    "requested_by_id/name": "Requested by",
    "user_id/name": "Done by",
    "note": "Note",
}
reader = env(user=env.ref("base.user_admin").id, su=False)


def peak():
    """The most memory this process ever had (MB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ours(limit):
    domain = "[]" if limit is None else f'[["res_id", "<=", {limit}]]'
    run = reader["party.report.run"].create({"code": "ledger", "domain": domain})
    with tempfile.TemporaryFile() as file:
        rows = run._write_xlsx(file)
        return rows, os.fstat(file.fileno()).st_size


def core(limit):
    # the writer asks for the currencies of a request, and there is none here
    export.request = SimpleNamespace(env=reader)
    domain = [] if limit is None else [("res_id", "<=", limit)]
    moves = reader["party.budget.move"].search(domain)
    rows = moves.export_data(list(FIELDS))["datas"]
    columns = [
        {"label": label, "type": "char", "store": True} for label in FIELDS.values()
    ]
    with export.ExportXlsxWriter(columns, list(FIELDS.values()), len(rows)) as writer:
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                writer.write_cell(number, column, value)
    return len(rows), len(writer.value)


way = {"ours": ours, "core": core}[parameters["way"]]
# imports and caches first: what counts is what the rows cost
way(10)
env.invalidate_all()
before, start, work = peak(), time.perf_counter(), time.process_time()
written, size = way(None)
report(
    rows=written,
    seconds=time.perf_counter() - start,
    cpu=time.process_time() - work,
    grown=peak() - before,
    size=size / 2**20,
)
