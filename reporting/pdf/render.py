"""HTML to one PDF that is PDF/A-1a (to keep) and PDF/UA-1 (for everyone to read)."""

import gc
import io
import logging
import mimetypes
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from casework.errors import DomainError
from reporting.pdf.post import finish

STATIC = Path(__file__).resolve().parents[2] / "static" / "pdf"
SCHEME = "static:"
VARIANT = "pdf/a-1a"
# One line per page and style sheet is of no use to an operator.
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)


class PdfFout(DomainError):
    """The PDF would not be valid or complete; nothing was made."""


class _LogErrors(logging.Handler):
    """WeasyPrint logs what it cannot do (a refused file, no alt text) and goes on; we stop."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _strict_log() -> Iterator[None]:
    logger = logging.getLogger("weasyprint")
    handler = _LogErrors()
    logger.addHandler(handler)
    try:
        with warnings.catch_warnings():
            # WeasyPrint leaves its colour profile open; it is closed with the document.
            warnings.simplefilter("ignore", ResourceWarning)
            yield
    finally:
        logger.removeHandler(handler)
    if handler.messages:
        raise PdfFout("De PDF is niet gemaakt: " + "; ".join(handler.messages[:5]))


@contextmanager
def _without_gc() -> Iterator[None]:
    """The collector walks WeasyPrint's many boxes again and again: off is 40% faster."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        """Serves static:NAME from static/pdf and refuses everything else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            path = (STATIC / url.removeprefix(SCHEME).lstrip("/")).resolve()
            if not url.startswith(SCHEME) or STATIC not in path.parents or not path.is_file():
                raise ValueError(f"geweigerd: {url}")
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return OwnFiles(allowed_protocols=set())


def render_pdf(html: str) -> bytes:
    """Render a whole document: <html lang>, <title> and <meta name=author> are required.

    Style sheets and fonts are linked as `static:jaarverslag.css` and come from static/pdf.
    Raises PdfFout when WeasyPrint reports an error.
    """
    from weasyprint import HTML

    from reporting.pdf.metadata import Metadata

    raw = io.BytesIO()
    with _without_gc(), _strict_log():
        source = HTML(string=html, base_url=SCHEME, url_fetcher=_fetcher())
        document = source.render(pdf_variant=VARIANT)
        document.metadata.__class__ = Metadata
        document.write_pdf(raw, pdf_variant=VARIANT)
    gc.collect()
    return finish(raw.getvalue())
