"""A session of the dashboard without a browser: a server of its own, and a client that speaks to it as a page does."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

PROJECT = Path(__file__).resolve().parent.parent
READY_WITHIN_SECONDS = 120.0
UNSEEN = ("empty", "html", "iframe", "bidi_component")
"""Elements that a reader does not see by themselves: styles, scripts, emptied places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Seconds until something changed in sight and until all stood; of processor time the same, where it is known."""

    name: str
    sign: float
    done: float
    sign_cpu: float
    done_cpu: float


@dataclass(slots=True)
class Server:
    """The dashboard over one data folder."""

    port: int
    process: subprocess.Popen[bytes]

    def cpu(self) -> float:
        """Seconds of processor time so far, on Linux."""
        try:
            spent = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return float("nan")
        return (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")


def environment(data_folder: Path) -> dict[str, str]:
    """Of a process over that data folder, without the bundled sample."""
    return os.environ | {"TELAAH_DATA_FOLDER": str(data_folder), "TELAAH_LOAD_SAMPLE": "0"}


@contextmanager
def serving(data_folder: Path, log: int | IO[bytes] = subprocess.DEVNULL) -> Iterator[Server]:
    """A server on a free port until the block ends; what it says goes to log."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.headless=true"]
    process = subprocess.Popen(
        [*command, f"--server.port={port}", "--server.address=127.0.0.1"],
        cwd=PROJECT,
        env=environment(data_folder),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=None if log == subprocess.DEVNULL else subprocess.STDOUT,
    )
    try:
        _wait(port, process)
        yield Server(port=port, process=process)
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as answer:
                if answer.read() == b"ok":
                    return
        except OSError:
            time.sleep(0.2)
    sys.exit("The server did not come up.")


@dataclass(slots=True)
class Session:
    """One browser tab. Elements are kept by their place, so that only what changes counts as a sign."""

    server: Server
    wire: ClientConnection
    limit: float
    pages: dict[str, str] = field(default_factory=dict)
    widgets: dict[str, str] = field(default_factory=dict)
    _shown: dict[tuple[int, ...], bytes] = field(default_factory=dict)
    _page: str = ""
    _query: str = ""

    def open(self, name: str, page: str = "", **parameters: str) -> Measured:
        """Go to a page by its address, as a link does."""
        self._page, self._query = self.pages.get(page, ""), urlencode(parameters)
        return self._run(name, {})

    def change(self, name: str, widget: str, value: str | list[str] | bool) -> Measured:
        """Set a widget by its key."""
        state = WidgetState(id=self.widgets[widget])
        if isinstance(value, bool):
            state.bool_value = value
        elif isinstance(value, str):
            state.string_value = value
        else:
            state.string_array_value.data.extend(value)
        return self._run(name, {widget: state})

    def _run(self, name: str, changed: Mapping[str, WidgetState]) -> Measured:
        asked = BackMsg()
        asked.rerun_script.query_string = self._query
        asked.rerun_script.page_script_hash = self._page
        asked.rerun_script.widget_states.widgets.extend(changed.values())
        spent, start = self.server.cpu(), time.perf_counter()
        sign = sign_cpu = float("nan")
        self.wire.send(asked.SerializeToString())
        while True:
            message = ForwardMsg.FromString(bytes(self.wire.recv(timeout=self.limit)))  # type: ignore[arg-type]
            kind = message.WhichOneof("type")
            if kind == "navigation":
                self.pages = {one.url_pathname: one.page_script_hash for one in message.navigation.app_pages}
            elif kind == "delta" and self._is_new(message) and sign != sign:
                sign, sign_cpu = time.perf_counter() - start, self.server.cpu() - spent
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                done = time.perf_counter() - start
                return Measured(name=name, sign=sign, done=done, sign_cpu=sign_cpu, done_cpu=self.server.cpu() - spent)

    def _is_new(self, message: ForwardMsg) -> bool:
        """Whether it changes what is seen; keeps what stands where, and the ids of widgets by their key."""
        place, element = tuple(message.metadata.delta_path), message.delta.new_element
        kind = element.WhichOneof("type") if message.delta.WhichOneof("type") == "new_element" else None
        if kind is None:
            return False
        said = getattr(element, kind)
        if key := getattr(said, "id", ""):
            self.widgets[key.rpartition("-")[2]] = key
        content = element.SerializeToString()
        is_new = kind not in UNSEEN and self._shown.get(place) != content
        self._shown[place] = content
        return is_new


@contextmanager
def session(server: Server, limit: float) -> Iterator[Session]:
    """A tab that was just opened and has shown nothing yet."""
    address = f"127.0.0.1:{server.port}"
    with connect(f"ws://{address}/_stcore/stream", origin=f"http://{address}", max_size=None) as wire:  # type: ignore[arg-type]
        yield Session(server=server, wire=wire, limit=limit)
