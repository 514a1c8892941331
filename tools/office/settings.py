"""What the user may set: by environment or in `config/office.toml`."""

import os
import tomllib
from dataclasses import dataclass, fields

from .errors import OfficeError

# Names of the environment variables; the file has the field's own name.
ENVIRONMENT = {
    "odoo_source": "ODOO_SOURCE",
    "database_url": "DATABASE_URL",
    "host": "OFFICE_HOST",
    "port": "OFFICE_PORT",
    "workers": "OFFICE_WORKERS",
    "modules": "OFFICE_MODULES",
}


@dataclass(frozen=True)
class Settings:
    """All settings with their defaults."""

    odoo_source: str = ""
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8069
    workers: int = 0
    modules: str = ""  # comma list to install instead of all of addons/


def load_settings(path, environ=os.environ):
    """Read the settings file, if there is one; the environment wins over it.

    Raises OfficeError on a file that is not TOML, an unknown name, or a value
    of the wrong type.
    """
    values = _read_file(path)
    known = {field.name: field.type for field in fields(Settings)}
    for name, variable in ENVIRONMENT.items():
        if environ.get(variable):
            values[name] = environ[variable]
    for name, value in values.items():
        if name not in known:
            raise OfficeError(
                f"{path.name} has an unknown setting: {name}",
                f"Known are: {', '.join(known)}.",
            )
        try:
            values[name] = known[name](value)
        except ValueError:
            raise OfficeError(
                f"The setting {name} must be a whole number, not {value!r}."
            ) from None
    return Settings(**values)


def _read_file(path):
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise OfficeError(f"{path} cannot be read: {error}") from None
