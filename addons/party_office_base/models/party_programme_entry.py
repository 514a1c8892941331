from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

#: what takes longer is several appointments
MAX_DAYS = 60


class PartyProgrammeEntry(models.Model):
    """One row of the programme: what takes place when, where, with which leaders.

    Documents write their rows through ``party.programme.mixin``; other appointments of
    leaders are entered by hand. Everybody at the office reads the programme. Of a
    closed meeting he who has no part in it reads the time and the leaders who are
    taken, nothing else: its words are kept in columns that no user reads
    (``full_…``), and ``title``, ``place`` and ``attendees`` give them to those who may
    read the document behind.
    """

    _name = "party.programme.entry"
    _description = "Appointment of the Programme"
    _inherit = ["party.protected.mixin"]
    _order = "start, stop, id"
    _rec_name = "title"
    _rec_names_search = ["title"]

    res_model = fields.Char(readonly=True, copy=False, index="btree_not_null")
    res_id = fields.Many2oneReference(
        model_field="res_model", readonly=True, copy=False
    )
    sequence = fields.Integer(readonly=True, copy=False)
    start = fields.Datetime(required=True, index=True)
    stop = fields.Datetime(string="End", required=True, index=True)
    title = fields.Char(
        string="Content",
        compute="_compute_texts",
        inverse="_inverse_title",
        search="_search_title",
        compute_sudo=False,
    )
    place = fields.Char(
        compute="_compute_texts", inverse="_inverse_place", compute_sudo=False
    )
    attendees = fields.Char(
        string="Who takes part",
        compute="_compute_texts",
        inverse="_inverse_attendees",
        compute_sudo=False,
    )
    full_title = fields.Char(copy=False, groups=fields.NO_ACCESS)
    full_place = fields.Char(copy=False, groups=fields.NO_ACCESS)
    full_attendees = fields.Char(copy=False, groups=fields.NO_ACCESS)
    board_id = fields.Many2one(
        "party.board",
        string="Prepared by",
        index="btree_not_null",
        ondelete="set null",
        help="Empty for a closed meeting.",
    )
    leader_ids = fields.Many2many(
        "res.users",
        "party_programme_entry_leader_rel",
        "entry_id",
        "user_id",
        string="Leaders",
    )
    kind = fields.Selection(
        [
            ("meeting", "Conference or meeting"),
            ("reception", "Reception"),
            ("trip", "Trip"),
            ("deadline", "Report due"),
            ("other", "Other appointment"),
        ],
        required=True,
        default="other",
        index=True,
    )
    state = fields.Selection(
        [
            ("tentative", "Expected"),
            ("planned", "Fixed"),
            ("done", "Took place"),
            ("cancelled", "Called off"),
        ],
        string="Status",
        required=True,
        default="planned",
        index=True,
    )
    is_restricted = fields.Boolean(string="Closed meeting")
    is_personal = fields.Boolean(
        string="Only for those concerned",
        help="Seen by the persons named and their boards, not on the office's sheets.",
    )
    about_model = fields.Char(readonly=True, copy=False)
    about_id = fields.Many2oneReference(
        model_field="about_model", readonly=True, copy=False
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.company,
    )

    _in_order = models.Constraint(
        "CHECK (stop >= start)", "The end has to be after the beginning."
    )
    _document_unique = models.UniqueIndex(
        "(res_model, res_id, sequence) WHERE res_model IS NOT NULL"
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "res_model",
            "res_id",
            "sequence",
            "about_model",
            "about_id",
            "company_id",
        }

    @api.constrains("start", "stop")
    def _check_length(self):
        for entry in self:
            if (entry.stop - entry.start).days >= MAX_DAYS:
                raise ValidationError(
                    self.env._(
                        "An appointment takes %(days)s days at most.", days=MAX_DAYS
                    )
                )

    # --------------------------------------------------------------- what may be read
    def _open(self):
        """Return those rows whose words the user may read.

        Who may read the document behind a closed meeting has a part in it; of an
        appointment entered by hand: its leaders, its author, the chief of office.
        """
        rows = self.sudo()
        closed = rows.filtered("is_restricted")
        if self.env.su or not closed:
            return self
        by_hand = closed.filtered(lambda e: not e.res_model)
        readable = rows - closed
        acting = self.env.user.acting_user_ids
        is_chief = self.env.user.has_group("party_office_base.group_office_chief")
        readable |= by_hand.filtered(
            lambda e: is_chief or (e.leader_ids | e.create_uid) & acting
        )
        for model_name, entries in (closed - by_hand).grouped("res_model").items():
            if model_name not in self.env:
                continue
            documents = self.env[model_name].browse(entries.mapped("res_id"))
            if not documents.has_access("read"):
                documents = documents._filtered_access("read")
            ids = set(documents.ids)
            readable |= entries.filtered(lambda e, ids=ids: e.res_id in ids)
        return self.browse((readable & rows).ids)

    @api.depends_context("uid", "lang", "su")
    @api.depends("full_title", "full_place", "full_attendees")
    def _compute_texts(self):
        readable = set(self._origin._open().ids)
        for entry in self:
            # the words stand in columns that nobody reads himself
            row = entry.sudo()
            if not entry._origin or entry._origin.id in readable:
                entry.title = row.full_title
                entry.place = row.full_place
                entry.attendees = row.full_attendees
            else:
                entry.title = self.env._("Closed meeting")
                entry.place = False
                entry.attendees = False

    def _inverse_title(self):
        for entry in self:
            # protected by the rules of the row itself
            entry.sudo().full_title = entry.title

    def _inverse_place(self):
        for entry in self:
            # see _inverse_title
            entry.sudo().full_place = entry.place

    def _inverse_attendees(self):
        for entry in self:
            # see _inverse_title
            entry.sudo().full_attendees = entry.attendees

    @api.model
    def _search_title(self, operator, value):
        if operator.startswith("not"):
            return NotImplemented
        found = Domain("full_title", operator, value)
        if self.env.su:
            return found
        # the words of closed meetings are found by who may read them only
        rows = self.sudo()
        public = rows._search(found & Domain("is_restricted", "=", False))
        closed = rows.search(found & Domain("is_restricted", "=", True))
        readable = self.browse(closed.ids)._open()
        return Domain("id", "in", public) | Domain("id", "in", readable.ids)

    # --------------------------------------------------------------------- by documents
    @api.model
    def _of(self, documents):
        """Return the rows of documents of one model."""
        return self.search(
            [("res_model", "=", documents._name), ("res_id", "in", documents.ids)]
        )

    @api.model
    def _prepare(self, document, position, values):
        """Return what is stored for a row that a document says."""
        closed = bool(values.get("is_restricted"))
        company = document["company_id"] if "company_id" in document._fields else False
        about = values.get("about")
        return {
            "res_model": document._name,
            "res_id": document.id,
            "sequence": position,
            "start": values["start"],
            "stop": values["stop"],
            "full_title": values["title"],
            "full_place": values.get("place") or False,
            "full_attendees": values.get("attendees") or False,
            "board_id": not closed and values.get("board_id"),
            "leader_ids": [(6, 0, values.get("leader_ids") or [])],
            "kind": values.get("kind") or "other",
            "state": values.get("state") or "planned",
            "is_restricted": closed,
            "is_personal": bool(values.get("is_personal")),
            "about_model": about._name if about else False,
            "about_id": about.id if about else False,
            "company_id": (company or self.env.company).id,
        }

    def _update(self, values):
        """Write what is different: a row that stays the same stays untouched."""
        self.ensure_one()
        changed = {}
        for name, value in values.items():
            field = self._fields[name]
            if field.type == "many2many":
                is_same = set(self[name].ids) == set(value[0][2])
            elif field.type == "many2one":
                is_same = self[name].id == (value or False)
            else:
                is_same = self[name] == value
            if not is_same:
                changed[name] = value
        if changed:
            self.write(changed)

    def _document(self):
        """Return the document behind the row, None for one entered by hand."""
        self.ensure_one()
        if not self.res_model or self.res_model not in self.env:
            return None
        return self.env[self.res_model].browse(self.res_id)

    def action_open(self):
        """Open the document behind the row, or the row when it was entered by hand.

        :raises UserError: a closed meeting in which the user has no part
        """
        self.ensure_one()
        document = self._document()
        if document is None:
            document = self
        elif not document.has_access("read"):
            raise UserError(
                self.env._("Only who takes part in it opens this appointment.")
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": document._name,
            "res_id": document.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    # -------------------------------------------------------------------------- by hand
    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not (vals.get("title") or vals.get("full_title") or "").strip():
                raise ValidationError(self.env._("Say what the appointment is."))
            if vals.get("is_restricted"):
                vals["board_id"] = False
        entries = super().create(vals_list)
        entries._check_by_hand()
        return entries

    def copy_data(self, default=None):
        """Copy the words as far as the user may read them."""
        rows = super().copy_data(default)
        for entry, values in zip(self, rows, strict=True):
            for name in ("title", "place", "attendees"):
                values.setdefault(name, entry[name])
        return rows

    def write(self, vals):
        if "title" in vals and not (vals["title"] or "").strip():
            raise ValidationError(self.env._("Say what the appointment is."))
        if vals.get("is_restricted"):
            vals = {**vals, "board_id": False}
        result = super().write(vals)
        self._check_by_hand()
        if {"is_restricted", "title", "place", "attendees"} & vals.keys():
            # what others read of it, too
            self.invalidate_recordset(["title", "place", "attendees"], flush=False)
        return result

    def _check_by_hand(self):
        """Check that the user may enter appointments of these leaders.

        :raises UserError: leaders of other boards are entered by the clerk or the chief
        """
        user = self.env.user
        if (
            self.env.su
            or user.has_group("party_office_base.group_clerk")
            or user.has_group("party_office_base.group_office_chief")
        ):
            return
        # who works or heads where is no secret
        boards = user.sudo().own_board_id | user.sudo().headed_board_ids
        for leader in self.sudo().leader_ids - user.acting_user_ids:
            if not (leader.own_board_id | leader.headed_board_ids) & boards:
                raise UserError(
                    self.env._(
                        "Appointments of %(leader)s are entered by his own board, the "
                        "clerk or the chief of office.",
                        leader=leader.name,
                    )
                )
