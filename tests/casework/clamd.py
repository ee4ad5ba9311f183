"""A clamd that speaks INSTREAM on loopback and knows one signature."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.casework.bestanden import EICAR

LIMIT = 30 << 20


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            data += self.rfile.read(size)
        self.server.seen.append(data)
        self.wfile.write(self.server.answer or self._verdict(data))

    def _verdict(self, data: bytes) -> bytes:
        found = EICAR in data or b"virus" in data
        return b"stream: Proef.EICAR FOUND\0" if found else b"stream: OK\0"


@contextmanager
def fake_clamd(answer: bytes = b"") -> Iterator[tuple[str, list[bytes]]]:
    """Its address, and what it was given; `answer` replaces its verdict."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Handler) as server:
        server.answer, server.seen = answer, []
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        host, port = server.server_address
        yield f"{host}:{port}", server.seen
        server.shutdown()
        thread.join()
