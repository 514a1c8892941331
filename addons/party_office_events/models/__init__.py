from . import (
    res_users,
    party_event_kind,
    party_event,
    project_task,
    project_task_doing,
    party_event_tasks,
    party_event_readers,
    party_event_template,
    party_event_template_task,
    project_task_plan,
    party_task_decision,
    party_event_plan,
)
