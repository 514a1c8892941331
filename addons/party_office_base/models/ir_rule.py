from odoo import models

from ..office_time import local_today


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _compute_domain_context_values(self):
        """Key the cached rule domains by the local day.

        Assignments and substitutions begin and end at midnight in Viet Nam; a domain
        evaluated yesterday must not serve today.
        """
        yield from super()._compute_domain_context_values()
        yield local_today(self.env)

    def _compute_domain(self, model_name, mode="read"):
        # The list of boards (name, head, accountant) is the office's directory and
        # open to all staff; the analytic account behind a board, where its money
        # is, stays scoped. Without this, _inherits would scope the directory too.
        if model_name == "party.board" and mode == "read" and not self.env.su:
            return self.env["party.board"]._directory_domain()
        return super()._compute_domain(model_name, mode)
