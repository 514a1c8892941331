"""Loads a rule module by its path: importing the addon would import Odoo."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
CASES = Path(__file__).resolve().parent / "cases"


def load_rule(addon, subject):
    """The module ``addons/<addon>/rules/<subject>.py``, loaded once.

    :raise FileNotFoundError: there is no such file
    """
    package = f"rules_of_{addon}"
    folder = ROOT / "addons" / addon / "rules"
    if package not in sys.modules:
        # rules of one addon import each other: they need a package with a path
        sys.modules[package] = ModuleType(package)
        sys.modules[package].__path__ = [str(folder)]
    name = f"{package}.{subject}"
    if name in sys.modules:
        return sys.modules[name]
    path = folder / f"{subject}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up there
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module
