# a mixin is loaded before what inherits it
from . import party_clock_mixin  # isort: split
from . import party_approval_line_mixin, party_approval_mixin  # isort: split
from . import (
    account_analytic_account,
    account_move,
    account_move_line,
    ir_rule,
    party_approval,
    party_approval_route,
    party_board,
    party_board_assignment,
    party_board_service,
    party_clock_entry,
    party_handover,
    party_substitution,
    party_work_item,
    res_company,
    res_config_settings,
    res_users,
)
