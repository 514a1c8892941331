"""Seats by order: rows of the hall from the stage, seats from the left."""


def row_name(number):
    """Return the letters of a row counted from 0.

    >>> row_name(0), row_name(25), row_name(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def seats(count, per_row):
    """Return the names of the first seats.

    >>> seats(5, 3)
    ['A1', 'A2', 'A3', 'B1', 'B2']
    """
    return [f"{row_name(n // per_row)}{n % per_row + 1}" for n in range(count)]


def plan(taken, per_row):
    """Return the rows of the plan of seats, filled with who sits there.

    :param list taken: ``(seat, name)`` in order; a seat that is none stays beside
    :return: ``(rows, beside)``: rows are ``(letters, [name or ""] * per_row)``

    >>> plan([("A1", "Lê A"), ("B2", "Vũ B"), ("", "Hồ C")], 2)
    ([('A', ['Lê A', '']), ('B', ['', 'Vũ B'])], [('', 'Hồ C')])
    """
    by_seat = dict(taken)
    most = 1000
    names = seats(most, per_row)
    last = max((n for n, seat in enumerate(names) if seat in by_seat), default=-1)
    rows = [
        (
            row_name(row),
            [by_seat.get(f"{row_name(row)}{n + 1}", "") for n in range(per_row)],
        )
        for row in range(last // per_row + 1)
    ]
    known = set(names)
    return rows, [(seat, name) for seat, name in taken if seat not in known]
