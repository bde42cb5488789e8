"""What stands and what is missing: versions, rules, the corpus, the folders."""

import os
import platform
import tomllib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from core import __version__
from core.access import Rules, is_loopback, rules_in
from core.errors import CorpusBusyError, TelaahError
from core.inbox import waiting
from core.settings import PROJECT, Settings
from core.store import Corpus
from core.tag import stronger, tagger_version
from core.tag.stronger import Reason, State

UNUSABLE: dict[Reason, str] = {
    "no_folder": "{detail} is no folder: correct TELAAH_TONE_MODEL_FOLDER or unset it",
    "no_config": "{folder} has no {detail}: put the whole folder there that the transformers library saved",
    "no_weights": "{folder} has no weights (*.safetensors): put the whole folder there",
    "pickle": "{folder} has its weights as a pickle only ({detail}), which is never read: save them as safetensors",
    "labels": "the outputs of {folder} ({detail}) are not negative, neutral, positive: name them in their order in "
    "TELAAH_TONE_MODEL_LABELS",
    "calibration": "{folder}/{detail} has no usable temperature: run training/calibrate_tone.py or remove the file",
    "packages": "packages are missing ({detail}): pip install -r requirements-transformers.txt",
    "broken": "{folder} cannot be used ({detail}): put a whole folder there",
}
"""Why the stronger tone model does not rate, and the remedy."""

SECRETS = (Path(os.path.expanduser("~/.streamlit/secrets.toml")), PROJECT / ".streamlit/secrets.toml")
"""Where Streamlit looks unless told otherwise, in its order."""

REPORTED = ("streamlit", "altair", "pandas", "duckdb", "langdetect", "trafilatura")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Lines to print, and whether all that must stand does."""

    lines: tuple[str, ...]
    healthy: bool


def examine(settings: Settings) -> Report:
    """Look at versions, folders and the corpus; changes nothing."""
    lines = [f"telaah {__version__}, rules and models {tagger_version()}, Python {platform.python_version()}"]
    lines += [f"{name} {metadata.version(name)}" for name in REPORTED]
    folder_line, folder_fine = _folder(settings)
    corpus_line, corpus_fine = _corpus(settings)
    tone_line, tone_fine = _tone(stronger.state())
    sign_in_line, sign_in_fine = _sign_in(rules_in(SECRETS, os.environ), _address())
    lines += [folder_line, corpus_line, f"inbox: {len(waiting(settings))} files waiting", tone_line, sign_in_line]
    return Report(lines=tuple(lines), healthy=folder_fine and corpus_fine and tone_fine and sign_in_fine)


def _sign_in(rules: Rules, address: str) -> tuple[str, bool]:
    """Who may come in; a server that others reach and that asks nobody is not in order."""
    if rules.mode == "closed":
        return f"sign-in: nobody can come in, because {rules.problem}", False
    if rules.mode == "open" and not is_loopback(address):
        return f"sign-in: off, and the server listens on {address or 'every address'}: see docs/access.md", False
    if rules.mode == "open":
        return f"sign-in: off, the server listens on {address} for this machine alone", True
    how = "OpenID Connect" if rules.mode == "oidc" else "by a proxy"
    return f"sign-in: {how}, {len(rules.addresses)} addresses and {len(rules.domains)} domains have a role", True


def _address() -> str:
    """Where the server listens unless its command line says otherwise."""
    found = tomllib.loads((PROJECT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    return os.environ.get("STREAMLIT_SERVER_ADDRESS", str(found.get("server", {}).get("address", "")))


def _tone(found: State) -> tuple[str, bool]:
    """Which model rates tone; a stronger one that was asked for and cannot be used is not in order."""
    if found.reason == "unset":
        return "tone: the shipped model; TELAAH_TONE_MODEL_FOLDER names a stronger one", True
    if found.reason == "ready":
        sure = f"temperature {found.temperature:g}" if found.temperature else "chances not calibrated"
        return f"tone: the model in {found.folder}, version {found.version}, {sure}", True
    said = UNUSABLE[found.reason].format(folder=found.folder, detail=found.detail)
    return f"tone: the shipped model, because {said}", False


def _folder(settings: Settings) -> tuple[str, bool]:
    folder = settings.data_folder
    if not folder.exists():
        return f"data folder: {folder} will be made at the first start", True
    if not os.access(folder, os.W_OK):
        return f"data folder: {folder} cannot be written to: give write access or set TELAAH_DATA_FOLDER", False
    return f"data folder: {folder}", True


def _corpus(settings: Settings) -> tuple[str, bool]:
    if not settings.corpus_file.exists():
        return "corpus: none yet; the first start or the first ingest makes it", True
    try:
        corpus = Corpus.open(settings.corpus_file)
    except CorpusBusyError:
        return "corpus: in use by a running dashboard", True
    except TelaahError as error:
        return f"corpus: {error}", False
    try:
        return f"corpus: {corpus.article_count()} articles, version {corpus.version}", True
    finally:
        corpus.close()
