from . import (
    res_users,
    party_event_kind,
    party_event,
    project_task,
    project_task_doing,
    party_event_tasks,
    party_event_readers,
    party_home,
)
