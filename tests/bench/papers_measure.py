# Runs in `odoo shell`: what the clerk and a board do with the books, and the peer.
# Nothing is kept.
# ruff: noqa: F821
import statistics
import time
from datetime import date

from lxml import etree

ROUNDS, PAGE = 7, 80
LIMITS = {"limit": PAGE, "count_limit": 10_001}


def as_user(login, model):
    user = env["res.users"].search([("login", "=", login)])
    return env[model].with_user(user).with_context(lang="vi_VN")


def shown(model, view):
    """Return what the web client asks for when it shows a list."""
    arch = etree.fromstring(env.ref(view).with_context(lang=None).get_combined_arch())
    spec = {}
    for node in arch.iter("field"):
        field = env[model]._fields[node.get("name")]
        relation = {"fields": {"display_name": {}}} if field.relational else {}
        spec[field.name] = relation
    return spec


def timed(action):
    """Return milliseconds and queries of an action that is undone, caches cold."""
    found = []
    for _round in range(ROUNDS):
        with env.cr.savepoint() as savepoint:
            env.flush_all()
            env.invalidate_all()
            queries, begin = env.cr.sql_log_count, time.perf_counter()
            action()
            env.flush_all()
            spent = (time.perf_counter() - begin) * 1000
            found.append((spent, env.cr.sql_log_count - queries))
            savepoint.rollback()
        env.invalidate_all()
    # the first round fills what lives as long as the process
    return statistics.median(spent for spent, _queries in found[1:]), found[-1][1]


papers = as_user("bench_clerk", "party.document")
unit = as_user("bench_staff", "party.document")
files = as_user("bench_clerk", "dms.file")
directory = env["dms.directory"].search([("name", "=", "Bench")])
body = env["party.issuing.body"].search([("code", "=", "BENCH0")])
sender = env["party.correspondent"].search([("code", "=", "CQ0")])
kind = env.ref("party_office_docs.kind_letter")
spec = shown("party.document", "party_office_docs.party_document_view_list_in")
peer_spec = shown("dms.file", "dms.view_dms_file_tree")
incoming = [("direction", "=", "in")]
#: what somebody remembers, a phrase in quotes, and a word of nearly every paper
FEW, PHRASE, MANY = "thien tai khe vang", '"quy hoach can bo"', "ke hoach"


def listed(model, domain, fields, order=None):
    return lambda: model.web_search_read(domain, fields, order=order, **LIMITS)


def searched(words):
    return listed(papers, [*incoming, ("search_text", "ilike", words)], spec)


def overdue():
    return papers.formatted_read_group(
        [("state", "=", "directed"), ("deadline", "<", date.today().isoformat())],
        ["lead_board_id"],
        ["__count"],
    )


def register():
    """Enter a paper and register it, as the clerk does."""
    paper = papers.create(
        {
            "body_id": body.id,
            "sender_id": sender.id,
            "symbol": "999999-CV/CQ0",
            "document_date": date.today().isoformat(),
            "kind_id": kind.id,
            "abstract": "V/v thử đăng ký một văn bản",
        }
    )
    paper.action_register()


def store_file():
    files.create(
        {
            "name": "Thử.pdf",
            "directory_id": directory.id,
            "content": "JVBERi0xLjQK",
        }
    )


report(
    papers=env["party.document"].search_count([]),
    steps={
        "The clerk's list, 80 papers": timed(listed(papers, incoming, spec)),
        "A unit's list, 80 papers": timed(listed(unit, incoming, spec)),
        "Search, words of few papers": timed(searched(FEW)),
        "Search, a phrase of every third paper": timed(searched(PHRASE)),
        "Search, words of most papers": timed(searched(MANY)),
        "Overdue by lead": timed(overdue),
        "Register a paper": timed(register),
        "Peer: list, 80 files": timed(listed(files, [], peer_spec)),
        "Peer: search in names": timed(
            listed(files, [("name", "ilike", "phòng chống thiên tai")], peer_spec)
        ),
        "Peer: store a file": timed(store_file),
    },
)
env.cr.rollback()
