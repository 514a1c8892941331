# a mixin is loaded before what inherits it
from . import party_protected_mixin  # isort: split
from . import party_clock_mixin, party_official_mixin, party_verified_mixin  # isort: split
from . import party_form_mixin  # isort: split
from . import party_approval_line_mixin, party_approval_mixin  # isort: split
from . import (
    account_analytic_account,
    account_move,
    account_move_line,
    ir_actions_report,
    hr_department,
    hr_employee,
    hr_version,
    ir_attachment,
    ir_rule,
    party_approval,
    party_approval_route,
    party_board,
    party_board_assignment,
    party_board_service,
    party_clock_entry,
    party_cost_mixin,
    party_handover,
    party_norm,
    party_norm_area,
    party_norm_rank,
    party_norm_type,
    party_regulation,
    party_series,
    party_series_number,
    party_substitution,
    party_term,
    party_work_item,
    res_company,
    res_config_settings,
    res_partner,
    res_users,
)
