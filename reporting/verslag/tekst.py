"""The text of a section: simple markdown with placeholders, made into safe HTML.

Placeholders are filled in after the markdown is read, so that a figure can never turn a line
into a list ("12. Daarna ...") or add markup.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reporting.verslag.plaatshouders import PATTERN, Kader, Uitkomst, resolve

TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a", "h2", "h3", "h4", "h5", "h6",
    "table", "thead", "tbody", "tr", "th", "td", "hr",
}  # fmt: skip  # read as a table
ATTRIBUTES = {"a": {"href"}, "th": {"scope", "class"}, "td": {"class"}, "ol": {"start"}}
MARK = re.compile("\ue000(\\d+)\ue001")

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True, slots=True)
class Tekst:
    html: str
    uitkomsten: tuple[Uitkomst, ...]


def render_text(source: str, kader: Kader, *, heading: int = 4) -> Tekst:
    """HTML of a section text; its own headings all get the level `heading`."""
    found: list[Uitkomst] = []

    def keep(match: re.Match[str]) -> str:
        found.append(resolve(match[1], kader))
        return f"\ue000{len(found) - 1}\ue001"

    marked = PATTERN.sub(keep, source.replace("\ue000", "").replace("\ue001", ""))
    tokens = _markdown.parse(marked)
    _adapt(tokens, heading)
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    safe = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"https", "mailto"},
        link_rel=None,
    )
    return Tekst(MARK.sub(lambda m: _show(found[int(m[1])]), safe), tuple(found))


def render_line(source: str, kader: Kader) -> tuple[str, tuple[Uitkomst, ...]]:
    """A heading or title: placeholders only, plain text."""
    found = [resolve(match[1], kader) for match in PATTERN.finditer(source)]
    texts = iter(found)
    return PATTERN.sub(lambda _: next(texts).tekst, source), tuple(found)


def _show(uitkomst: Uitkomst) -> str:
    text = escape(uitkomst.tekst)
    return f'<strong class="plaatshouder-fout">{text}</strong>' if uitkomst.fout else text


def _adapt(tokens: Sequence[Token], heading: int) -> None:
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{heading}"
        if token.type in ("th_open", "td_open"):
            right = "right" in str(token.attrs.pop("style", ""))
            token.attrs |= {"class": "num"} if right else {}
        if token.type == "th_open":
            token.attrs["scope"] = "col"
