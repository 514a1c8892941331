from datetime import timedelta

from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..office_time import local, midnight
from ..rules.programme import monday

#: what those concerned have to know about
TELLING = {"start", "stop", "state", "full_place", "full_title", "leader_ids"}


class PartyProgrammeEntry(models.Model):
    """What changes in a week that is published: marked on the sheet, told once.

    Several changes of one transaction are one message.
    """

    _inherit = "party.programme.entry"

    change = fields.Selection(
        [
            ("new", "Added"),
            ("moved", "Moved"),
            ("changed", "Changed"),
            ("off", "Called off"),
        ],
        string="Since publication",
        readonly=True,
        copy=False,
    )
    was_start = fields.Datetime(string="Planned before", readonly=True, copy=False)
    changed_at = fields.Datetime(readonly=True, copy=False)

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"change", "was_start", "changed_at"}

    # -------------------------------------------------------------------------- looking
    @api.model
    def _between(self, first, last, company=None, boards=None):
        """Return what stands on the sheets from a day to another, in order.

        :param first: date
        :param last: date, included
        :param boards: only what these prepare
        """
        domain = Domain(
            [
                ("start", "<", midnight(self.env, last + timedelta(days=1))),
                ("stop", ">=", midnight(self.env, first)),
                ("is_personal", "=", False),
                ("company_id", "=", (company or self.env.company).id),
            ]
        ) & (
            # what was called off before anybody heard of it does not stand there
            Domain("state", "in", ("planned", "done")) | Domain("change", "=", "off")
        )
        if boards:
            domain &= Domain("board_id", "in", boards.ids)
        return self.search(domain)

    # ------------------------------------------------------------------------- changing
    @api.model_create_multi
    def create(self, vals_list):
        entries = super().create(vals_list)
        for entry in entries.sudo():
            if entry.state == "planned" and entry._published_week():
                entry._mark("new")
        return entries

    def write(self, vals):
        names = {"title": "full_title", "place": "full_place"}
        touched = TELLING & {names.get(name, name) for name in vals}
        if not touched:
            return super().write(vals)
        # what a closed meeting says is a column that nobody reads himself
        before = {entry.id: entry.sudo()._told() for entry in self}
        result = super().write(vals)
        for entry in self.sudo():
            entry._mark_difference(before[entry.id])
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        for entry in self.sudo():
            if (
                entry.state == "planned"
                and not entry.res_model
                and entry._published_week()
            ):
                raise UserError(
                    self.env._("The week is published: set it to called off instead.")
                )

    def _withdraw(self, keep_document=True):
        """Take back rows whose document does not say them any more.

        What everybody was told stays on the sheet as called off.
        """
        told = self.filtered(
            lambda e: (
                e.change == "off" or (e.state == "planned" and e._published_week())
            )
        )
        (self - told).unlink()
        values = {"state": "cancelled"}
        if not keep_document:
            values |= {"res_model": False, "res_id": 0}
        told.write(values)

    def _told(self):
        """Return what those concerned were told, to be compared."""
        return {
            "start": self.start,
            "stop": self.stop,
            "state": self.state,
            "full_place": self.full_place,
            "full_title": self.full_title,
            "leader_ids": self.leader_ids,
            "week": self._published_week(),
        }

    def _published_week(self, start=None, stop=None):
        weeks = self.env["party.programme.week"].sudo()
        start, stop = start or self.start, stop or self.stop
        # a week is published or not for everybody
        return weeks.search(
            [
                ("state", "=", "published"),
                ("company_id", "=", self.company_id.id),
                ("monday", ">=", monday(local(self.env, start).date())),
                ("monday", "<=", local(self.env, stop).date()),
            ],
            limit=1,
            order="monday",
        )

    def _mark_difference(self, before):
        """Mark what has become different since the publication."""
        after = self._told()
        if not (before["week"] or after["week"]):
            return
        was_told = before["state"] == "planned" and before["week"]
        if self.state == "cancelled":
            if was_told:
                self._mark("off", before)
        elif self.state == "tentative" and was_told:
            # it is no longer sure that it takes place
            self._mark("off", before)
        elif self.state != "planned":
            return
        elif not was_told:
            if self.change == "off":
                self._mark("changed", before)
            else:
                self._mark("new", before)
        elif (before["start"], before["stop"]) != (after["start"], after["stop"]):
            self._mark("moved", before)
        elif any(before[name] != after[name] for name in TELLING):
            self._mark("changed", before)

    def _mark(self, change, before=None):
        if change in ("moved", "changed") and self.change in ("new", "moved"):
            # what was new or moved stays so
            change = self.change
        values = {"change": change, "changed_at": fields.Datetime.now()}
        if change == "moved" and not self.was_start and before:
            values["was_start"] = before["start"]
        # protected: the entry itself has checked who may change it
        self.sudo().write(values)
        leaders = before["leader_ids"] if before else self.env["res.users"]
        self._tell_later(leaders)

    def _clear_change(self):
        # protected: the chief of office took the publication back
        self.sudo().write({"change": False, "was_start": False, "changed_at": False})

    # -------------------------------------------------------------------------- telling
    def _tell_later(self, former_leaders):
        """Tell those concerned at the end of the transaction, once."""
        pending = self.env.cr.precommit.data.setdefault("party_programme", {})
        if not pending:
            self.env.cr.precommit.add(self._tell_pending)
        editor = self.env.context.get("programme_editor", self.env.uid)
        for entry in self:
            leaders = pending.get(entry.id, (set(),))[0] | set(former_leaders.ids)
            pending[entry.id] = (leaders, editor, entry.changed_at)

    def _tell_pending(self):
        pending = self.env.cr.precommit.data.pop("party_programme", {})
        entries = self.with_user(SUPERUSER_ID).browse(pending).exists()
        users = entries.env["res.users"]
        told = {}
        for entry in entries:
            leaders, editor, changed_at = pending[entry.id]
            if entry.changed_at != changed_at:
                # the change was only tried and rolled back
                continue
            concerned = users.browse(leaders) | entry.leader_ids | entry._keepers()
            for user in concerned - users.browse(editor):
                told.setdefault(user, entries.browse())
                told[user] |= entry
        for user, changed in told.items():
            changed.sorted("start")._tell(user)

    def _keepers(self):
        """Return who prepares the appointment, beside its leaders."""
        self.ensure_one()
        if self.is_restricted or not self.board_id:
            return self.env["res.users"]
        return self.board_id.head_id

    def _tell(self, user):
        """Send one message about all changes to one person."""
        # what is written here may leave the house as a mail: of closed meetings the
        # time only, even to who takes part
        words = self.with_user(user).with_context(lang=user.lang)
        kinds = dict(words._fields["change"]._description_selection(words.env))
        lines = []
        for entry in words:
            title = entry.title
            if entry.is_restricted:
                title = words.env._("Closed meeting")
            text = f"{kinds[entry.change]}: {entry._time_text()} · {title}"
            if entry.change == "moved" and entry.was_start:
                was = local(entry.env, entry.was_start)
                text = words.env._(
                    "%(what)s (before: %(moment)s)",
                    what=text,
                    moment=f"{was:%H:%M %d/%m}",
                )
            lines.append(text)
        self.env["mail.thread"].message_notify(
            partner_ids=user.partner_id.ids,
            subject=words.env._("The programme has changed"),
            body=Markup("<br/>").join(lines),
            author_id=self.env.ref("base.partner_root").id,
            email_layout_xmlid="mail.mail_notification_light",
        )
