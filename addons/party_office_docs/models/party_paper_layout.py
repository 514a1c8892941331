import base64

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.party_office_base.models.party_verified_mixin import CHECK_STATES

from ..paper_docx import PLACEHOLDERS, TemplateBroken, check_template
from ..rules.paper_sheet import Page, Wording

#: pages of text with a seal, not a book of pictures
MAX_TEMPLATE = 5 * 1024 * 1024
#: (field, least, most)
LIMITS = (
    ("margin_top", 5, 60),
    ("margin_bottom", 5, 60),
    ("margin_left", 5, 60),
    ("margin_right", 5, 60),
    ("indent", 0, 40),
    ("text_size", 8, 20),
    ("kind_size", 8, 24),
    ("abstract_size", 8, 20),
    ("recipient_size", 8, 20),
)


class PartyPaperLayout(models.Model):
    """How papers of some kinds are laid out: margins, sizes, wording, own template.

    Guidance 36-HD/VPTW of 3 April 2018, annex 3. What replaces it is entered here.
    """

    _name = "party.paper.layout"
    _description = "Layout of Papers"
    _inherit = ["party.verified.mixin"]
    _order = "sequence, id"

    check_state = fields.Selection(selection_add=CHECK_STATES)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    kind_ids = fields.Many2many(
        "party.document.kind", string="Kinds", help="Empty: every other kind."
    )
    body_id = fields.Many2one(
        "party.issuing.body",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: every body.",
    )
    regulation = fields.Char(help="The guidance it follows.")
    motto = fields.Char(
        required=True, default=Wording.motto, help="Stands at the top right."
    )
    address_label = fields.Char(default=Wording.address_label, string="Addressed to")
    recipients_label = fields.Char(
        default=Wording.recipients_label, string="Recipients' label"
    )
    last_recipient = fields.Char(
        string="Last recipient", help="Who keeps it, e.g. Lưu Văn phòng Tỉnh ủy."
    )
    abstract_prefix = fields.Char(
        string="Before the abstract", help="Stands below the kind, e.g. về."
    )
    shows_kind = fields.Boolean(
        string="Names the kind",
        default=True,
        help="An official letter has no name of a kind: its abstract stands below the "
        "number.",
    )
    margin_top = fields.Integer(default=Page.top, string="Top margin (mm)")
    margin_bottom = fields.Integer(default=Page.bottom, string="Bottom margin (mm)")
    margin_left = fields.Integer(default=Page.left, string="Left margin (mm)")
    margin_right = fields.Integer(default=Page.right, string="Right margin (mm)")
    indent = fields.Integer(default=Page.indent, string="First line (mm)")
    text_size = fields.Integer(default=Page.text_size, string="Text (pt)")
    kind_size = fields.Integer(default=Page.kind_size, string="Kind (pt)")
    abstract_size = fields.Integer(default=Page.abstract_size, string="Abstract (pt)")
    recipient_size = fields.Integer(
        default=Page.recipient_size, string="Recipients (pt)"
    )
    template = fields.Binary(
        string="Own template (DOCX)",
        attachment=True,
        help="A Word file with places to fill in, such as {{number}}. Without it the "
        "paper is drawn after the sizes above.",
    )
    template_name = fields.Char(string="Name of the template")
    placeholders = fields.Char(
        compute="_compute_placeholders", string="Places to fill in"
    )
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: for all offices."
    )
    active = fields.Boolean(default=True)

    def _compute_placeholders(self):
        text = " ".join(f"{{{{{name}}}}}" for name in PLACEHOLDERS)
        for layout in self:
            layout.placeholders = text

    @api.constrains(*(name for name, _least, _most in LIMITS))
    def _check_sizes(self):
        for layout in self:
            for name, least, most in LIMITS:
                if not least <= layout[name] <= most:
                    raise ValidationError(
                        self.env._(
                            "%(field)s: enter %(least)s to %(most)s.",
                            field=self._fields[name]._description_string(self.env),
                            least=least,
                            most=most,
                        )
                    )

    @api.constrains("template")
    def _check_template(self):
        for layout in self.filtered("template"):
            data = base64.b64decode(layout.with_context(bin_size=False).template)
            if len(data) > MAX_TEMPLATE:
                raise ValidationError(self.env._("The template is larger than 5 MB."))
            try:
                check_template(data)
            except TemplateBroken as error:
                raise layout._template_error(error) from error

    def _template_error(self, error):
        if error.unknown:
            return ValidationError(
                self.env._(
                    "The template asks for what nobody knows: %(names)s. Known: "
                    "%(known)s.",
                    names=", ".join(error.unknown),
                    known=", ".join(PLACEHOLDERS),
                )
            )
        return ValidationError(
            self.env._(
                "This is no Word file (DOCX, without macros) with places to fill in "
                "such as %(example)s.",
                example="{{number}}",
            )
        )

    @api.model
    def _for(self, kind, body):
        """Return the layout of a paper: the most special one, else the first.

        :param kind: ``party.document.kind``
        :param body: ``party.issuing.body``
        :raises UserError: there is none
        """
        layouts = self.search(
            [
                ("kind_ids", "in", [False, *kind.ids]),
                ("body_id", "in", [False, *body.ids]),
                ("company_id", "in", [False, body.company_id.id]),
            ]
        )
        if not layouts:
            raise UserError(
                self.env._(
                    "No layout of papers. Add it under Configuration > Papers > Layout."
                )
            )
        return max(
            layouts, key=lambda layout: (bool(layout.body_id), bool(layout.kind_ids))
        )

    def _page(self):
        """Return margins and sizes (``Page``)."""
        self.ensure_one()
        return Page(
            top=self.margin_top,
            bottom=self.margin_bottom,
            left=self.margin_left,
            right=self.margin_right,
            indent=self.indent,
            text_size=self.text_size,
            kind_size=self.kind_size,
            abstract_size=self.abstract_size,
            recipient_size=self.recipient_size,
        )

    def _wording(self):
        """Return the words of every paper (``Wording``)."""
        self.ensure_one()
        prefix = (self.abstract_prefix or "").strip()
        return Wording(
            motto=self.motto,
            abstract_prefix=f"{prefix} " if prefix else "",
            address_label=self.address_label or "",
            recipients_label=self.recipients_label or "",
            last_recipient=self.last_recipient or "",
            shows_kind=self.shows_kind,
        )
