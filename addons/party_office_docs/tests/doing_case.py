"""A leader above the office, and papers on their way."""

from .common import DocsCase


class DoingCase(DocsCase):
    """``secretary`` heads something among the leadership (board ``leaders``)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leaders = cls._new_board("Thường trực (thử)", "TTT", kind="leadership")
        cls._new_user("secretary", "board_head", cls.leaders)
        cls.leaders.head_id = cls.user["secretary"]
        cls._new_user("colleague_a", "staff", cls.board_a)

    def _as(self, key, record):
        return record.with_user(self.user[key])

    def _direct(self, paper, key="office_chief", lead=None, **values):
        values.setdefault("deadline", "2026-06-30")
        values.setdefault("instruction", "Tham mưu, báo cáo")
        return self._as(key, paper).action_direct((lead or self.board_a).id, **values)

    def _doing(self, lead=None, co=None, info=None, **values):
        """Return a paper that the chief of office directed (default to board A)."""
        paper = self._registered(**values)
        self._direct(
            paper,
            lead=lead,
            co_ids=co.ids if co else None,
            info_ids=info.ids if info else None,
        )
        return paper

    def _evidence(self, paper, key="head_a", **values):
        return (
            self.env["party.document.evidence"]
            .with_user(self.user[key])
            .create({"document_id": paper.id, "symbol": "09-BC/BTCTU", **values})
        )

    def _submitted(self, key="head_a", **values):
        """Return a paper whose result was sent."""
        paper = self._doing(**values)
        self._evidence(paper, key)
        self._as(key, paper).action_submit_result("Đã ban hành báo cáo")
        return paper
