from odoo import api, fields, models
from odoo.exceptions import ValidationError


class PartyAbsenceMixin(models.AbstractModel):
    """A time in which a car or a driver cannot be planned.

    It takes its subject like an order does (``party.occupancy``), so that neither can
    be planned over the other, whoever comes first.
    """

    _name = "party.absence.mixin"
    _description = "Absence"
    _order = "start desc, id desc"

    _absence_subject = None
    """Name of the many2one field to who or what is absent."""

    start = fields.Datetime(string="Not there from", required=True, index=True)
    stop = fields.Datetime(string="There again", required=True, index=True)
    note = fields.Char()

    @api.constrains("start", "stop")
    def _check_length(self):
        for absence in self:
            if absence.stop <= absence.start:
                raise ValidationError(
                    self.env._("The end has to be after the beginning.")
                )
            if (absence.stop - absence.start).days > 366:
                raise ValidationError(
                    self.env._("An absence takes a year at most: archive it instead.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        absences = super().create(vals_list)
        absences._keep_taken()
        return absences

    def write(self, vals):
        result = super().write(vals)
        if {self._absence_subject, "start", "stop"} & vals.keys():
            self._keep_taken()
        return result

    def unlink(self):
        self.env["party.occupancy"]._let_go(self)
        return super().unlink()

    def _keep_taken(self):
        """Take the subject for the time.

        :raises UserError: it is planned already: says by which order
        """
        for absence in self:
            # sentences are in the language of whoever writes
            subject = absence[self._absence_subject].sudo()
            self.env["party.occupancy"]._take(
                absence, [(subject, absence.start, absence.stop)]
            )
