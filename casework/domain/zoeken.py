"""Search within rights: what a text means, and who or what it finds.

A number of nine digits (BSN, onderwijsnummer) is only taken by `find_number`: the view gets it by
POST, so that it never stands in an address, a log or a browser history.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db import connection
from django.db.models import F, Q, QuerySet

from accounts.models import Gebruiker
from casework.models import Adres, Jongere, School, Verzuimmelding, Werkproces
from casework.namen import normalise

LIMIT: Final = 20
MINIMUM: Final = 3  # characters; shorter texts have no trigram to search by
GENOEG: Final = 5  # so many exact names are enough; fewer and similar names are added
# Of n letters one swap of neighbours leaves n-3 of n+1 trigrams; shorter words need half.
GELIJKENIS: Final = 0.5
TUSSENVOEGSELS: Final = frozenset(
    {"van", "de", "der", "den", "het", "t", "te", "ten", "ter", "in", "op", "aan", "bij", "voor"}
    | {"vd", "la", "le", "du", "des", "el", "al", "von", "zu", "ben", "ibn"}
)
_NUMMER = re.compile(r"^\d{9}$")
_DATUM = re.compile(r"\b(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b")
_ADRES = re.compile(
    r"^(\d{4})\s?([a-z]{2})(?:[\s,]+(\d{1,5})\s?-?\s?([a-z0-9]{0,5}))?$", re.IGNORECASE
)
_ZAAK = re.compile(r"^w[\s-]?(\d{1,15})$", re.IGNORECASE)
_BRIN = re.compile(r"^\d{2}[a-z]{2}(?:\d{2})?$", re.IGNORECASE)
_MELDING = re.compile(r"^\d{4,40}$")


def looks_like_number(text: str) -> bool:
    """Nine digits, also when typed with points or spaces: treat it as a BSN."""
    return bool(_NUMMER.fullmatch(re.sub(r"[\s.\-]", "", text)))


def digits_of(text: str) -> str:
    return re.sub(r"\D", "", text)


@dataclass(frozen=True, slots=True)
class Vraag:
    """What a search text asks for."""

    tekst: str
    woorden: tuple[str, ...] = ()
    geboren: date | None = None
    postcode: str = ""
    huisnummer: int | None = None
    zaak: int | None = None
    meldingnummer: str = ""
    brin: str = ""

    @property
    def te_kort(self) -> bool:
        asks = (self.geboren, self.postcode, self.zaak, self.meldingnummer, self.brin)
        return not any(asks) and sum(map(len, self.woorden)) < MINIMUM


@dataclass(frozen=True, slots=True)
class Uitslag:
    jongeren: Sequence[Jongere] = ()
    scholen: Sequence[School] = ()
    werkprocessen: Sequence[Werkproces] = ()
    meldingen: Sequence[Verzuimmelding] = ()
    meer: bool = False  # there are more youths than shown
    lijkt_op: bool = False  # names are similar, not equal
    fout: str = field(default="")

    @property
    def leeg(self) -> bool:
        return not (self.jongeren or self.scholen or self.werkprocessen or self.meldingen)


def read(tekst: str) -> Vraag:
    """Sort out a text: case number, address, DUO number, BRIN, or names with a birth date."""
    tekst = " ".join(tekst.split())[:100]
    if match := _ZAAK.fullmatch(tekst):
        return Vraag(tekst, zaak=int(match[1]))
    if match := _ADRES.fullmatch(tekst):
        huisnummer = int(match[3]) if match[3] else None
        return Vraag(tekst, postcode=f"{match[1]}{match[2].upper()}", huisnummer=huisnummer)
    if _MELDING.fullmatch(tekst):
        return Vraag(tekst, meldingnummer=tekst)
    if _BRIN.fullmatch(tekst):
        return Vraag(tekst, brin=tekst.upper())
    geboren, rest = _take_date(tekst)
    return Vraag(tekst, woorden=tuple(normalise(rest).split()), geboren=geboren)


def _take_date(tekst: str) -> tuple[date | None, str]:
    match = _DATUM.search(tekst)
    if not match:
        return None, tekst
    parts = (match[3], match[2], match[1]) if match[1] else (match[4], match[5], match[6])
    try:
        born = date(*(int(part) for part in parts))
    except ValueError:
        return None, tekst
    return born, tekst[: match.start()] + " " + tekst[match.end() :]


def find(vraag: Vraag, user: Gebruiker) -> Uitslag:
    """Everything the text finds in the user's sight; at most 20 of each."""
    if vraag.te_kort:
        return Uitslag(fout=f"Typ ten minste {MINIMUM} letters of cijfers.")
    if vraag.zaak:
        rows = Werkproces.objects.visible_to(user).filter(pk=vraag.zaak)
        return Uitslag(werkprocessen=list(rows.select_related("jongere")))
    if vraag.meldingnummer:
        return Uitslag(meldingen=_meldingen(vraag.meldingnummer, user))
    if vraag.postcode:
        return _capped(_at_address(vraag, user))
    if vraag.brin:
        own = Q(brin=vraag.brin[:4]) if len(vraag.brin) == 4 else Q(vestigingscode=vraag.brin)
        return Uitslag(scholen=list(School.objects.filter(own).order_by("naam", "pk")[:LIMIT]))
    return _by_name(vraag, user)


