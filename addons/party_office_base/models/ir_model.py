from odoo import models
from odoo.tools import SQL


class IrModel(models.Model):
    _inherit = "ir.model"

    def unlink(self):
        """Take out of the programme what an addon that is uninstalled put there."""
        gone = self.mapped("model")
        if "party.programme.entry" not in gone:
            # the addon's own columns are gone already: nothing may be read any more
            self.env.cr.execute(
                SQL("DELETE FROM party_programme_entry WHERE res_model = ANY(%s)", gone)
            )
        return super().unlink()
