from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.office_time import local
from odoo.addons.party_office_base.rules.form_text import figure, long_date


class PartyEvent(models.Model):
    """What a conference that took place looked like: late tasks, cost, attendance."""

    _inherit = "party.event"

    review = fields.Html(compute="_compute_review", sanitize=False)

    @api.depends("progress", "task_ids.progress", "conclusion_ids.task_id.progress")
    def _compute_review(self):
        for event in self:
            held = event.progress in ("held", "closed")
            event.review = held and self.env["ir.qweb"]._render(
                "party_office_events.party_event_review_screen",
                {"sections": event._review_rows()},
            )

    def _review_rows(self):
        """Return the sections of the review; what belongs to a conference adds its own.

        :return: list of dicts: ``title`` (text), ``head`` (list of texts, the first is
            a text column, the others are figures), ``rows`` (lists of texts), ``total``
            (list of texts or None)
        """
        self.ensure_one()
        sections = [self._review_tasks(), self._review_late()]
        if self.conclusion_ids:
            sections.append(self._review_conclusions())
        cost = self._review_cost()
        if cost:
            sections.append(cost)
        return [section for section in sections if section]

    def _review_tasks(self):
        """Return the preparation by unit: done in time, late, not needed, open."""
        tasks = self.task_ids.filtered(lambda t: t.origin == "preparation")
        if not tasks:
            return None
        rows, sums = [], [0] * 6
        for board, own in tasks.grouped("board_id").items():
            done = own.filtered(lambda t: t.progress == "done")
            late = done.filtered("done_late")
            dropped = own.filtered(lambda t: t.progress == "dropped")
            counts = [
                len(own),
                len(done - late),
                len(late),
                len(own - done - dropped),
                len(dropped),
                sum(late.mapped("done_late")),
            ]
            sums = [a + b for a, b in zip(sums, counts, strict=True)]
            # names of units are read by everybody
            rows.append((counts[2] + counts[3], [board.sudo().name, *map(str, counts)]))
        # who has most left open or late stands first
        rows.sort(key=lambda row: (-row[0], row[1][0]))
        return {
            "title": self.env._("Preparation by unit"),
            "head": [
                self.env._("Lead unit"),
                self.env._("Tasks"),
                self.env._("In time"),
                self.env._("Late"),
                self.env._("Open"),
                self.env._("Not needed"),
                self.env._("Days late"),
            ],
            "rows": [row for _order, row in rows],
            "total": [self.env._("Total"), *map(str, sums)],
        }

    def _review_late(self):
        """Return the tasks that were late, the worst first."""
        late = self.task_ids.filtered(
            lambda t: t.origin == "preparation" and t.done_late
        ).sorted(lambda t: (-t.done_late, t.name))
        if not late:
            return None
        return {
            "title": self.env._("Late tasks"),
            "head": [
                self.env._("Task"),
                self.env._("Lead unit"),
                self.env._("Done by"),
                self.env._("Due"),
                self.env._("Days late"),
            ],
            "rows": [
                [
                    task.name,
                    # names of units and colleagues are read by everybody
                    task.sudo().board_id.name,
                    task.sudo().doer_id.name or "",
                    f"{task.due_date:%d/%m/%Y}",
                    str(task.done_late),
                ]
                for task in late
            ],
            "total": None,
        }

    def _review_conclusions(self):
        names = dict(
            self.env["party.event.conclusion"]
            ._fields["progress"]
            ._description_selection(self.env)
        )
        return {
            "title": self.env._("Conclusions"),
            "head": [
                self.env._("Conclusion"),
                self.env._("Lead unit"),
                self.env._("Due"),
                self.env._("Where it stands"),
            ],
            "rows": [
                [
                    conclusion.text,
                    conclusion.sudo().board_id.name,
                    f"{conclusion.due_date:%d/%m/%Y}",
                    names[conclusion.progress],
                ]
                for conclusion in self.conclusion_ids
            ],
            "total": None,
        }

    def _review_cost(self):
        """Return the estimate against what it came to by unit, None without one."""
        if not self.has_estimate:
            return None
        planned, actual = (
            # which unit pays is no secret to who reads the review
            {board.sudo().name: amount for board, amount in amounts.items()}
            for amounts in map(self._amounts_by_board, ("planned", "actual"))
        )
        names = sorted(planned.keys() | actual.keys())
        if not names:
            return None
        rows = [(name, planned.get(name, 0), actual.get(name, 0)) for name in names]
        whole = [sum(row[1] for row in rows), sum(row[2] for row in rows)]
        return {
            "title": self.env._("Cost by paying unit (đồng)"),
            "head": [
                self.env._("Paying unit"),
                self.env._("Estimate"),
                self.env._("Really spent"),
                self.env._("Difference"),
                self.env._("Per cent"),
            ],
            "rows": [self._cost_cells(*row) for row in rows],
            "total": self._cost_cells(self.env._("Total"), *whole),
        }

    def _cost_cells(self, name, planned, actual):
        share = figure((actual - planned) * 100 / planned, 1) + " %" if planned else ""
        return [
            name,
            figure(planned),
            figure(actual),
            figure(actual - planned),
            share,
        ]

    # ------------------------------------------------------------------------- printing
    def _check_can_print(self, report):
        reviews = self.env.ref(
            "party_office_events.party_event_review_report"
        ) | self.env.ref("party_office_events.party_event_conclusion_report")
        if report in reviews and self.filtered(
            lambda e: e.progress not in ("held", "closed")
        ):
            raise UserError(self.env._("This is printed after it took place."))
        return super()._check_can_print(report)

    def _form_values(self, report):
        values = super()._form_values(report)
        notice = self.env.ref("party_office_events.party_event_conclusion_report")
        review = self.env.ref("party_office_events.party_event_review_report")
        if report not in (notice | review):
            return values
        start = local(self.env, self.start)
        company = self.company_id.sudo()
        values |= {
            "held": f"{start:%H} giờ {start:%M}, {long_date(start.date())}",
            "place": self._programme_place(),
            # who led and prepared it stands on the paper
            "lead": self.sudo().lead_board_id.name,
            "organiser": self.sudo().organiser_id.name,
            "chair": self.sudo().chair_id.name or "",
            "chief": company.office_chief_id.name or "",
        }
        if report == review:
            values |= {"sections": self._review_rows()}
        else:
            values |= {
                "day": long_date(self.conclusion_date),
                "conclusions": [
                    {
                        "text": one.text,
                        "board": one.board_id.name,
                        "co_boards": ", ".join(one.co_board_ids.mapped("name")),
                        "due": f"{one.due_date:%d/%m/%Y}",
                    }
                    for one in self.sudo().conclusion_ids
                ],
            }
        return values
