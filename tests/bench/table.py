"""Print results as a table that can be pasted into docs/benchmarks.md."""

import os
import platform


def print_machine():
    """Say what was measured on, since only ratios travel."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(
        f"{os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}\n"
    )


def print_table(titles, rows):
    """Print a Markdown table; numbers are right-aligned."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(titles, *cells, strict=True)]
    for number, line in enumerate([titles, *cells]):
        padded = [
            cell.ljust(width) if index == 0 else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        print("| " + " | ".join(padded) + " |")
        if not number:
            marks = ["-" * width for width in widths]
            print(
                "| " + " | ".join([marks[0], *(f"{m[:-1]}:" for m in marks[1:])]) + " |"
            )
    print()
