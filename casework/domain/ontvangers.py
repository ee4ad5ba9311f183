"""Who gets a letter about a youth, and at which address."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from casework.briefsoorten import Partij
from casework.codes import Adressoort, Gezag, Relatiesoort
from casework.models import Adres, Brief, Inschrijving, Jongere, Relatie, School
from casework.models.jongere import AdresQuerySet
from casework.parameters import waarde
from casework.schooljaar import today


@dataclass(frozen=True, slots=True)
class Ontvanger:
    """One reader; two parents at one address read one letter."""

    partij: str
    aan: str
    aanhef: str
    relatie: Relatie | None = None
    tweede: Relatie | None = None
    school: School | None = None
    adres: Adres | None = None
    geheim: bool = False
    bezwaar: str = ""  # why no letter can go there

    @property
    def sleutel(self) -> str:
        """Of the reader, for choosing in a form; never an address."""
        who = self.relatie or self.school
        return f"{self.partij}-{who.pk if who else 0}"

    @property
    def plek(self) -> tuple[str, ...]:
        return place(self.adres) if self.adres else ()


def place(adres: Adres) -> tuple[str, ...]:
    parts = (adres.postcode.replace(" ", ""), adres.huisnummer, adres.huisletter, adres.toevoeging)
    return tuple(str(part or "").lower() for part in parts)


def readers(
    jongere: Jongere, partijen: Collection[str], day: date, melder: School | None = None
) -> list[Ontvanger]:
    """Everyone who may get a letter of this kind; the youth from the age that is set.

    `melder`: the school of the report it is about; without one the schools of the youth.
    """
    found: list[Ontvanger] = []
    if Partij.JONGERE in partijen and jongere.leeftijd(day) >= waarde("leeftijd_eigen_brief", day):
        adres = _of_jongere(jongere, day)
        found.append(
            _checked(
                Ontvanger(
                    Partij.JONGERE,
                    jongere.naam,
                    f"Beste {jongere.naam}",
                    adres=adres,
                    geheim=jongere.geheimhouding or bool(adres and adres.geheim),
                )
            )
        )
    if Partij.OUDERS in partijen and jongere.leeftijd(day) < waarde("leeftijd_meerderjarig", day):
        found += _parents(jongere, day)
    if Partij.SCHOOL in partijen and melder:
        found.append(_school(melder))
    elif Partij.SCHOOL in partijen:
        rows = Inschrijving.objects.on(day).filter(jongere=jongere).select_related("school")
        scholen = {row.school for row in rows if row.school}
        found += [_school(school) for school in sorted(scholen, key=lambda s: s.pk)]
    return found


def _parents(jongere: Jongere, day: date) -> list[Ontvanger]:
    # Who has gezag, and who cares for the youth without it: both have the duty (Lpw 2 lid 1).
    caring = Q(gezag=Gezag.JA) | Q(soort__in=(Relatiesoort.VERZORGER, Relatiesoort.VOOGD))
    rows = Relatie.objects.filter(caring, jongere=jongere).order_by("pk")
    found: list[Ontvanger] = []
    for relatie in rows:
        if (relatie.van and relatie.van > day) or (relatie.tot and relatie.tot <= day):
            continue
        adres = newest(Adres.objects.filter(relatie=relatie), day)
        if adres is None and relatie.adres_zelfde:
            adres = _of_jongere(jongere, day)
        secret = bool(adres and (adres.geheim or (adres.jongere_id and jongere.geheimhouding)))
        one = Ontvanger(
            Partij.OUDERS,
            relatie.naam,
            f"Beste {relatie.naam}",
            relatie,
            adres=adres,
            geheim=secret,
        )
        same = next(
            (n for n, o in enumerate(found) if o.plek and o.plek == one.plek and not o.tweede), None
        )
        if same is None:
            found.append(_checked(one))
        else:
            found[same] = _together(found[same], one)
    return found


def _together(first: Ontvanger, second: Ontvanger) -> Ontvanger:
    names = f"{first.aan} en {second.aan}"
    return Ontvanger(
        Partij.OUDERS,
        names,
        f"Beste {names}",
        first.relatie,
        second.relatie,
        adres=first.adres,
        geheim=first.geheim or second.geheim,
    )


def _school(school: School) -> Ontvanger:
    complete = school.straat and school.plaats
    return Ontvanger(
        Partij.SCHOOL,
        school.naam,
        "Geachte heer of mevrouw",
        school=school,
        bezwaar="" if complete else "Van deze school is geen adres bekend.",
    )


def newest(rows: AdresQuerySet, day: date) -> Adres | None:
    """The letter address when there is one, else where the person lives."""
    found = list(rows.on(day).order_by("-van", "-pk"))
    for soort in (Adressoort.BRIEF, Adressoort.WOON, Adressoort.FEITELIJK):
        for adres in found:
            if adres.soort == soort:
                return adres
    return None


def _of_jongere(jongere: Jongere, day: date) -> Adres | None:
    return newest(Adres.objects.filter(jongere=jongere), day)


def _checked(one: Ontvanger) -> Ontvanger:
    if one.adres and one.adres.straat and one.adres.woonplaats:
        return one
    return Ontvanger(
        one.partij,
        one.aan,
        one.aanhef,
        one.relatie,
        geheim=one.geheim,
        bezwaar="Van deze ontvanger is geen volledig adres bekend.",
    )


def again(brief: Brief) -> Ontvanger | None:
    """The same reader at the moment of making, with the address of that moment."""
    return next(
        (
            one
            for one in readers(brief.jongere, [brief.partij], today(), brief.school)
            if (one.relatie and one.relatie.pk) == brief.relatie_id
            and (one.school and one.school.pk) == brief.school_id
        ),
        None,
    )


def address_lines(one: Ontvanger) -> list[str]:
    if one.school:
        s = one.school
        return [one.aan, f"{s.straat} {s.huisnummer}".strip(), f"{s.postcode}  {s.plaats}".strip()]
    assert one.adres is not None
    a = one.adres
    number = f"{a.huisnummer or ''}{a.huisletter}{'-' if a.toevoeging else ''}{a.toevoeging}"
    land = [a.land.upper()] if a.soort == Adressoort.BUITENLAND and a.land else []
    return [
        one.aan,
        f"{a.straat} {number}".strip(),
        f"{a.postcode}  {a.woonplaats.upper()}".strip(),
        *land,
    ]


def leaked(tekst: str, one: Ontvanger, jongere: Jongere) -> bool:
    """Whether a text holds an address of somebody else around this youth (P25)."""
    rows = _around(jongere)
    return any(_stands_in(tekst, adres) for adres in rows if place(adres) != one.plek)


def holds_secret(tekst: str, jongere: Jongere) -> bool:
    """Whether a text that colleagues read holds a secret address around this youth."""
    return any(
        _stands_in(tekst, adres)
        for adres in _around(jongere)
        if adres.geheim or (jongere.geheimhouding and adres.jongere_id)
    )


def _around(jongere: Jongere) -> AdresQuerySet:
    rows = Adres.objects.filter(jongere=jongere) | Adres.objects.filter(relatie__jongere=jongere)
    return rows.order_by("pk")


def _stands_in(tekst: str, adres: Adres) -> bool:
    plain = "".join(tekst.lower().split())
    postcode = "".join(adres.postcode.lower().split())
    street = "".join(f"{adres.straat}{adres.huisnummer or ''}".lower().split())
    return (len(postcode) == 6 and postcode in plain) or bool(adres.straat and street in plain)
