"""Test API of the papers: a body, a sender, papers that came in."""

from itertools import count

from odoo.addons.party_office_base.tests.common import PartyOfficeCase


class DocsCase(PartyOfficeCase):
    """``body`` (TUT, keeps the book of incoming papers, unit ``office``), ``body_a``
    (BAT, unit ``board_a``), ``sender``, ``kind`` (official letter).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.board_b.head_id = cls.user["head_b"]
        cls.body = cls.env["party.issuing.body"].create(
            {"name": "TỈNH ỦY (thử)", "code": "TUT", "board_id": cls.office.id}
        )
        cls.body_a = cls.env["party.issuing.body"].create(
            {"name": "BAN TỔ CHỨC (thử)", "code": "BAT", "board_id": cls.board_a.id}
        )
        cls.sender = cls.env["party.correspondent"].create(
            {"name": "Ban Tổ chức Trung ương (thử)", "code": "BTCTWT"}
        )
        cls.kind = cls.env.ref("party_office_docs.kind_letter")
        # the same symbol twice would be the same paper
        cls.symbols = count(127)
        cls.env["party.term"].search([]).unlink()
        cls.env["party.term"].create({"name": "2025–2030", "date_from": "2020-01-01"})

    @classmethod
    def _new_paper(cls, key="clerk", **values):
        """Create an incoming paper as the clerk does; each with its own symbol."""
        return (
            cls.env["party.document"]
            .with_user(cls.user[key])
            .create(
                {
                    "body_id": cls.body.id,
                    "sender_id": cls.sender.id,
                    "symbol": f"{next(cls.symbols)}-CV/BTCTWT",
                    "document_date": "2026-06-12",
                    "kind_id": cls.kind.id,
                    "abstract": "V/v chuẩn bị hội nghị sơ kết sáu tháng đầu năm",
                    **values,
                }
            )
        )

    @classmethod
    def _registered(cls, **values):
        """Return an incoming paper that the clerk registered."""
        paper = cls._new_paper(**values)
        paper.action_register()
        return paper

    @classmethod
    def _directed(cls, lead=None, co=None, info=None, **values):
        """Return an incoming paper that was directed to a lead (default board A)."""
        deadline = values.pop("deadline", "2026-06-30")
        paper = cls._registered(**values)
        paper._route(lead or cls.board_a, co, info)
        paper._set_directed(cls.user["office_chief"], "Tham mưu, báo cáo", deadline)
        return paper