def find_number(nummer: str, user: Gebruiker) -> Uitslag:
    """By BSN or onderwijsnummer (blind index), or a DUO number that happens to be as long."""
    seen = Jongere.objects.visible_to(user).select_related("gemeente")
    rows = [*seen.with_bsn(nummer), *seen.with_onderwijsnummer(nummer)]
    jongeren = list({row.pk: row for row in rows}.values())
    return Uitslag(jongeren=jongeren, meldingen=_meldingen(nummer, user))


def _meldingen(nummer: str, user: Gebruiker) -> list[Verzuimmelding]:
    rows = Verzuimmelding.objects.visible_to(user).filter(duo_meldingnummer=nummer)
    return list(rows.for_list()[:LIMIT])


def _at_address(vraag: Vraag, user: Gebruiker) -> "QuerySet[Jongere]":
    """Youths at an address, past ones too; a secret address does not give anyone away."""
    rows = Adres.objects.filter(postcode=vraag.postcode, geheim=False, jongere__isnull=False)
    if vraag.huisnummer is not None:
        rows = rows.filter(huisnummer=vraag.huisnummer)
    seen = Jongere.objects.visible_to(user).filter(pk__in=rows.values("jongere"))
    return seen.filter(geheimhouding=False).order_by("sorteernaam", "pk")


def _capped(rows: "QuerySet[Jongere]") -> Uitslag:
    found = list(rows.select_related("gemeente")[: LIMIT + 1])
    return Uitslag(jongeren=found[:LIMIT], meer=len(found) > LIMIT)


def _by_name(vraag: Vraag, user: Gebruiker) -> Uitslag:
    found = _named(vraag, vraag.woorden, user, LIMIT + 1)
    similar: list[Jongere] = []
    if vraag.woorden and len(found) < GENOEG:
        similar = [row for row in _similar(vraag, user) if row not in found]
    jongeren = [*found, *similar]
    return Uitslag(
        jongeren=jongeren[:LIMIT],
        meer=len(jongeren) > LIMIT,
        lijkt_op=bool(similar),
        scholen=[] if vraag.geboren else _schools(vraag.woorden),
    )


def _similar(vraag: Vraag, user: Gebruiker) -> list[Jongere]:
    """Names that look like it, best first; a tussenvoegsel may be wrong or missing."""
    woorden = [w for w in vraag.woorden if w not in TUSSENVOEGSELS and len(w) >= MINIMUM]
    if not woorden:
        return []
    letters = min(map(len, woorden))
    bound = max(GELIJKENIS, round((letters - 3) / (letters + 1) - 0.005, 2))
    return _named(vraag, woorden, user, LIMIT, bound)


def _named(
    vraag: Vraag, woorden: Sequence[str], user: Gebruiker, hoeveel: int, bound: float | None = None
) -> list[Jongere]:
    """Youths whose name holds these words or, with a bound, looks like them; best first.

    The search itself is a function of the database (config/muur.py): it knows the person of the
    request, and under row level security no other query has the use of the name index.
    """
    if bound is None:
        woorden = [f"%{connection.ops.prep_for_like_query(woord)}%" for woord in woorden]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT muur_namen(%s, %s, %s, %s)", [list(woorden), bound, vraag.geboren, hoeveel]
        )
        keys = [key for (key,) in cursor.fetchall()]
    seen = Jongere.objects.visible_to(user).select_related("gemeente")
    rows = {row.pk: row for row in seen.filter(pk__in=keys)}
    return [rows[key] for key in keys if key in rows]


def _schools(woorden: Sequence[str]) -> list[School]:
    """Open and closed schools; not personal data, so no rights."""
    rows = School.objects.all()
    for woord in woorden:
        rows = rows.filter(zoeknaam__contains=woord)
    return list(rows.order_by(F("tot").desc(nulls_first=True), "naam", "pk")[:5])
