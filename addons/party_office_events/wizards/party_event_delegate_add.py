import io
from base64 import b64decode

from openpyxl import load_workbook

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import delegate_list

#: a list of delegates is small; anything larger is another workbook
MOST_BYTES = 2_000_000
MOST_ROWS = 3000


class PartyEventDelegateAdd(models.TransientModel):
    """Add all members of units, single persons, or a list that is pasted or a workbook.

    Good rows are added at once; each bad row is named with its number.
    """

    _name = "party.event.delegate.add"
    _description = "Add Delegates"

    event_id = fields.Many2one("party.event", required=True, ondelete="cascade")
    board_ids = fields.Many2many("party.board", string="All members of units")
    user_ids = fields.Many2many("res.users", string="Persons of the office")
    text = fields.Text(
        string="Pasted list",
        help="A line each: name; position; unit; on the payroll (x or no); as what.",
    )
    file = fields.Binary(
        string="Workbook", help="XLSX; first sheet, names in a column."
    )
    file_name = fields.Char()
    kind = fields.Selection(
        [
            ("delegate", "Delegate"),
            ("guest", "Guest"),
            ("lecturer", "Lecturer"),
            ("service", "Serves the conference"),
        ],
        string="They take part as",
        required=True,
        default="delegate",
    )
    report = fields.Text(string="Result", readonly=True)

    def action_add(self):
        """Add them, and say what was left out.

        :raises UserError: nothing was given, or it is no workbook
        """
        self.ensure_one()
        self.event_id._check_organiser()
        known = self.event_id.delegate_ids
        values, bad = self._of_people(known.user_id)
        for rows in (
            delegate_list.split_lines(self.text or ""),
            self._sheet_rows() if self.file else [],
        ):
            persons, problems = delegate_list.read(
                rows, [f"{d.name} {d.unit or ''}" for d in known]
            )
            values += [self._prepare(person) for person in persons]
            bad += [self._say(*problem) for problem in problems]
        if not values and not bad:
            raise UserError(self.env._("Choose units or persons, or paste a list."))
        sequence = max(known.mapped("sequence"), default=0)
        self.env["party.event.delegate"].create(
            [
                {
                    "kind": self.kind,
                    **vals,
                    "event_id": self.event_id.id,
                    "sequence": sequence + number,
                }
                for number, vals in enumerate(values, 1)
            ]
        )
        if not bad:
            return {"type": "ir.actions.act_window_close"}
        self.report = "\n".join(
            [
                self.env._("Added: %(count)s.", count=len(values)),
                self.env._("Left out:"),
                *bad,
            ]
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add delegates"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
            "target": "new",
        }

    @api.model
    def _prepare(self, person):
        return {
            "name": person.name,
            "job_title": person.job_title,
            "unit": person.unit,
            "is_salaried": person.is_salaried,
            **({"kind": person.kind} if person.kind != "delegate" else {}),
        }

    def _of_people(self, known):
        users = self.user_ids
        if self.board_ids:
            # who works where is the office's directory
            users |= (
                self.env["hr.employee"]
                .sudo()
                .search(
                    [
                        ("department_id", "child_of", self.board_ids.department_id.ids),
                        ("user_id.active", "=", True),
                    ]
                )
                .user_id.sudo(False)
            )
        bad = [
            self.env._("%(name)s is on the list already.", name=user.name)
            for user in self.user_ids & known
        ]
        return [{"user_id": user.id} for user in users - known], bad

    def _sheet_rows(self):
        content = b64decode(self.file)
        if len(content) > MOST_BYTES:
            raise UserError(self.env._("This workbook is too large for a list."))
        try:
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            rows = [
                list(row)
                for row in sheet.iter_rows(
                    max_row=MOST_ROWS, max_col=20, values_only=True
                )
            ]
        except Exception as error:
            # whatever a file can be that is no workbook
            raise UserError(
                self.env._("This file is no XLSX workbook: save the list as XLSX.")
            ) from error
        return rows

    def _say(self, number, problem, cell):
        """Return the sentence that names a bad row."""
        say = {
            "no_name": self.env._("row %(row)s has no name", row=number),
            "long_name": self.env._("row %(row)s: this name is too long", row=number),
            "twice": self.env._("row %(row)s is on the list already", row=number),
            "salaried": self.env._(
                "row %(row)s: on the payroll is x or no", row=number
            ),
            "kind": self.env._("row %(row)s takes part as what?", row=number),
        }
        return f"– {say[problem]} ({cell})"
