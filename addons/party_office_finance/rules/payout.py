"""Who gets how much of what is still due of a document.

>>> split_due([("an", 5), ("binh", 3)], total=10, due=6, owner="binh")
[('an', 5), ('binh', 1)]
"""


def split_due(shares, total, due, owner):
    """Return ``[(person, đồng)]`` whose sum is what is due, without zeros.

    What no person is named for belongs to the owner, who has laid it out. What an
    advance covers (``total - due``) was paid to the owner: it is taken off his share
    first, then off the others', the last one first.

    :param shares: ``[(person, đồng)]``, a person once
    :param total: đồng of the whole document
    :param due: đồng that is still to be paid
    :param owner: the person who asked for the money
    :raises ValueError: when the shares are more than the total, or more than the total
        is due
    """
    left = dict(shares)
    if sum(left.values()) > total or not 0 <= due <= total:
        raise ValueError(f"{due} of {total} cannot be shared out as {shares}")
    left[owner] = left.get(owner, 0) + total - sum(left.values())
    covered = total - due
    others = [person for person in left if person != owner]
    for person in [owner, *reversed(others)]:
        taken = min(covered, left[person])
        left[person] -= taken
        covered -= taken
    return [(person, amount) for person, amount in left.items() if amount]
