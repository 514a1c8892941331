from odoo import api, fields, models

from odoo.addons.party_office_base.rules.escalation import YELLOW


class PartyDocument(models.Model):
    """What the form says at the top: the instruction, how late it is, what is asked."""

    _inherit = "party.document"

    direction_text = fields.Char(compute="_compute_boxes")
    deadline_text = fields.Char(compute="_compute_boxes")
    extension_text = fields.Char(compute="_compute_boxes")

    @api.depends(
        "state",
        "phase",
        "deadline",
        "instruction",
        "director_id",
        "escalation",
        "alarm_user_id",
        "extension_ids.state",
    )
    @api.depends_context("lang", "uid")
    def _compute_boxes(self):
        for document in self:
            # names of units and persons are the office's directory
            paper = document.sudo()
            directed = paper.state == "directed"
            document.direction_text = directed and paper._direction_text()
            document.deadline_text = directed and paper._deadline_text()
            document.extension_text = directed and paper._extension_text()

    def _day(self, day):
        return day.strftime("%d/%m/%Y") if day else ""

    def _direction_text(self):
        if self.phase == "back":
            back = self._last_direction()
            return self.env._(
                "%(user)s gave the paper back: “%(reason)s”. The unit stays in the "
                "lead until the leader decides.",
                user=back.user_id.name,
                reason=back.reason,
            )
        if not self.instruction:
            return False
        return self.env._(
            "%(user)s: “%(instruction)s”",
            user=self.director_id.name,
            instruction=self.instruction,
        )

    def _deadline_text(self):
        if self.escalation == YELLOW:
            return self.env._(
                "Due on %(day)s: %(count)s days are left.",
                day=self._day(self.deadline),
                count=max(self.days_left, 0),
            )
        if self.days_left >= 0:
            return False
        text = self.env._(
            "Overdue since %(day)s: %(count)s days late, at %(unit)s.",
            day=self._day(self.deadline),
            count=-self.days_left,
            unit=self.lead_board_id.name,
        )
        if self.alarm_user_id:
            text += " " + self.env._(
                "Brought to %(user)s.", user=self.alarm_user_id.name
            )
        return text

    def _extension_text(self):
        asked = self.open_extension_id
        if not asked:
            return False
        return self.env._(
            "%(user)s asks to move the deadline from %(old)s to %(new)s: “%(reason)s”",
            user=asked.requester_id.name,
            old=self._day(asked.old_deadline),
            new=self._day(asked.deadline),
            reason=asked.reason,
        )
