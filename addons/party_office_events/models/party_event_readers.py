from odoo import api, fields, models


class PartyEvent(models.Model):
    """Who reads the whole plan: everybody who has a part in it."""

    _inherit = "party.event"

    reader_board_ids = fields.Many2many(
        "party.board",
        "party_event_reader_board_rel",
        string="Units that read it",
        compute="_compute_readers",
        store=True,
        compute_sudo=True,
    )
    reader_user_ids = fields.Many2many(
        "res.users",
        "party_event_reader_user_rel",
        string="Persons who read it",
        compute="_compute_readers",
        store=True,
        compute_sudo=True,
    )

    @api.depends(
        "board_id",
        "lead_board_id",
        "co_board_ids",
        "organiser_id",
        "leader_ids",
        "task_ids.board_id",
        "task_ids.co_board_ids",
        "task_ids.doer_id",
    )
    def _compute_readers(self):
        for event in self:
            tasks = event.task_ids
            event.reader_board_ids = (
                event.board_id
                | event.lead_board_id
                | event.co_board_ids
                | tasks.board_id
                | tasks.co_board_ids
            )
            event.reader_user_ids = (
                event.organiser_id | event.leader_ids | tasks.doer_id
            )
