from dataclasses import dataclass, field
from datetime import date
from typing import Any

from odoo import SUPERUSER_ID, models
from odoo.tools import float_compare
from odoo.tools.misc import format_date, formatLang


@dataclass(frozen=True)
class Post:
    """What a person was at the office, day by day.

    ``stages`` are ``(first day, rank code or None, board or None)``, oldest first.
    """

    stages: tuple = ()
    sex: str = ""
    _nothing: tuple = field(default=(date.min, None, None), repr=False)

    def _on(self, day) -> tuple[Any, Any, Any]:
        """The stage of a day; before the first one, the first one."""
        past = [stage for stage in self.stages if stage[0] <= day]
        return (past[-1:] or list(self.stages[:1]) or [self._nothing])[0]

    def rank_on(self, day):
        """The code of the ``party.norm.rank`` held on a day, or None."""
        return self._on(day)[1]

    def board_on(self, day):
        """The ``party.board`` where the person worked on a day, or None."""
        return self._on(day)[2]


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def write(self, vals):
        result = super().write(vals)
        if {"user_id", "department_id", "active"} & vals.keys():
            self.env["party.board"]._scope_changed()
        return result

    def _party_posts(self):
        """Return ``{employee id: Post}``, in a number of queries that does not depend
        on the number of persons.

        For calculations: rank, board and sex of a colleague decide what he is paid.
        """
        # superuser mode: the versions hold private data that staff may not read; only
        # rank, board and sex leave this method
        versions = self.env["hr.version"].sudo()
        versions = versions.search_fetch(
            [("employee_id", "in", self.ids)],
            [
                "employee_id",
                "date_version",
                "position_coefficient",
                "department_id",
                "sex",
            ],
            order="employee_id, date_version, id",
        )
        ranks = self.env["party.norm.rank"].search([("by_coefficient", "=", True)])
        boards = self.env["party.board"]._by_department(versions.department_id)
        return {
            employee.id: Post(
                tuple(
                    (
                        version.date_version,
                        ranks._holding(version.position_coefficient).code,
                        boards.get(version.department_id),
                    )
                    for version in own
                ),
                own[-1:].sex or "",
            )
            for employee, own in versions.grouped("employee_id").items()
        }

    def _set_position_coefficient(self, day, coefficient, paper):
        """Let a position allowance coefficient hold from a day on.

        :param date day: the first day. It holds until the next change that is known:
            later versions that changed something else take it over
        :param float coefficient: 0: none
        :param str paper: the decision it rests on
        """
        self.ensure_one()
        # the superuser, not just his mode (core writes a new version as the user): the
        # role that keeps coefficients is no HR officer; callers check that role
        employee = self.with_user(SUPERUSER_ID)
        before = employee._get_version(day).position_coefficient
        version = employee.create_version({"date_version": day})
        version.position_coefficient = coefficient
        for later in employee.version_ids.sorted("date_version"):
            if later.date_version <= day:
                continue
            if float_compare(later.position_coefficient, before, 2):
                break
            later.position_coefficient = coefficient
        employee.message_post(
            body=self.env._(
                "Position allowance coefficient %(coefficient)s from %(day)s: "
                "%(paper)s.",
                coefficient=formatLang(self.env, coefficient, digits=2),
                day=format_date(self.env, day),
                paper=paper,
            ),
            author_id=self.env.user.partner_id.id,
        )
