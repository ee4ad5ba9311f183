"""Every door of the site and one object behind each: what the sweeps of test_ingangen.py walk."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

from django.core.files.base import ContentFile

from accounts.models import Signaal
from accounts.rechten import Taak
from casework.models import Brievenronde, Document, Onderzoek, Regimeverzoek, Verstrekking
from doorstroompunt.models import Traject
from koppelingen.models import Inleesrun, Persoonsvraag, Quarantaine, Uitvoer
from koppelingen.pakket.lezer import seal
from reporting.models import Jaarverslag, Sectie, Versie
from tests.factories import (
    ActieFactory,
    AfspraakFactory,
    DossierFactory,
    InschrijvingFactory,
    JongereFactory,
    RelatieFactory,
    SchoolFactory,
    VerzuimmeldingFactory,
    VrijstellingFactory,
    WerkprocesFactory,
    make_gebruiker,
)
from tests.factories_doorstroompunt import (
    ContactpogingFactory,
    PlanFactory,
    TrajectFactory,
)
from tests.ingangen_afscherming import of_afscherming
from tests.ingangen_leerplicht import (
    of_noshow,
    of_opsporing,
    of_thuiszitters,
    of_toewijzing,
    of_verlof,
    overdracht,
)
from tests.ingangen_privacy import of_privacy
from tests.reporting.verslagen import with_figures
from tests.sleutels import make_sleutel
from tests.test_permissies import own_views

LP, DSP, BELEID, BEHEER = Taak.LEERPLICHT, Taak.DOORSTROOMPUNT, Taak.BELEID, Taak.BEHEER
NU = datetime(2025, 9, 10, 10, 0, tzinfo=UTC)
PARAMETER = re.compile(r"<(?P<soort>\w+):(?P<naam>\w+)>")
ABSENT = {
    "uuid": "00000000-0000-4000-8000-000000000000",
    "int": "88888888",
    "slug": "bestaat-niet",
}
# Words of a route that name no person's object: an action, a step, a format, a page of help.
# The figures themselves are per gemeente; what is behind them is swept in tests/reporting.
WOORDEN = {
    "hulp/<onderwerp>": ("beginnen",),
    "jongere/<uuid>/toon/<onderdeel>": ("bsn", "adres"),
    "melding/<uuid>/<actie>": (
        "oppakken",
        "kennisgeving",
        "school",
        "intrekken",
        "opnieuw",
        "soort",
        "dagen",
    ),
    "werkproces/<uuid>/stap/<stap>": ("beoordelen",),
    "halt/<uuid>/stap/<stap>": ("toestemming",),
    "meldcode/<uuid>/stap/<stap>": ("signalen",),
    "strafzaak/<uuid>/stap/<stap>": ("ondertekenen",),
    "doorstroompunt/traject/<uuid>/stap/<stap>": ("screenen",),
    "doorstroompunt/verzuim/<uuid>/<actie>": ("oppakken", "kennisgeving"),
    "afscherming/<uuid>/<actie>": ("openen", "lijst"),
    "privacy/inzage/<uuid>/bestand/<soort>": ("pdf", "json"),
    "privacy/vernietiging/<uuid>/doen/<actie>": ("aanbieden", "goedkeuren"),
    "cijfers/<indicator>": ("lp_meldingen",),
    "cijfers/<indicator>/tabel.<formaat>": ("csv",),
    "api/<rest>": ("v1/niets",),
    # Its secret names a user and no object; what is behind it is in tests/casework/test_agenda.py.
    "agenda/feed/<sleutel>": ("onbekend",),
    "jongere/<uuid>/brief/<soort>": ("uitnodiging",),
    "brieven/nieuw/<soort>": ("uitnodiging",),
    "briefteksten/<code>/<soort>": ("uitnodiging",),
    "politiegegevens/onderdeel/<uuid>/<onderdeel>": ("document",),
}


@dataclass(frozen=True, slots=True)
class Voorwerp:
    """One object behind a parameter, and the taken that each alone may see it."""

    waarde: str
    taken: frozenset[str] = frozenset()
    openbaar: bool = False  # of nobody in particular: a school
    nergens: bool = False  # of the other taak: this screen shows it to nobody


@dataclass(frozen=True, slots=True)
class Ingang:
    """A route filled in with objects; `absent` is the same route for what is not there."""

    route: str
    view: Any
    path: str
    absent: str
    voorwerp: Voorwerp | None


def routes() -> list[tuple[str, Any]]:
    return [(route.removeprefix("^"), view) for route, view in own_views()]


def make_objects(gemeente: Any, eigenaar: Any) -> dict[str, list[Voorwerp]]:
    """By the part of the route up to its parameter."""
    jongere = JongereFactory(gemeente=gemeente)
    own = {"jongere": jongere, "gemeente": gemeente}
    for taak in (LP, DSP):
        DossierFactory(taak=taak, **own)
    melding = VerzuimmeldingFactory(**own)
    melding18 = VerzuimmeldingFactory(taak=DSP, **own)
    werkproces = WerkprocesFactory(toestand="ontvangen", **own)
    wpg = WerkprocesFactory(regime="WPG", toestand="ontvangen", **own)
    traject: Traject = TrajectFactory(jongere=jongere)
    lp, dsp, beheer = frozenset({LP}), frozenset({DSP}), frozenset({BEHEER})
    return {
        "jongere/<uuid>": [Voorwerp(jongere.uuid, lp | dsp)],
        "relatie/<uuid>": [Voorwerp(RelatieFactory(jongere=jongere).uuid, lp | dsp)],
        "inschrijving/<uuid>": [Voorwerp(InschrijvingFactory(jongere=jongere).uuid, lp | dsp)],
        "doorstroompunt/jongere/<uuid>": [Voorwerp(jongere.uuid, lp | dsp)],
        "melding/<uuid>": [Voorwerp(melding.uuid, lp), Voorwerp(melding18.uuid, nergens=True)],
        "doorstroompunt/verzuim/<uuid>": [
            Voorwerp(melding18.uuid, dsp),
            Voorwerp(melding.uuid, nergens=True),
        ],
        "werkproces/<uuid>": [Voorwerp(werkproces.uuid, lp), Voorwerp(wpg.uuid)],
        "vrijstelling/<uuid>": [Voorwerp(VrijstellingFactory(**own).uuid, lp)],
        "actie/<uuid>": [
            Voorwerp(ActieFactory(**own).uuid, lp),
            Voorwerp(ActieFactory(taak=DSP, **own).uuid, dsp),
        ],
        "afspraak/<uuid>": [
            Voorwerp(AfspraakFactory(gebruiker=eigenaar, **own).uuid, lp),
            Voorwerp(AfspraakFactory(gebruiker=eigenaar, taak=DSP, **own).uuid, dsp),
            Voorwerp(AfspraakFactory(gebruiker=eigenaar, regime="WPG", **own).uuid),
        ],
        "document/<uuid>": [
            Voorwerp(_document(**own).uuid, lp),
            Voorwerp(_document(taak=DSP, **own).uuid, dsp),
            Voorwerp(_document(regime="WPG", eerste_verwerking=date(2025, 9, 8), **own).uuid),
        ],
        # A round of letters is for who wrote it.
        "brieven/<uuid>": [Voorwerp(_ronde(eigenaar, jongere).uuid)],
        "vrijstellingen/verlengen/<code>": [Voorwerp(gemeente.code, lp)],
        "briefteksten/<code>": [Voorwerp(gemeente.code, lp | dsp | beheer)],
        "school/<uuid>": [Voorwerp(SchoolFactory().uuid, openbaar=True)],
        "spreekuur/<uuid>": [Voorwerp(SchoolFactory().uuid, openbaar=True)],
        "doorstroompunt/traject/<uuid>": [Voorwerp(traject.uuid, dsp)],
        "doorstroompunt/poging/<uuid>": [Voorwerp(ContactpogingFactory(traject=traject).uuid, dsp)],
        "doorstroompunt/doel/<uuid>": [Voorwerp(PlanFactory(traject=traject).uuid, dsp)],
        **{
            deel: [Voorwerp(waarde, taken)]
            for deel, (waarde, taken) in of_afscherming(gemeente, jongere).items()
        },
        **{
            deel: [Voorwerp(waarde, frozenset({Taak.PRIVACY}))]
            for deel, waarde in of_privacy(gemeente, jongere).items()
        },
        **{
            deel: [Voorwerp(waarde, lp)]
            for deel, waarde in (
                of_thuiszitters(gemeente, jongere)
                | of_verlof(gemeente, jongere)
                | of_noshow(gemeente, jongere)
            ).items()
        },
        **{
            deel: [
                Voorwerp(
                    waarde, lp | beheer if deel.startswith(("toewijzing", "verzuimkaart")) else lp
                )
            ]
            for deel, waarde in of_toewijzing(gemeente).items()
        },
        "overdracht/<uuid>": [Voorwerp(overdracht(gemeente, jongere, eigenaar))],
        **{
            deel: [Voorwerp(waarde)]
            for deel, waarde in of_opsporing(gemeente, jongere, eigenaar).items()
        },
        **_of_politie(jongere, eigenaar),
        **_of_beheer(gemeente, jongere, eigenaar, beheer),
        **_of_beleid(gemeente),
    }


def _of_politie(jongere: Any, eigenaar: Any) -> dict[str, Any]:
    """Police data ask opsporing beside the taak of the dossier, so no taak alone sees them."""
    wpg = _document(
        regime="WPG",
        eerste_verwerking=date(2025, 9, 8),
        jongere=jongere,
        gemeente=jongere.gemeente,
    )
    rij = {"jongere": jongere, "gemeente": jongere.gemeente, "soort": "document"}
    rij |= {"object_uuid": wpg.uuid, "gevraagd_door": eigenaar, "gevraagd_op": NU}
    verzoek = Regimeverzoek.objects.create(reden="Vergissing", **rij)
    verstrekking = Verstrekking.objects.create(
        ontvanger="OM", doel="Zitting", grondslag="WPG_16", verstrekt_op=NU.date(), **rij
    )
    onderzoek = Onderzoek.objects.create(
        gemeente=jongere.gemeente, naam="Onderzoek", doel="Doel", geopend_op=NU.date()
    )
    onderzoek.functionarissen.add(eigenaar)
    ops = frozenset({Taak.OPSPORING})
    return {
        "politiegegevens/onderdeel/<uuid>": [Voorwerp(wpg.uuid)],
        "politiegegevens/verzoek/<uuid>": [Voorwerp(verzoek.uuid, ops)],
        "verstrekkingen/<uuid>": [Voorwerp(verstrekking.uuid, ops)],
        "onderzoeken/<uuid>": [Voorwerp(onderzoek.uuid)],
    }


def _ronde(eigenaar: Any, jongere: Any) -> Brievenronde:
    ronde = Brievenronde.objects.create(
        soort="halt",
        taak=LP,
        gemaakt_door=eigenaar,
        afdruk=ContentFile(b"%PDF", "brieven.pdf"),
    )
    ronde.brieven.create(
        jongere=jongere,
        gemeente=jongere.gemeente,
        taak=LP,
        soort="halt",
        partij="JONGERE",
        aan="Sam",
        onderwerp="Halt",
        tekst="Tekst",
        datum=NU.date(),
    )
    return ronde


def _document(**fields: Any) -> Document:
    return Document.objects.create(
        bestand=ContentFile(b"%PDF", "brief.pdf"),
        bestandsnaam="brief.pdf",
        bytes=4,
        sha256="0" * 64,
        **fields,
    )


def _of_beheer(gemeente: Any, jongere: Any, eigenaar: Any, beheer: Any) -> dict[str, Any]:
    run = Inleesrun.objects.create(
        bestandsnaam="p.zip", gemeentecodes=[gemeente.code], status="klaar"
    )
    row = Quarantaine.objects.create(
        run=run, bestand="jongeren.csv", rijnummer=2, reden="fout", rij=seal({"naam": "Proef"})
    )
    vraag = Persoonsvraag.objects.create(
        run=run, nieuw=JongereFactory(gemeente=gemeente), bestaand=jongere
    )
    uitvoer = Uitvoer.objects.create(
        gebruiker=eigenaar,
        gemeentecodes=[gemeente.code],
        status="klaar",
        klaar_op=datetime(2025, 9, 10, 10, 0, tzinfo=UTC),
        bestand=ContentFile(b"PK", "uitvoer.zip"),
    )
    collega = make_gebruiker((LP, "lezer"), gemeente=gemeente)
    pakket = "pakket/inlezen/<uuid>"
    return {
        pakket: [Voorwerp(run.uuid, beheer)],
        f"{pakket}/quarantaine/<pk>": [Voorwerp(row.pk)],
        f"{pakket}/personen/<pk>": [Voorwerp(vraag.pk)],
        # A package is for who asked for it, not for a colleague with the same right.
        "pakket/uitvoer/<uuid>": [Voorwerp(uitvoer.uuid)],
        "beheer/logboek/signalen/<pk>": [Voorwerp(_signaal(collega).pk, frozenset({Taak.PRIVACY}))],
        # A key is for who owns it.
        "account/tweede-stap/sleutel/<pk>": [Voorwerp(make_sleutel(eigenaar).pk)],
        "beheer/gebruikers/<pk>": [Voorwerp(collega.pk, beheer)],
        "beheer/gebruikers/<pk>/recht/<recht>": [Voorwerp(collega.bevoegdheden.get().pk)],
    }


def _signaal(user: Any) -> Signaal:
    begin = datetime(2025, 9, 10, 10, 0, tzinfo=UTC)
    return Signaal.objects.create(
        soort="veel_gelezen", gebruiker=user, begin=begin, aantal=50, gewoon=40
    )


def _of_beleid(gemeente: Any) -> dict[str, Any]:
    verslag = Jaarverslag.objects.create(
        titel="Jaarverslag", sjabloon="standaard", schooljaar="2022-2023"
    )
    verslag.gemeenten.add(gemeente)
    with_figures(verslag)
    sectie = Sectie.objects.create(verslag=verslag, volgorde=1, soort="tekst", kop="Inleiding")
    Versie.objects.create(
        verslag=verslag,
        nummer=1,
        titel="Jaarverslag",
        stand=verslag.stand,
        secties=[],
        pdf=ContentFile(b"%PDF", "verslag.pdf"),
        sha256="0" * 64,
    )
    return {
        "verslag/<uuid>": [Voorwerp(verslag.uuid, frozenset({BELEID}))],
        "verslag/<uuid>/onderdeel/<sectie>": [Voorwerp(sectie.uuid)],
        "verslag/<uuid>/versie/<nummer>": [Voorwerp("1")],
    }


def fill(route: str, view: Any, objects: dict[str, list[Voorwerp]]) -> Iterator[Ingang]:
    """The route for every object of its first parameter; a KeyError names what is missing.

    `absent` changes the last parameter that names an object, so that a part is also asked for
    by a wrong number below an object the user may see.
    """
    found = list(PARAMETER.finditer(route))
    keys = [PARAMETER.sub(r"<\g<naam>>", route[: m.end()]) for m in found]
    choices = []
    for key in keys:
        if key not in objects and key not in WOORDEN:
            raise KeyError(f"geen voorwerp voor {key} (route {route})")
        choices.append(objects.get(key) or [Voorwerp(word) for word in WOORDEN[key]])
    for chosen in product(*choices):
        values = [str(v.waarde) for v in chosen]
        named = [n for n, key in enumerate(keys) if key in objects]
        absent = [
            ABSENT[m["soort"]] if n in named[:1] else value
            for n, (m, value) in enumerate(zip(found, values, strict=True))
        ]
        yield Ingang(
            route,
            view,
            _write(route, values),
            _write(route, absent),
            chosen[named[0]] if named else None,
        )


def parts_absent(route: str, view: Any, objects: dict[str, list[Voorwerp]]) -> Iterator[str]:
    """Paths to a part that is not there, below an object that is."""
    found = list(PARAMETER.finditer(route))
    keys = [PARAMETER.sub(r"<\g<naam>>", route[: m.end()]) for m in found]
    if len(keys) > 1 and keys[1] in objects:
        yield _write(route, [str(objects[keys[0]][0].waarde), ABSENT[found[1]["soort"]]])


def _write(route: str, values: list[str]) -> str:
    rest = iter(values)
    return "/" + PARAMETER.sub(lambda _: next(rest), route)


def ingangen(gemeente: Any, eigenaar: Any) -> list[Ingang]:
    objects = make_objects(gemeente, eigenaar)
    return [door for route, view in routes() for door in fill(route, view, objects)]
