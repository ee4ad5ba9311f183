"""The renderer reaches nothing: no address, no file of the machine, whatever stands in the text."""

import io
import socket
import socketserver
import threading

import pikepdf
import pytest

from reporting.pdf.render import PdfFout, render_pdf

GEHEIM = "GEHEIM-VAN-DEZE-MACHINE"
PAGE = """<!doctype html><html lang="nl"><head><title>Proef</title><meta name="author" content="x">
<style>body {{ font-family: "Noto Sans" }}</style>{head}</head>
<body><h1>Proef</h1>{body}</body></html>"""
# {net} is a listener on this machine, {file} a file with a secret.
CORPUS = {
    "http image": ("", '<img alt="x" src="http://{net}/a.png">'),
    "https image": ("", '<img alt="x" src="https://{net}/a.png">'),
    "ftp image": ("", '<img alt="x" src="ftp://{net}/a.png">'),
    "scheme of the page": ("", '<img alt="x" src="//{net}/a.png">'),
    "file image": ("", '<img alt="x" src="file://{file}">'),
    "file by path": ("", '<img alt="x" src="{file}">'),
    "own folder and up": ("", '<img alt="x" src="static:../../../../../..{file}">'),
    "object": ("", '<object data="http://{net}/a.svg">x</object>'),
    "embed": ("", '<embed src="file://{file}">'),
    "svg image": (
        "",
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="http://{net}/a.png"'
        ' width="9" height="9"/></svg>',
    ),
    "svg use": (
        "",
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        '<use href="http://{net}/a.svg#x"/></svg>',
    ),
    "svg as data": (
        "",
        '<img alt="x" src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22%3E'
        '%3Cimage href=%22http://{net}/a.png%22/%3E%3C/svg%3E">',
    ),
    "import": ("<style>@import url(http://{net}/a.css);</style>", ""),
    "import of a file": ("<style>@import url(file://{file});</style>", ""),
    "style sheet": ('<link rel="stylesheet" href="http://{net}/a.css">', ""),
    "font": (
        "<style>@font-face {{ font-family: X; src: url(http://{net}/a.ttf) }}"
        " p {{ font-family: X }}</style>",
        "<p>x</p>",
    ),
    "background": ("<style>p {{ background: url(http://{net}/a.png) }}</style>", "<p>x</p>"),
    "list mark": ("<style>ul {{ list-style: url(http://{net}/a.png) }}</style>", "<ul><li>x</ul>"),
    "content": ('<style>p::before {{ content: url("file://{file}") }}</style>', "<p>x</p>"),
    "attachment": ('<link rel="attachment" href="http://{net}/a">', ""),
    "attached file": ('<link rel="attachment" href="file://{file}">', ""),
    "attached by link": ("", '<a rel="attachment" href="file://{file}">x</a>'),
    "base": ('<base href="http://{net}/">', '<img alt="x" src="a.png">'),
}


class _Count(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.server.hits.append(self.client_address)


@pytest.fixture
def listener():
    """Counts every connection, whatever is spoken."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Count) as server:
        server.hits = []
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def secret(tmp_path):
    file = tmp_path / "geheim.css"
    file.write_text(f'p::after {{ content: "{GEHEIM}" }}')
    return file


def contents(pdf: bytes) -> tuple[bytes, int]:
    """All bytes of all streams, and the number of files inside."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        streams = [
            o.read_bytes()
            for o in opened.objects
            if isinstance(o, pikepdf.Stream) and o.get("/Subtype") != "/Image"
        ]
        return b"".join(streams), len(opened.attachments)


@pytest.mark.eis("F7")
@pytest.mark.parametrize("what", CORPUS)
def test_nothing_is_asked_and_nothing_is_taken_in(what, listener, secret):
    address = "{}:{}".format(*listener.server_address)
    head, body = (part.format(net=address, file=secret) for part in CORPUS[what])

    try:
        inside, attached = contents(render_pdf(PAGE.format(head=head, body=body)))
    except PdfFout as error:  # refused out loud: nothing was made
        assert GEHEIM not in str(error)
    else:
        assert GEHEIM.encode() not in inside
        assert attached == 0
    assert listener.hits == []


@pytest.mark.eis("F7")
def test_the_listener_would_notice(listener):

    with socket.create_connection(listener.server_address):
        pass
    for _ in range(100):
        if listener.hits:
            break
        threading.Event().wait(0.02)

    assert len(listener.hits) == 1
