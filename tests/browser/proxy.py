"""A small proxy on this machine for tests: it names who asks in a header, as a sign-in proxy does.

What only it may say is taken from the request first. One connection a request, except that a websocket stays.
"""

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer


class Proxy:
    """Forwards to a port of this machine; `headers` go into every request and may be changed between them."""

    def __init__(self, port: int, headers: Mapping[str, str]) -> None:
        proxy = self
        self.headers = dict(headers)

        class Handler(StreamRequestHandler):
            def handle(self) -> None:
                head = list(iter(lambda: self.rfile.readline().strip(b"\r\n").decode("latin-1"), ""))
                with suppress(OSError), socket.create_connection(("127.0.0.1", port)) as server:
                    server.sendall(proxy.said(head))
                    back = threading.Thread(target=_pipe, args=(server.makefile("rb", 0), self.request), daemon=True)
                    back.start()
                    _pipe(self.rfile, server)
                    back.join()

        self._server = ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def said(self, head: list[str]) -> bytes:
        """The head of a request as it goes to the server."""
        own = {name.lower() for name in self.headers} | {"connection"}
        kept = [line for line in head[1:] if line.partition(":")[0].lower() not in own]
        upgrade = any(line.lower().startswith("upgrade:") for line in head)
        kept += [f"{name}: {said}" for name, said in self.headers.items()]
        kept += ["Connection: Upgrade" if upgrade else "Connection: close", "", ""]
        return "\r\n".join([*head[:1], *kept]).encode("latin-1")


def _pipe(source, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.read1(65536) if hasattr(source, "read1") else source.read(65536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
