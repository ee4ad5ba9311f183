"""The virus scanner as the application sees it: a port, and clamd behind it."""

import socket
import struct
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import IO, Protocol

from django.conf import settings

BLOK = 64 * 1024
ANTWOORD = 4096  # a reply of clamd is one short line


class ScannerWeg(Exception):
    """No verdict: the scanner is down, refuses or answers something else. The file waits."""


@dataclass(frozen=True, slots=True)
class Oordeel:
    schoon: bool
    gevonden: str = ""  # name of the signature


class Scanner(Protocol):
    def scan(self, stream: IO[bytes]) -> Oordeel:
        """The verdict on a whole file. Raises ScannerWeg when there is none."""


class Clamd:
    """clamd over INSTREAM; the address is `/run/clamd.sock` or `host:port`."""

    def __init__(self, address: str, timeout: float) -> None:
        self.address, self.timeout = address, timeout

    def scan(self, stream: IO[bytes]) -> Oordeel:
        try:
            with closing(self._connect()) as channel:
                self._send(channel, _frames(stream))
                return _verdict(_reply(channel))
        except OSError as error:
            raise ScannerWeg(str(error)) from error

    def _connect(self) -> socket.socket:
        if self.address.startswith("/"):
            return self._connect_local()
        host, _, port = self.address.rpartition(":")
        if not port.isdecimal():
            raise OSError("CLAMAV_ADDRESS is geen pad van een socket en geen host:poort.")
        return socket.create_connection((host, int(port)), self.timeout)

    def _connect_local(self) -> socket.socket:
        channel = socket.socket(socket.AF_UNIX)
        channel.settimeout(self.timeout)
        try:
            channel.connect(self.address)
        except OSError:
            channel.close()
            raise
        return channel

    def _send(self, channel: socket.socket, frames: Iterable[bytes]) -> None:
        try:
            for frame in frames:
                channel.sendall(frame)
        except BrokenPipeError:
            return  # clamd had enough (over its size limit): its reply says so


def _frames(stream: IO[bytes]) -> Iterator[bytes]:
    yield b"zINSTREAM\0"
    while block := stream.read(BLOK):
        yield struct.pack("!L", len(block)) + block
    yield struct.pack("!L", 0)


def _reply(channel: socket.socket) -> str:
    found = b""
    while not found.endswith(b"\0") and len(found) < ANTWOORD:
        part = channel.recv(ANTWOORD)
        if not part:
            break
        found += part
    return found.rstrip(b"\0\n").decode(errors="replace")


def _verdict(reply: str) -> Oordeel:
    text = reply.removeprefix("stream: ")
    if text == "OK":
        return Oordeel(schoon=True)
    if text.endswith(" FOUND"):
        return Oordeel(schoon=False, gevonden=text.removesuffix(" FOUND"))
    raise ScannerWeg(f"onverwacht antwoord: {text[:100]!r}")


class GeenScanner:
    """For the demo and for development: nothing is looked at, every file passes."""

    def scan(self, stream: IO[bytes]) -> Oordeel:
        return Oordeel(schoon=True)


class OntbrekendeScanner:
    """A real installation without an address: no file passes."""

    def scan(self, stream: IO[bytes]) -> Oordeel:
        raise ScannerWeg("CLAMAV_ADDRESS is niet ingesteld.")


def scanner() -> Scanner:
    if settings.CLAMAV_ADDRESS:
        return Clamd(settings.CLAMAV_ADDRESS, settings.CLAMAV_TIMEOUT)
    return GeenScanner() if settings.DEMO or settings.DEBUG else OntbrekendeScanner()
