"""Which tests a pattern on the command line means."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from .addons import DEMO, find_addons

PLAIN = ("tests/rules", "tests/office")
BROWSER = "tests/e2e"


@dataclass
class Selection:
    """What to run: arguments of unittest for each folder, Odoo's test tags."""

    folders: dict = field(default_factory=dict)
    tags: list = field(default_factory=list)
    demo_tags: list = field(default_factory=list)
    everything: bool = False

    @property
    def empty(self):
        """Whether nothing is selected."""
        return not (self.folders or self.tags or self.demo_tags)


def select(layout, pattern=None):
    """The tests that match a file, an addon, a class, a method, or all."""
    ours = {**find_addons(layout.addons), **find_addons(layout.test_addons)}
    selection = Selection()
    if not pattern:
        selection.everything = True
        selection.folders = {name: [] for name in (*PLAIN, BROWSER)}
        selection.tags = [f"/{name}" for name in ours if name != DEMO]
        selection.demo_tags = [f"/{DEMO}"] if DEMO in ours else []
        return selection
    if pattern in ours:
        _add_tag(selection, pattern, f"/{pattern}")
    elif (layout.checkout / pattern).exists() or Path(pattern).is_absolute():
        _select_path(layout, ours, (layout.checkout / pattern).resolve(), selection)
    else:
        _select_name(layout, ours, pattern, selection)
    return selection


def _select_path(layout, ours, path, selection):
    for folder in (*PLAIN, BROWSER):
        root = layout.checkout / folder
        if path == root or root in path.parents:
            selection.folders[folder] = [] if path.is_dir() else ["-p", path.name]
    for name, addon in ours.items():
        if path == addon or addon in path.parents:
            inner = path.relative_to(addon).as_posix()
            tag = f"/{name}/{inner}" if path.is_file() else f"/{name}"
            _add_tag(selection, name, tag)


def _select_name(layout, ours, pattern, selection):
    words = [word for word in re.split(r"\W+", pattern) if word]
    if words and words[0].startswith("test_"):
        tail = f".{words[0]}"
    else:
        tail = ":" + ".".join(words[:2])
    for folder in (*PLAIN, BROWSER):
        if _mentions(layout.checkout / folder, words):
            selection.folders[folder] = ["-k", pattern]
    for name, addon in ours.items():
        if _mentions(addon / "tests", words):
            _add_tag(selection, name, f"/{name}{tail}")


def _add_tag(selection, name, tag):
    (selection.demo_tags if name == DEMO else selection.tags).append(tag)


def _mentions(folder, words):
    return any(
        all(re.search(rf"\b{word}", text) for word in words)
        for path in folder.rglob("test_*.py")
        for text in [path.read_text(encoding="utf-8")]
    )
