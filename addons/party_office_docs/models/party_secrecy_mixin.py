from odoo import api, fields, models
from odoo.exceptions import UserError

ORDINARY = "none"

#: Law 117/2025/QH15: Mật, Tối mật, Tuyệt mật
SECRECY = [
    (ORDINARY, "Not secret"),
    ("secret", "Secret"),
    ("high", "Highly secret"),
    ("top", "Top secret"),
]


class PartySecrecyMixin(models.AbstractModel):
    """Something that carries a mark of secrecy, and no content once it has one.

    Law 117/2025/QH15 on the protection of State secrets forbids to keep secrets on a
    computer that is joined to a network.
    """

    _name = "party.secrecy.mixin"
    _description = "Marked With Secrecy"

    secrecy = fields.Selection(
        SECRECY,
        required=True,
        default=ORDINARY,
        index=True,
        copy=False,
        help="A secret paper (from Mật up) does not enter this system: only its "
        "number, kind and date are kept here (Law 117/2025/QH15). Use the secret "
        "register.",
    )
    is_secret = fields.Boolean(compute="_compute_is_secret")

    @api.depends("secrecy")
    def _compute_is_secret(self):
        for record in self:
            record.is_secret = record.secrecy != ORDINARY

    @api.model
    def _secret_content_fields(self):
        """Return the names (``set``) of the fields that a secret paper never has."""
        return set()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("secrecy", ORDINARY) != ORDINARY:
                self._refuse_secret_content(vals)
        return super().create(vals_list)

    def write(self, vals):
        if any(record.is_secret for record in self.sudo()):
            self._refuse_secret_content(vals)
        return super().write(vals)

    @api.model
    def _refuse_secret_content(self, vals):
        """Refuse what a secret paper may not say.

        :raises UserError: naming the fields
        """
        content = sorted(
            name for name in self._secret_content_fields() & vals.keys() if vals[name]
        )
        if content:
            raise UserError(
                self.env._(
                    "A secret paper may not enter this system (Law 117/2025/QH15): "
                    "only number, kind and date are kept. Leave empty: %(fields)s.",
                    fields=", ".join(
                        self._fields[name]._description_string(self.env)
                        for name in content
                    ),
                )
            )


class PartySecretContentMixin(models.AbstractModel):
    """A row that says something about a paper: refused when the paper is secret, and
    removed when the paper is marked secret later.

    Its model names the paper in ``_secret_owner_field``.
    """

    _name = "party.secret.content.mixin"
    _description = "Content of a Paper"

    _secret_owner_field = "document_id"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._check_owner_not_secret()
        return rows

    def write(self, vals):
        result = super().write(vals)
        self._check_owner_not_secret()
        return result

    def _check_owner_not_secret(self):
        """Refuse content of a secret paper.

        :raises UserError: Law 117/2025/QH15
        """
        # whoever writes, and whatever he may see
        for row in self.sudo():
            if row[row._secret_owner_field].is_secret:
                raise UserError(
                    self.env._(
                        "A secret paper may not enter this system (Law 117/2025/QH15). "
                        "Use the secret register."
                    )
                )
