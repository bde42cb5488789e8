"""Writes requirements.lock: all packages of requirements.txt's whole tree with version and hashes of their files.

    python deploy/lock.py            # after a change of requirements.txt; asks the package index through pip
    python deploy/lock.py --anew     # asks for every hash again, also of what stands in the lock at its version already
    pip install --require-hashes --no-build-isolation -r deploy/build.lock -r requirements.lock

Covered are PLATFORMS and PYTHONS: pip chooses the file for each of them, and its hash goes in. What the markers of
another platform ask for beside what this machine needs is added. Packages that have no ready file come as their source,
and are built by what deploy/build.lock names.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parent.parent
LOCK, BUILD_LOCK = PROJECT / "requirements.lock", PROJECT / "deploy/build.lock"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "Linux x86_64": ("linux", "Linux", "x86_64", (
        *(f"manylinux_2_{n}_x86_64" for n in (28, 27, 26, 24, 17, 12, 5)), "manylinux2014_x86_64",
        "manylinux2010_x86_64", "manylinux1_x86_64",
    )),
    "Linux aarch64": ("linux", "Linux", "aarch64", (
        *(f"manylinux_2_{n}_aarch64" for n in (28, 27, 26, 24, 17)), "manylinux2014_aarch64",
    )),
    "macOS arm64": ("darwin", "Darwin", "arm64", (
        *(f"macosx_{n}_0_{kind}" for kind in ("arm64", "universal2") for n in (14, 13, 12, 11)),
        "macosx_10_9_universal2",
    )),
    "Windows x86_64": ("win32", "Windows", "AMD64", ("win_amd64",)),
}  # fmt: skip
"""By name: sys_platform, platform_system, platform_machine, and tags of files that run there."""

TESTS = ("pytest", "hypothesis", "jsonschema", "playwright", "axe-playwright-python")
"""Pins of requirements.txt that only the tests need: they stand at the end of the lock, under TESTS_HEADING."""
TESTS_HEADING = "# Only for the tests."
BUILD = ("setuptools",)


@dataclass(slots=True)
class Package:
    """One package of the lock."""

    name: str
    version: str
    requires: list[Requirement]
    hashes: set[str] = field(default_factory=set)
    source: bool = False


def asked(*arguments: str) -> list[dict[str, Any]]:
    """What pip would install for these arguments, without installing it."""
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--ignore-installed", "--report", "-"]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr.strip())
    found: list[dict[str, Any]] = json.loads(done.stdout)["install"]
    return found


def packages(found: Iterable[dict[str, Any]]) -> dict[str, Package]:
    """By canonical name."""
    made = {}
    for entry in found:
        said, where = entry["metadata"], entry["download_info"]
        if not where["url"].startswith("https://"):
            sys.exit(f"{said['name']} would come from {where['url']}, not from the index: hashes of it prove nothing.")
        package = Package(
            name=said["name"], version=said["version"],
            requires=[Requirement(below) for below in said.get("requires_dist", [])],
            hashes={where["archive_info"]["hashes"]["sha256"]}, source=not where["url"].endswith(".whl"),
        )  # fmt: skip
        made[canonicalize_name(package.name)] = package
    return made


def pins(path: Path) -> list[Requirement]:
    lines = (line.partition("#")[0].rstrip(" \\").strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def environments() -> Iterable[dict[str, str]]:
    for platform, system, machine, _ in PLATFORMS.values():
        for python in PYTHONS:
            yield {
                "sys_platform": platform, "platform_system": system, "platform_machine": machine,
                "os_name": "nt" if platform == "win32" else "posix", "python_version": python,
                "python_full_version": f"{python}.0", "implementation_name": "cpython",
                "platform_python_implementation": "CPython", "platform_release": "", "platform_version": "",
                "implementation_version": f"{python}.0",
            }  # fmt: skip


def reached(known: dict[str, Package], roots: Iterable[Requirement], environment: dict[str, str]) -> dict[str, str]:
    """The packages that these requirements lead to there, each with how it is asked for."""
    found: dict[str, str] = {}
    todo = [(root, "") for root in roots]
    done = set()
    while todo:
        requirement, extra = todo.pop()
        if requirement.marker and not requirement.marker.evaluate({**environment, "extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        found.setdefault(name, f"{requirement.name}{requirement.specifier}")
        for wanted in ("", *requirement.extras):
            if (name, wanted) not in done and name in known:
                done.add((name, wanted))
                todo += [(below, wanted) for below in known[name].requires]
    return found


def resolved(roots: list[Requirement]) -> dict[str, Package]:
    """The whole tree for all targets."""
    more: dict[str, str] = {}
    while True:
        known = packages(asked("-r", str(PROJECT / "requirements.txt"), *more.values()))
        missing = {}
        for environment in environments():
            missing |= {n: said for n, said in reached(known, roots, environment).items() if n not in known}
        if not missing:
            return known
        more |= missing


def locked() -> dict[tuple[str, str], set[str]]:
    """The hashes that stand in the lock, by canonical name and version."""
    if not LOCK.exists() or "--anew" in sys.argv:
        return {}
    entries = re.findall(r"^(\S+)==(\S+)((?: \\\n    --hash=sha256:\w+)+)", LOCK.read_text("utf-8"), re.MULTILINE)
    return {
        (canonicalize_name(name), version): set(re.findall(r"sha256:(\w+)", said)) for name, version, said in entries
    }


def add_hashes(known: dict[str, Package]) -> None:
    """Of the files that pip would take on each target; a file that is in the lock is not asked for again."""
    before = locked()
    for key, package in known.items():
        package.hashes |= before.get((key, package.version), set())
    fresh = {key: package for key, package in known.items() if (key, package.version) not in before}
    if any(not package.source for package in fresh.values()):
        _ask_for(fresh)


def _ask_for(known: dict[str, Package]) -> None:
    ready = [f"{package.name}=={package.version}" for package in known.values() if not package.source]
    with tempfile.TemporaryDirectory() as folder:
        for name, (_, _, _, tags) in PLATFORMS.items():
            for python in PYTHONS:
                target = [argument for tag in tags for argument in ("--platform", tag)]
                found = packages(asked(
                    "--no-deps", "--only-binary=:all:", "--target", folder, "--python-version", python,
                    "--implementation", "cp", *target, *ready,
                ))  # fmt: skip
                for key, package in found.items():
                    known[key].hashes |= package.hashes
                print(f"{name}, Python {python}: {len(found)} files", file=sys.stderr)


def lines(some: Iterable[Package]) -> str:
    text = ""
    for package in sorted(some, key=lambda one: canonicalize_name(one.name)):
        hashes = "".join(f" \\\n    --hash=sha256:{found}" for found in sorted(package.hashes))
        text += f"{package.name}=={package.version}{hashes}\n"
    return text


def main() -> None:
    roots = pins(PROJECT / "requirements.txt")
    known = resolved(roots)
    add_hashes(known)
    serving = [root for root in roots if canonicalize_name(root.name) not in TESTS]
    needed = {name for environment in environments() for name in reached(known, serving, environment)}
    heading = (
        "# Written by deploy/lock.py from requirements.txt; see there. Covers "
        f"Python {PYTHONS[0]} to {PYTHONS[-1]} on {', '.join(PLATFORMS)}.\n"
    )
    LOCK.write_text(
        heading
        + lines(package for name, package in known.items() if name in needed)
        + f"\n{TESTS_HEADING}\n"
        + lines(package for name, package in known.items() if name not in needed),
        encoding="utf-8",
    )
    build = packages(asked(*(str(pin) for pin in pins(BUILD_LOCK)) if BUILD_LOCK.exists() else BUILD))
    sources = ", ".join(sorted(package.name for package in known.values() if package.source))
    BUILD_LOCK.write_text(f"# What builds the packages that come as their source: {sources}.\n" + lines(build.values()),
                          encoding="utf-8")  # fmt: skip
    print(f"{LOCK.name}: {len(known)} packages, {sum(len(package.hashes) for package in known.values())} files")


if __name__ == "__main__":
    main()
