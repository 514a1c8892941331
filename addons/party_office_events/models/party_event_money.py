from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.party_office_base.rules.cost import CostLine
from odoo.addons.party_office_base.rules.money import format_dong, whole

from ..rules.estimate import excess

CLAIM_KINDS = {"conference": "conference", "guest": "guest", "foreign": "foreign_guest"}


class PartyEvent(models.Model):
    """From the approved estimate to the payment claims.

    The estimate is held on the budget of each unit that pays when the plan is approved.
    What it really cost replaces it when the organiser settles: within the estimate at
    once, above it only after the chief of office approved a supplement.
    """

    _inherit = "party.event"

    is_settled = fields.Boolean(
        string="Actual cost settled",
        readonly=True,
        copy=False,
        help="What is held and claimed is what it really cost.",
    )
    settled_at = fields.Datetime(string="Settled on", readonly=True, copy=False)
    can_settle = fields.Boolean(compute="_compute_money_box")
    can_advance = fields.Boolean(compute="_compute_money_box")
    money_box = fields.Html(
        string="Where the money is", compute="_compute_money_box", sanitize=False
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"is_settled", "settled_at"}

    # -------------------------------------------------------------------- base's hooks
    def _cost_lines(self):
        lines = super()._cost_lines()
        if not self.has_estimate:
            return lines
        # superuser mode: every unit's part, whoever acts
        for row in self.sudo().actual_ids.sorted():
            amount = row.actual if self.is_settled else row.planned
            if amount:
                lines.append(
                    CostLine(
                        row.board_id,
                        row.item_code,
                        whole(amount),
                        self._cost_explanation(row),
                    )
                )
        return lines

    def _cost_explanation(self, row):
        # what the ledger and the claim say is Vietnamese whoever acts
        if self.env["res.lang"]._get_data(code="vi_VN"):
            row = row.with_context(lang="vi_VN")
        return " · ".join(filter(None, (row.display_name, row.person)))

    def _cost_claim_values(self):
        self.ensure_one()
        if not self.has_estimate or not self.is_settled:
            # the estimate is held by the event itself until it is settled
            return {}
        # superuser mode: the papers go with the claim, whoever settles
        event = self.sudo()
        return {
            "kind": CLAIM_KINDS[event._estimate_calculation()],
            "description": event.title,
            "about": event.guest_head or event.title,
            "partner": event.organiser_id.partner_id,
            "payee_name": event.organiser_id.name,
            "payment_method": "cash",
            "attachments": event.attachment_ids,
            "papers_follow": True,
        }

    def _on_approved(self):
        result = super()._on_approved()
        for event in self.filtered("has_estimate"):
            event._cost_hold()
        return result

    def _on_cancelled(self):
        for event in self.filtered("has_estimate"):
            event._cost_release(self.env._("%s was cancelled", event.title))
        return super()._on_cancelled()

    def _check_can_cancel(self):
        for event in self:
            if event.is_settled:
                raise UserError(
                    self.env._(
                        "%s is settled: its cost is being paid.", event.display_name
                    )
                )
        return super()._check_can_cancel()

    # ------------------------------------------------------------------------ settling
    def _check_actuals_open(self):
        """:raises UserError: the cost is settled, or its supplement is being decided"""
        self.ensure_one()
        if self.is_settled:
            raise UserError(self.env._("The cost of %s is settled.", self.display_name))
        if self.state == "submitted":
            raise UserError(
                self.env._(
                    "The estimate of %s is being decided: take it back first.",
                    self.display_name,
                )
            )
        # superuser mode: that a decision is pending is no secret
        if self.sudo().supplement_ids.filtered(lambda s: s.state == "submitted"):
            raise UserError(
                self.env._(
                    "The supplement of %s is being decided: take it back first.",
                    self.display_name,
                )
            )

    def action_fill_actual(self):
        """Take the estimate as the actual cost of every row that has none yet.

        :raises UserError: not approved, settled, or the user does not organise it
        """
        self._check_organiser()
        for event in self:
            event._check_state("approved")
            event._check_actuals_open()
            for row in event.actual_ids.filtered(
                lambda row: not row.actual and not row.is_extra
            ):
                if row.is_computed:
                    row.actual_quantity = row.quantity
                # a norm that was cut (room and breakfast) is paid as planned
                row.actual = row.planned
        return True

    def _amounts_by_board(self, name):
        """Return ``{board: đồng}`` of a column of the bill."""
        self.ensure_one()
        result = {}
        # superuser mode: see _cost_lines
        for row in self.sudo().actual_ids:
            result[row.board_id] = result.get(row.board_id, 0) + whole(row[name])
        return result

    def _cost_excess(self):
        """Return ``{board: đồng}`` that the actual cost is above the estimate."""
        return excess(
            self._amounts_by_board("planned"), self._amounts_by_board("actual")
        )

    def _check_can_settle(self):
        """:raises UserError: not begun, no figures, or an excess without a reason"""
        self.ensure_one()
        self._check_organiser()
        self._check_state("approved")
        if not self.has_estimate:
            raise UserError(self.env._("%s needs no money.", self.display_name))
        if self.progress not in ("held", "closed"):
            raise UserError(
                self.env._("%s has not taken place yet.", self.display_name)
            )
        if self.is_settled:
            return
        self._check_actuals_open()
        if not self.actual_total:
            raise UserError(self.env._("Say first what it really cost."))
        silent = self.actual_ids.filtered(
            lambda row: row.difference > 0 and not (row.explanation or "").strip()
        )
        if silent:
            raise UserError(
                self.env._(
                    "Say why these cost more than was planned: %(rows)s.",
                    rows=", ".join(silent.mapped("display_name")),
                )
            )

    def action_settle(self):
        """Claim what it really cost, or ask for a supplement when it is above the
        estimate of a unit.

        :return: the supplement to be sent, or True
        :raises UserError: see ``_check_can_settle``, or a budget is short
        """
        for event in self:
            event._check_can_settle()
            if not event.is_settled:
                if event._cost_excess():
                    return event._ask_supplement()
                event._settle()
            event._cost_claim()
        return True

    def _settle(self):
        """Hold what it really cost instead of the estimate; the caller checked."""
        self.ensure_one()
        # protected: set by the settling only
        self.sudo().write({"is_settled": True, "settled_at": fields.Datetime.now()})
        self._cost_hold()

    def _ask_supplement(self):
        """Return the action that opens the (new) supplement of this event."""
        self.ensure_one()
        supplement = self.supplement_ids.filtered(
            lambda s: s.state in ("draft", "returned")
        )[:1]
        if not supplement:
            supplement = self.env["party.event.supplement"].create(
                {"event_id": self.id, "board_id": self.board_id.id}
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": "party.event.supplement",
            "res_id": supplement.id,
            "views": [(False, "form")],
        }

    # -------------------------------------------------------------------- the money box
    @api.depends_context("uid", "lang")
    @api.depends(
        "state", "progress", "is_settled", "has_estimate", "actual_ids.planned"
    )
    def _compute_money_box(self):
        for event in self:
            open_money = event.has_estimate and event.state == "approved" and event.id
            may = bool(open_money and event._is_organiser())
            claims = event._cost_claims() if open_money else []
            advances = event._cost_advances() if open_money else []
            claimed = {claim["board"] for claim in claims}
            bearing = set(event.sudo().actual_ids.filtered("actual").board_id)
            event.can_settle = (
                may
                and event.progress in ("held", "closed")
                and (not event.is_settled or bool(bearing - claimed))
                and (not event.is_settled or self._can_cost_claim())
            )
            event.can_advance = (
                may and not event.is_settled and self._can_cost_advance()
            )
            event.money_box = (claims or advances) and Markup().join(
                map(self._render_money, [*advances, *claims])
            )

    @api.model
    def _render_money(self, paper):
        name = paper["name"]
        if paper["url"]:
            name = Markup('<a href="{}">{}</a>').format(paper["url"], name)
        return Markup("<div>{} · {} · {} đ · {}</div>").format(
            name,
            paper["board"].sudo().name,
            format_dong(paper["amount"]),
            paper["state"],
        )

    # ----------------------------------------------------------------------- advances
    def action_advance(self, amount, purpose):
        """Ask for an advance out of the estimate.

        :param amount: đồng
        :param str purpose: what it is for
        :return: the action that opens it
        :raises UserError: not approved, settled, more than the estimate, or advances
            are not kept here
        """
        self.ensure_one()
        self._check_organiser()
        self._check_state("approved")
        if self.is_settled or not self.has_estimate:
            raise UserError(
                self.env._("There is no open estimate that an advance could be for.")
            )
        if not self._can_cost_advance():
            raise UserError(self.env._("Advances are not kept in this system."))
        return self._cost_advance(amount, purpose)

    def action_open_advance(self):
        """Open the dialog that asks for an advance."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for an advance"),
            "res_model": "party.event.advance.ask",
            "view_mode": "form",
            "target": "new",
            "context": {"default_event_id": self.id},
        }

    # -------------------------------------------------------------------- rescheduling
    def _reschedule(self, start, stop):
        """Move the programme with the event, and the hold into its new year.

        :return: see the contract of ``_reschedule``
        """
        before = {event: event._cost_date() for event in self}
        told = super()._reschedule(start, stop)
        for event in self:
            told += event._move_money(before[event])
        return told

    def _move_money(self, before):
        """Follow an event that was moved.

        :param date before: its first day before
        :return: list of dicts ``what, moved, why``
        """
        self.ensure_one()
        after = self._cost_date()
        told = []
        # superuser mode: the rescheduling has checked the right
        rows = self.sudo().programme_ids
        if rows and after != before:
            for row in rows:
                row.date += after - before
            told.append(
                {
                    "what": self.env._("Programme of the reception"),
                    "moved": True,
                    "why": "",
                }
            )
        if self.has_estimate and self.state == "approved" and after.year != before.year:
            told.append(self._move_hold())
        return told

    def _move_hold(self):
        try:
            with self.env.cr.savepoint():
                self._cost_hold()
        except UserError as error:
            return {
                "what": self.env._("Money held on the budget"),
                "moved": False,
                "why": str(error),
            }
        return {
            "what": self.env._("Money held on the budget"),
            "moved": True,
            "why": "",
        }
