"""Counting once, and keeping what was counted with the definitions used."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from casework.models import Gemeente
from casework.schooljaar import Schooljaar
from doorstroompunt.models import VsvCijfer
from reporting.cijfer import Cijfer
from reporting.models import Cijferstand, Jaarverslag
from reporting.verslag.cijferset import TOTAAL, Cijferset, Definitie


def freeze(verslag: Jaarverslag, *, peildatum: date) -> Cijferstand:
    """Count every indicator for the gemeenten and years of the report; keep what is known."""
    rows = verslag.gemeenten.select_related("doorstroompuntregio", "subregio").order_by("naam")
    return _count(list(rows), schooljaren(verslag), peildatum)


def keep_figures(code: str, beginjaren: Sequence[int], day: date) -> list[dict[str, Any]]:
    """Freeze the figures of these years of one gemeente; who calls keeps what comes back."""
    gemeenten = Gemeente.objects.select_related("doorstroompuntregio", "subregio").filter(code=code)
    if not beginjaren:
        return []
    stand = _count(list(gemeenten), [Schooljaar(begin) for begin in beginjaren], day)
    return [
        {"schooljaar": jaar, "stand": stand.pk, "sha256": stand.sha256}
        for jaar in stand.schooljaren
    ]


def _count(
    gemeenten: Sequence[Gemeente], years: Sequence[Schooljaar], peildatum: date
) -> Cijferstand:
    from reporting.catalogus import CATALOGUS
    from reporting.indicatoren import collect
    from reporting.indicatoren.bekend import Bekend

    counted = collect([g.code for g in gemeenten], years, None)
    bekend = Bekend(gemeenten, counted, peildatum)
    figures = [c for c in keep_own_areas(gemeenten, counted) if c in bekend]
    definities = {
        name: Definitie(i.eenheid, i.telt, i.omschrijving, str(i.versie), tuple(i.dimensies))
        for name, i in CATALOGUS.items()
    }
    return store(
        Cijferset(
            peildatum=peildatum,
            schooljaren=[str(year) for year in years],
            gemeenten=[g.code for g in gemeenten],
            gebieden=name_areas(gemeenten, figures),
            definities=definities,
            cijfers=figures,
        )
    )


def store(cijfers: Cijferset) -> Cijferstand:
    content: dict[str, Any] = {
        "schooljaren": list(cijfers.schooljaren),
        "gemeenten": list(cijfers.gemeenten),
        "gebieden": [list(pair) for pair in cijfers.gebieden.items()],
        "definities": [[name, asdict(d)] for name, d in cijfers.definities.items()],
        "cijfers": cijfers.rows(),
    }
    text = json.dumps([str(cijfers.peildatum), content], sort_keys=True, ensure_ascii=False)
    return Cijferstand.objects.create(
        peildatum=cijfers.peildatum,
        catalogusversie=catalogue_version(cijfers),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        **content,
    )


def catalogue_version(cijfers: Cijferset) -> str:
    """Short fingerprint of all definitions; it changes when one of them does."""
    lines = [
        f"{name} {d.versie} {d.omschrijving}" for name, d in sorted(cijfers.definities.items())
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def schooljaren(verslag: Jaarverslag) -> list[Schooljaar]:
    """Oldest first, up to and including the year of the report."""
    last = Schooljaar.parse(verslag.schooljaar).beginjaar
    return [Schooljaar(begin) for begin in range(last - verslag.jaren + 1, last + 1)]


def keep_own_areas(gemeenten: Sequence[Gemeente], figures: Sequence[Cijfer]) -> list[Cijfer]:
    """Country and own regions only: other regions of a national file are of no use here."""
    own = {g.doorstroompuntregio.code for g in gemeenten if g.doorstroompuntregio}
    own_sub = {naam for g in gemeenten if g.subregio for naam in (g.subregio.naam, g.subregio.code)}
    known = {"regio": own, "subregio": own_sub}
    kept = []
    for figure in figures:
        soort, _, code = figure.gebied.partition(":")
        if not known.get(soort) or code in known[soort]:
            kept.append(figure)
    return kept


def name_areas(gemeenten: Sequence[Gemeente], figures: Sequence[Cijfer]) -> dict[str, str]:
    """Code -> name of every area in the figures, from wide to narrow."""
    present = dict.fromkeys(figure.gebied for figure in figures)
    names = {"land": "Nederland"} if "land" in present else {}
    published = VsvCijfer.objects.filter(gebied_soort=VsvCijfer.Gebiedsoort.REGIO)
    regios = dict(published.values_list("gebied_code", "gebied_naam").distinct())
    for area in present:
        soort, _, code = area.partition(":")
        if soort == "regio":
            names[area] = regios.get(code, f"Regio {code}")
    names |= {a: f"Subregio {a[9:]}" for a in present if a.startswith("subregio:")}
    names |= {g.code: g.naam for g in gemeenten}
    if len(gemeenten) > 1:
        names[TOTAAL] = "Totaal"
    return names
