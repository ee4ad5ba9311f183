import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reporting.verslag.opbouw import Blok

register = template.Library()
SCHOOLJAAR = re.compile(r"\d{4}-\d{4}")


@register.simple_tag
def kop(blok: Blok) -> SafeString:
    """The heading of a block at its own level; nothing when it has none."""
    if not blok.kop:
        return SafeString("")
    return format_html(
        '<{0} id="{1}" class="kop-{2}">{3}</{0}>', blok.koptag, blok.anker, blok.soort, blok.kop
    )


@register.simple_tag
def kolomkop(tekst: str, breedte: int) -> SafeString:
    """Head of a column; a schooljaar over two lines where columns are many."""
    if breedte > 6 and SCHOOLJAAR.fullmatch(tekst):
        return format_html("{}-<br>{}", *tekst.split("-"))
    return format_html("{}", tekst)
