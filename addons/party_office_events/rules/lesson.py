"""What the next template learns from conferences that took place."""

from collections.abc import Iterable
from dataclasses import dataclass

#: late in all of so many conferences, at least: one time is no rule
TIMES_LATE = 2


@dataclass(frozen=True)
class Done:
    """One task of a conference that took place.

    ``row`` is the task of the template (any key), None when it was added by hand;
    ``days_before`` counts working days before the conference, negative after it.
    """

    name: str
    days_before: int
    row: int | None = None
    days_late: int = 0
    is_done: bool = True


@dataclass(frozen=True)
class Lesson:
    """One proposal: ``add`` a task, have one ``earlier``, or ``drop`` it."""

    kind: str
    name: str
    row: int | None
    days_before: int
    times: int
    days_late: int = 0


def lessons(tasks: Iterable[Done]) -> list[Lesson]:
    """Return what follows from the tasks of some conferences of one template.

    >>> hand = Done("Kiểm tra máy phát điện", 2)
    >>> late = [Done("In tài liệu", 3, row=7, days_late=n) for n in (1, 2)]
    >>> for lesson in lessons([hand, *late]):
    ...     print(lesson.kind, lesson.name, lesson.days_before, lesson.times)
    add Kiểm tra máy phát điện 2 1
    earlier In tài liệu 5 2
    """
    by_hand: dict[str, list[Done]] = {}
    by_row: dict[int, list[Done]] = {}
    for task in tasks:
        if task.row is not None:
            by_row.setdefault(task.row, []).append(task)
        elif task.is_done:
            by_hand.setdefault(" ".join(task.name.lower().split()), []).append(task)
    found = [
        Lesson("add", same[0].name, None, max(t.days_before for t in same), len(same))
        for same in by_hand.values()
    ]
    for row, same in by_row.items():
        if len(same) < TIMES_LATE:
            continue
        if all(task.is_done and task.days_late > 0 for task in same):
            late = max(task.days_late for task in same)
            found.append(
                Lesson(
                    "earlier",
                    same[0].name,
                    row,
                    max(t.days_before for t in same) + late,
                    len(same),
                    late,
                )
            )
        elif not any(task.is_done for task in same):
            found.append(
                Lesson("drop", same[0].name, row, same[0].days_before, len(same))
            )
    return found
