"""Appointments as a calendar feed (RFC 5545) that names nobody: kind, time and a link."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from casework.models import Afspraak

OCTETS = 75


def calendar(afspraken: Iterable[Afspraak], *, site: str, now: datetime) -> bytes:
    """`site` is the address of the program; it stands in the links and the identifiers."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Leerrecht//Agenda//NL",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Leerrecht",
    ]
    for afspraak in afspraken:
        lines += _event(afspraak, site, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _fold(line)).encode()


def _event(afspraak: Afspraak, site: str, now: datetime) -> Iterator[str]:
    link = f"{site}{afspraak.get_absolute_url()}"
    yield "BEGIN:VEVENT"
    yield f"UID:{afspraak.uuid}@{site.partition('://')[2]}"
    yield f"DTSTAMP:{_utc(now)}"
    yield f"DTSTART:{_utc(afspraak.begin)}"
    if afspraak.einde:
        yield f"DTEND:{_utc(afspraak.einde)}"
    yield f"SUMMARY:{_text(afspraak.get_soort_display())}"
    yield f"DESCRIPTION:{_text(link)}"
    yield f"URL:{link}"
    yield "CLASS:PRIVATE"
    off = afspraak.uitkomst == Afspraak.Uitkomst.AFGEZEGD
    yield f"STATUS:{'CANCELLED' if off else 'CONFIRMED'}"
    yield "END:VEVENT"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    for sign in ("\\", ";", ","):
        value = value.replace(sign, f"\\{sign}")
    return value.replace("\n", "\\n")


def _fold(line: str) -> Iterator[str]:
    """No line over 75 octets; the rest goes on behind a space, never inside a letter."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > OCTETS:
            yield part
            part = " "
        part += letter
    yield part
