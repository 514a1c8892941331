from . import (
    test_party_event,
    test_home_events,
    test_party_event_programme,
    test_party_event_conclusion,
    test_party_event_review,
    test_party_event_learn,
    test_party_event_plan,
    test_project_task_deciding,
    test_party_event_move,
    test_project_task_evidence,
    test_project_task_escalation,
)
