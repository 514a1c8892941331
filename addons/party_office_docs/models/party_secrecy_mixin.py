from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..rules.secrecy_mark import ORDER
from ..secrecy_files import forget_attachments
from ..secrecy_guard import guard_content, guard_owner

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
    computer that is joined to a network. It comes before other mixins in ``_inherit``:
    what they write about a new record is refused too.
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
    # raised by the database with every attachment, message and row about the paper:
    # who adds content and who marks it secret at the same moment cannot both succeed
    secrecy_turn = fields.Integer(
        string="Changes of Content", default=0, readonly=True, copy=False
    )

    def init(self):
        """Let the database refuse content of secret records, whoever writes it."""
        result = super().init()
        if not self._abstract:
            guard_owner(self)
        return result

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
        # a mark may come from the context or from a default of the user
        default = self.default_get(["secrecy"]).get("secrecy") or ORDINARY
        marks = [vals.get("secrecy", default) != ORDINARY for vals in vals_list]
        if not any(marks):
            return super().create(vals_list)
        self._check_secret_allowed()
        records = self.browse()
        for vals, marked in zip(vals_list, marks, strict=True):
            model = self
            if marked:
                self._refuse_secret_content(vals)
                # nothing is told about it: no line in the chatter, no mail to followers
                model = self._quiet()
            records += super(PartySecrecyMixin, model).create([vals])
        return records.with_env(self.env)

    def write(self, vals):
        records = self.sudo()
        marked = records.filtered("is_secret")
        if "secrecy" in vals and not self._is_removing():
            records._check_mark_change(vals["secrecy"])
            marked = records if self._names_secret(vals) else marked
        if not marked:
            return super().write(vals)
        self._refuse_secret_content(vals)
        return super(PartySecrecyMixin, self._quiet()).write(vals)

    def _quiet(self):
        """Return the records in a context that logs nothing about them."""
        return self.with_context(
            mail_create_nolog=True,
            mail_create_nosubscribe=True,
            mail_notrack=True,
            tracking_disable=True,
        )

    @api.model
    def _names_secret(self, vals):
        return (vals.get("secrecy") or ORDINARY) != ORDINARY

    @api.model
    def _is_removing(self):
        """Tell whether ``action_mark_secret`` runs: a mark in the transaction, which
        nobody can send along.
        """
        return bool(self.env.cr.cache.get("party secret removal"))

    @api.model
    def _check_secret_allowed(self):
        """Refuse a secret paper when the office keeps not even its number here.

        :raises UserError: by the setting of the office
        """
        if self.env.company.party_secret_papers == "nothing":
            raise UserError(
                self.env._(
                    "This office keeps nothing about secret papers in this system: "
                    "enter it in the secret register only."
                )
            )

    def _check_mark_change(self, secrecy):
        """Refuse to lower a mark, and to raise the mark of what has content.

        :raises UserError: saying what to do instead
        """
        for record in self:
            if ORDER.index(secrecy or ORDINARY) < ORDER.index(record.secrecy):
                raise UserError(
                    self.env._(
                        "A mark of secrecy is not lowered here. When a paper is no "
                        "longer secret, enter it anew."
                    )
                )
            if secrecy == ORDINARY or record.is_secret:
                continue
            self._check_secret_allowed()
            if record._has_secret_content():
                raise UserError(
                    self.env._(
                        "%(document)s has content already: use “Mark as secret”, which "
                        "removes it with a minute.",
                        document=record.display_name,
                    )
                )

    def _has_secret_content(self):
        """Tell whether anything in this system says what the record is about."""
        self.ensure_one()
        if any(self[name] for name in self._secret_content_fields()):
            return True
        self.env.flush_all()
        for table, model_column, id_column in self._secret_followers():
            rows = self.env.execute_query(
                SQL(
                    "SELECT 1 FROM %s WHERE %s = %s AND %s = %s LIMIT 1",
                    SQL.identifier(table),
                    SQL.identifier(model_column),
                    self._name,
                    SQL.identifier(id_column),
                    self.id,
                )
            )
            if rows:
                return True
        return False

    @api.model
    def _secret_followers(self):
        """Return ``(table, column of the model, column of the id)`` of what can be hung
        on any record and says something about it.
        """
        return [
            ("ir_attachment", "res_model", "res_id"),
            ("mail_message", "model", "res_id"),
            ("mail_activity", "res_model", "res_id"),
            ("mail_scheduled_message", "model", "res_id"),
        ]

    @api.model
    def _refuse_secret_content(self, vals):
        """Refuse what a secret paper may not say.

        :raises UserError: naming the fields
        """
        content = sorted(
            name for name in self._secret_content_fields() & vals.keys() if vals[name]
        )
        if content:
            self._forget_uploads(vals)
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

    @api.model
    def _forget_uploads(self, vals):
        """Delete the files that were uploaded for a paper that is refused: the refusal
        takes back the paper, but they were stored before.
        """
        ids = set()
        for name, value in vals.items():
            if self._fields[name].type != "many2many" or not value:
                continue
            if self._fields[name].comodel_name != "ir.attachment":
                continue
            for command in value:
                if not isinstance(command, (list, tuple)):
                    ids.add(command)
                elif command[0] == fields.Command.LINK:
                    ids.add(command[1])
                elif command[0] == fields.Command.SET:
                    ids.update(command[2])
        uploads = (
            # an upload belongs to its author until the paper is saved
            self.env["ir.attachment"]
            .sudo()
            .browse([i for i in ids if isinstance(i, int) and i])
            .exists()
            .filtered(lambda a: not a.res_id and a.create_uid == self.env.user)
        )
        if uploads:
            self.env.cr.postrollback.add(
                partial(forget_attachments, self.env.registry, uploads.ids)
            )

    @api.model
    def _message_secret(self):
        """Return what who adds something to a secret paper is told."""
        return self.env._(
            "A secret paper may not enter this system (Law 117/2025/QH15). "
            "Use the secret register."
        )

    @api.model
    def _refuse_for_secret(self, model_name, ids):
        """Refuse content of secret papers, or of rows that belong to them.

        :param str model_name: of what the content is hung on
        :param ids: ids of its records
        :raises UserError: Law 117/2025/QH15
        """
        owners = self._secret_owners(model_name, ids)
        if any(owner.is_secret for records in owners for owner in records):
            raise UserError(self._message_secret())

    @api.model
    def _secret_owners(self, model_name, ids):
        """Return the records with a mark behind some records, in superuser mode.

        :return: list of recordsets
        """
        ids = [res_id for res_id in ids if res_id]
        model = self.env.get(model_name or "")
        if not ids or model is None:
            return []
        # whoever writes, and whatever he may see
        records = model.sudo().browse(ids)
        if isinstance(model, self.pool["party.secret.content.mixin"]):
            rows = records.exists()
            return [rows[name] for name in rows._secret_owner_fields()]
        if isinstance(model, self.pool["party.secrecy.mixin"]):
            return [records.exists()]
        return []


