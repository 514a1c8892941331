from odoo import api, models
from odoo.exceptions import AccessError


class PartyLinkMixin(models.AbstractModel):
    """A record that names documents which not everybody may see.

    A client can name any id, also in a form that is never saved: what is computed from
    it, and its number, would tell what another's document says. So the document that is
    named must be one that the user may read.
    """

    _name = "party.link.mixin"
    _description = "Record That Names Documents"

    @api.model
    def _guarded_links(self):
        """Return the names (``list``) of the many2one fields that are checked."""
        return []

    def _check_links(self, vals):
        """Refuse values that name a document which the user may not read.

        :raises AccessError: outside superuser mode
        """
        if self.env.su:
            return
        for name in self._guarded_links():
            target = vals.get(name)
            comodel = self.env[self._fields[name].comodel_name]
            if isinstance(target, dict):
                # a line in an unsaved form names its document so, as it stands there
                if isinstance(comodel, self.env.registry["party.link.mixin"]):
                    comodel._check_links(target)
                target = target.get("id")
            if target is None or target is False:
                continue
            if type(target) is not int:
                raise AccessError(
                    self.env._(
                        "%(field)s: name the document by its number.",
                        field=self._fields[name]._description_string(self.env),
                    )
                )
            comodel.browse(target).check_access("read")

    @api.model
    def default_get(self, fields):
        result = super().default_get(fields)
        self._check_links(result)
        return result

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_links(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_links(vals)
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        self._check_links(values)
        return super().onchange(values, field_names, fields_spec)
