from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize

from ..rules.symbol import fold

KEEPERS = ("party_office_base.group_clerk", "party_office_base.group_manager")


class PartyCorrespondent(models.Model):
    """How a sender is recognised: by suffix, by e-mail, by a former name."""

    _inherit = "party.correspondent"
    _rec_names_search = ["name", "code", "other_names"]

    other_names = fields.Char(
        string="Also called",
        help="Former names and abbreviations, separated by semicolons.",
    )
    code_key = fields.Char(compute="_compute_code_key", store=True)
    email_key = fields.Char(compute="_compute_email_key", store=True)

    _code_idx = models.Index("(code_key) WHERE code_key IS NOT NULL")
    _email_idx = models.Index("(email_key) WHERE email_key IS NOT NULL")

    @api.depends("code")
    def _compute_code_key(self):
        for correspondent in self:
            correspondent.code_key = fold("".join((correspondent.code or "").split()))

    @api.depends("email")
    def _compute_email_key(self):
        for correspondent in self:
            correspondent.email_key = email_normalize(correspondent.email or "")

    @api.model
    def _of_suffix(self, issuer):
        """Return the correspondents whose papers carry a suffix, e.g. ``BTCTW``."""
        key = fold("".join((issuer or "").split()))
        if not key:
            return self.browse()
        return self.search(
            [("code_key", "=", key), ("company_id", "=", self.env.company.id)], limit=8
        )

    @api.model
    def _of_email(self, address):
        """Return the correspondent who writes from an address; empty when unknown."""
        key = email_normalize(address or "")
        if not key:
            return self.browse()
        return self.search(
            [("email_key", "=", key), ("company_id", "=", self.env.company.id)], limit=1
        )

    def _learn_suffix(self, issuer):
        """Remember the suffix of a correspondent that had none."""
        self.ensure_one()
        issuer = "".join((issuer or "").split())
        if issuer and not self.code and len(issuer) <= 30:
            self.code = issuer

    @api.model
    def name_create(self, name):
        """Find a former name too, before a new correspondent is made."""
        wanted = self._key(name)
        for known in self.search(
            [
                ("other_names", "ilike", " ".join((name or "").split())),
                ("company_id", "=", self.env.company.id),
            ],
            limit=20,
        ):
            if wanted in map(self._key, known.other_names.split(";")):
                return known.id, known.display_name
        return super().name_create(name)

    # ------------------------------------------------------------------- merge
    def _merge_into(self, kept):
        """Move everything that names these correspondents to another; they are deleted.

        Their names stay known as other names of the one that is kept.

        :param kept: ``party.correspondent``
        :raises AccessError: neither clerk nor manager
        """
        if not (self.env.su or any(map(self.env.user.has_group, KEEPERS))):
            raise AccessError(
                self.env._("Only the clerk or the manager merges correspondents.")
            )
        (self | kept).check_access("write")
        kept.ensure_one()
        gone = self - kept
        if not gone:
            raise UserError(self.env._("Choose at least two correspondents."))
        if (gone | kept).mapped("company_id") != kept.company_id:
            raise UserError(self.env._("They belong to different companies."))
        boards = (gone | kept).board_id
        if len(boards) > 1:
            raise UserError(
                self.env._("They are different boards: these are never merged.")
            )
        # papers of every kind follow, those that the user may not write too
        gone.sudo()._move_references(kept.sudo())
        names = [kept.other_names, *gone.mapped("name"), *gone.mapped("other_names")]
        values = {"other_names": "; ".join(dict.fromkeys(filter(None, names)))}
        for name in ("code", "email"):
            values[name] = kept[name] or next(filter(None, gone.mapped(name)), False)
        values["parent_id"] = ((kept | gone).parent_id - kept - gone)[:1].id
        values["board_id"] = boards.id
        # unique names and suffixes come free first
        gone.unlink()
        kept.write(values)
        return kept

    def _move_references(self, kept):
        """Write the kept correspondent wherever these stand."""
        models_fields = self.env["ir.model.fields"].search(
            [
                ("relation", "=", self._name),
                ("store", "=", True),
                ("ttype", "in", ("many2one", "many2many")),
            ]
        )
        for field in models_fields:
            model = self.env.get(field.model)
            if model is None or model._abstract or not model._auto:
                continue
            records = model.with_context(active_test=False).search(
                [(field.name, "in", self.ids)]
            )
            if records._name == self._name:
                records -= self
            if field.ttype == "many2one":
                (records - kept if records._name == self._name else records).write(
                    {field.name: kept.id}
                )
            else:
                for record in records:
                    record.write(
                        {
                            field.name: [
                                *(fields.Command.unlink(c.id) for c in self),
                                fields.Command.link(kept.id),
                            ]
                        }
                    )