class PartySecretContentMixin(models.AbstractModel):
    """A row that says something about a paper: refused when the paper is secret, and
    removed when the paper is marked secret later.

    Its model names the paper in ``_secret_owner_field``.
    """

    _name = "party.secret.content.mixin"
    _description = "Content of a Paper"

    _secret_owner_field = "document_id"

    @api.model
    def _secret_owner_fields(self):
        """Return the names (``list``) of the fields that name what the row is about."""
        return [self._secret_owner_field]

    def init(self):
        """Let the database refuse rows of secret papers, whoever writes them."""
        result = super().init()
        if not self._abstract:
            guard_content(self)
        return result

    @api.model_create_multi
    def create(self, vals_list):
        # in words, before the database refuses it
        for name in self._secret_owner_fields():
            self.env["party.secrecy.mixin"]._refuse_for_secret(
                self._fields[name].comodel_name, {vals.get(name) for vals in vals_list}
            )
        return super().create(vals_list)

    def write(self, vals):
        result = super().write(vals)
        self._check_owner_not_secret()
        return result

    def _check_owner_not_secret(self):
        """Refuse content of a secret paper.

        :raises UserError: Law 117/2025/QH15
        """
        # whoever writes, and whatever he may see
        for name in self._secret_owner_fields():
            if any(self.sudo()[name].mapped("is_secret")):
                raise UserError(self.env["party.secrecy.mixin"]._message_secret())
