"""Search within rights: what a text means, and who or what it finds.

A number of nine digits (BSN, onderwijsnummer) is only taken by `find_number`: the view gets it by
POST, so that it never stands in an address, a log or a browser history.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import F, FloatField, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from accounts.models import Gebruiker
from accounts.rechten import UITVOEREND, gemeenten_of
from casework.models import Adres, Jongere, School, Verzuimmelding, Werkproces
from casework.models.zicht import not_hidden
from casework.namen import normalise

LIMIT: Final = 20
MINIMUM: Final = 3  # characters; shorter texts have no trigram to search by
GENOEG: Final = 5  # so many exact names are enough; fewer and similar names are added
# Of n letters one swap of neighbours leaves n-3 of n+1 trigrams; shorter words need half.
GELIJKENIS: Final = 0.5
ELDERS: Final = 500
VEEL_GEMEENTEN: Final = 60  # more than the largest region
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
    exact = _born(Jongere.objects.visible_to(user), vraag)
    for woord in vraag.woorden:
        exact = exact.filter(zoeknaam__contains=woord)
    exact = exact.order_by("sorteernaam", "pk").select_related("gemeente")
    found = list(exact[: LIMIT + 1])
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


def _born(rows: "QuerySet[Jongere]", vraag: Vraag) -> "QuerySet[Jongere]":
    return rows.filter(geboortedatum=vraag.geboren) if vraag.geboren else rows


def _similar(vraag: Vraag, user: Gebruiker) -> list[Jongere]:
    """Names that look like it, best first; a tussenvoegsel may be wrong or missing."""
    woorden = [w for w in vraag.woorden if w not in TUSSENVOEGSELS and len(w) >= MINIMUM]
    if not woorden:
        return []
    letters = min(map(len, woorden))
    bound = max(GELIJKENIS, round((letters - 3) / (letters + 1) - 0.005, 2))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(bound)]
        )
    found = _alike(_in_sight(vraag, user), woorden)
    return list(found)


def _in_sight(vraag: Vraag, user: Gebruiker) -> "QuerySet[Jongere]":
    """What the user may see, such that PostgreSQL reads the name index once.

    The few who live elsewhere but have a dossier here are named by key. With very many
    gemeenten or dossiers elsewhere, the plain question is faster.
    """
    rows = Jongere.objects.visible_to(user)
    gemeenten = gemeenten_of(user, *UITVOEREND)
    if len(gemeenten) <= VEEL_GEMEENTEN:
        keys = list(Jongere.objects.with_dossier_elsewhere(user)[: ELDERS + 1])
        if len(keys) <= ELDERS:
            rows = Jongere.objects.filter(Q(gemeente_id__in=gemeenten) | Q(pk__in=keys))
            rows = rows.filter(not_hidden(user, "pk"))
    return _born(rows, vraag)


def _alike(rows: "QuerySet[Jongere]", woorden: Sequence[str]) -> Sequence[Any]:
    score: Combinable = Value(0.0, output_field=FloatField())
    for woord in woorden:
        rows = rows.filter(zoeknaam__trigram_word_similar=woord)
        score = score + TrigramWordSimilarity(woord, F("zoeknaam"))
    rows = rows.annotate(score=score).order_by("-score", "sorteernaam", "pk")
    return list(rows.select_related("gemeente")[:LIMIT])


def _schools(woorden: Sequence[str]) -> list[School]:
    """Open and closed schools; not personal data, so no rights."""
    rows = School.objects.all()
    for woord in woorden:
        rows = rows.filter(zoeknaam__contains=woord)
    return list(rows.order_by(F("tot").desc(nulls_first=True), "naam", "pk")[:5])
