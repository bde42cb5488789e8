"""The rules as data. This module only finds and reads them; what they mean is the stages' affair."""

import csv
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from core.errors import ResourceError

FOLDER = Path(__file__).parent


def path(name: str) -> Path:
    """Where a resource stands, e.g. `path("outlets.yaml")`; ResourceError when there is none."""
    found = FOLDER / name
    if not found.is_file():
        raise ResourceError(f"The rule file core/resources/{name} is missing: restore it from the repository.")
    return found


@cache
def load_yaml(name: str) -> Any:
    """The content of a YAML rule file, read once a process; callers must not change it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path(name).read_text(encoding="utf-8"), Loader=loader)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise ResourceError(f"The rule file core/resources/{name} is not valid YAML: {error}") from error


@cache
def load_csv(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV rule file with a header line, read once a process; callers must not change them."""
    with path(name).open(encoding="utf-8", newline="") as lines:
        try:
            return tuple(csv.DictReader(lines))
        except (csv.Error, UnicodeDecodeError) as error:
            raise ResourceError(f"The rule file core/resources/{name} is not a table: {error}") from error


@cache
def fingerprint() -> str:
    """Twelve hex digits over all rule files: tags made under other rules carry another one."""
    digest = hashlib.sha256()
    for found in sorted(FOLDER.rglob("*")):
        if found.is_file() and "__pycache__" not in found.parts and "wording" not in found.parts:
            digest.update(found.relative_to(FOLDER).as_posix().encode())
            digest.update(found.read_bytes())
    return digest.hexdigest()[:12]
