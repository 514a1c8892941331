from odoo import fields, models


class PartyDocument(models.Model):
    """The buttons of the form: each opens the small dialog that asks for its step."""

    _inherit = "party.document"

    def _parts_now(self):
        """Return the units that hold now, or those that the clerk proposes:
        ``(lead, cooperating, informed)``.
        """
        self.ensure_one()
        # which units have a part is shown to who may take the step
        paper = self.sudo()
        if paper.state != "directed":
            return (
                paper.proposal_lead_id,
                paper.proposal_co_ids,
                paper.proposal_info_ids,
            )
        parts = paper.routing_ids.grouped("role")
        none = paper.routing_ids.browse()
        return tuple(parts.get(role, none).board_id for role in ("lead", "co", "info"))

    def _instruction_now(self):
        """Return the instruction that holds now, or the clerk's proposal."""
        self.ensure_one()
        paper = self.sudo()
        directed = paper.state == "directed"
        return paper.instruction if directed else paper.proposal_instruction

    def _step_values(self, step):
        """Return what the dialog of a step begins with.

        :param str step: one of ``STEPS``
        """
        self.ensure_one()
        values = {
            "seen": self._last_direction().id,
            "is_again": self.state == "directed",
            "lead_id": False,
            "co_ids": [fields.Command.clear()],
            "info_ids": [fields.Command.clear()],
            "deadline": False,
            "instruction": False,
        }
        if step not in ("direct", "file"):
            return values
        lead, co, info = self._parts_now()
        values |= {
            "info_ids": [fields.Command.set(info.ids)],
            "instruction": self._instruction_now(),
        }
        if step == "direct":
            values |= {
                "lead_id": lead.id,
                "co_ids": [fields.Command.set(co.ids)],
                "deadline": self.deadline
                or self.proposal_deadline
                or self.env["party.document.period"]._deadlines(self)[self],
            }
        return values

    def _open_step(self, step, **defaults):
        self.ensure_one()
        labels = dict(
            self.env["party.document.step"]
            ._fields["step"]
            ._description_selection(self.env)
        )
        return {
            "type": "ir.actions.act_window",
            "name": labels[step],
            "res_model": "party.document.step",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_document_id": self.id,
                "default_step": step,
                **{f"default_{name}": value for name, value in defaults.items()},
            },
        }

    def action_open_direct(self):
        """Ask for lead, others, deadline and instruction."""
        return self._open_step("direct")

    def action_open_up(self):
        """Ask which leader directs the paper."""
        return self._open_step("up")

    def action_open_file(self):
        """Ask who is informed of a paper that needs no work."""
        return self._open_step("file")

    def action_open_pass(self):
        """Ask who of the unit deals with the paper."""
        return self._open_step("pass")

    def action_open_back(self):
        """Ask why the paper is not for this unit."""
        return self._open_step("back")

    def action_open_extend(self):
        """Ask for the new deadline and the reason."""
        return self._open_step("extend")

    def action_open_result(self):
        """Ask what was done."""
        return self._open_step("result")

    def action_open_accept(self):
        """Ask for the rating."""
        return self._open_step("accept")

    def action_open_return(self):
        """Ask what is missing in the result."""
        return self._open_step("return")

    def action_open_answer(self):
        """Ask which issued paper answers this one."""
        return self._open_step("answer")

    def action_approve_extension(self):
        """Approve the extension that is asked for."""
        return self.open_extension_id.action_approve()

    def action_open_refuse_extension(self):
        """Ask why the deadline stays."""
        return self._open_step("refuse")

    def _open_row(self, model, name):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_document_id": self.id},
        }

    def action_open_evidence(self):
        """Enter evidence."""
        return self._open_row("party.document.evidence", self.env._("Evidence"))

    def action_open_contribution(self):
        """Write a note of progress or a contribution."""
        return self._open_row(
            "party.document.contribution", self.env._("Progress or contribution")
        )
