"""Writes docs/licences.md from the metadata of the installed packages: python deploy/licences.py

Run it where all of requirements.lock is installed. A licence that the metadata does not name stands in BY_HAND, with
where it was read.
"""

import re
import sys
from importlib import metadata
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LOCK, PAGE = PROJECT / "requirements.lock", PROJECT / "docs/licences.md"

BY_HAND: dict[str, str] = {
    "axe-playwright-python": "MIT AND MPL-2.0",  # LICENSE of the wheel; the head of the axe.min.js in it
    "colorama": "BSD-3-Clause",  # LICENSE.txt in its wheel; it is installed on Windows alone
}
"""By canonical name."""

HEADING = """# Licences of what Telaah is installed with
Written by `deploy/licences.py` from the metadata of each package in `requirements.lock`. Telaah itself is under the
[MIT licence](../LICENSE); sources and licences of its own data stand in `core/resources/README.md` and on the cards
under `core/resources/models/`.

| package | version | licence |
|---|---|---|
"""


def locked() -> list[tuple[str, str]]:
    """Name and version of every package of the lock, in its order."""
    return re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE)


def licence(name: str) -> str:
    """What the metadata say: the expression, else the classifiers, else a short licence field; empty where nothing."""
    said = metadata.metadata(name)
    classifiers = [
        entry.rpartition(" :: ")[2]
        for entry in said.get_all("Classifier") or []
        if entry.startswith("License :: ") and entry != "License :: OSI Approved"
    ]
    field = (said.get("License") or "").strip()
    short = field if field and "\n" not in field and len(field) < 80 and field != "UNKNOWN" else ""
    return (said.get("License-Expression") or " or ".join(classifiers) or short).strip()


def main() -> None:
    rows, unknown = [], []
    for name, version in locked():
        canonical = re.sub(r"[-_.]+", "-", name).lower()
        try:
            found = BY_HAND.get(canonical) or licence(name)
        except metadata.PackageNotFoundError:
            found = BY_HAND.get(canonical, "")
        if not found:
            unknown.append(name)
        rows.append(f"| {name} | {version} | {found.replace('|', '/')} |\n")
    if unknown:
        sys.exit(f"No licence is known of {', '.join(unknown)}: install them, or look it up and put it into BY_HAND.")
    PAGE.write_text(HEADING + "".join(rows), encoding="utf-8")
    print(f"{PAGE.name}: {len(rows)} packages")


if __name__ == "__main__":
    main()
