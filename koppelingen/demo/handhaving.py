"""Halt and strafzaken in several states, by the functions that the screens of a boa call."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.domain.afspraken import Afspraakinvoer, plan_afspraak
from casework.domain.melding import Meldinginvoer
from casework.domain.proces import Procestabel, perform
from casework.errors import DomainError
from casework.kalender import add_werkdagen
from casework.models import Inschrijving, Relatie, Verzuimmelding, Werkproces
from casework.schooljaar import AMSTERDAM
from koppelingen.demo import teksten
from koppelingen.demo.medewerkers import BY_SLEUTEL
from koppelingen.demo.stappen import last_werkdag
from koppelingen.demo.werkproceswerk import WEGING
from leerplicht.domain import halt
from leerplicht.domain.halt_criteria import criteria
from leerplicht.domain.halt_tabel import HALT
from leerplicht.domain.mas import MAS
from leerplicht.domain.melding import register_melding, take_up
from leerplicht.domain.straf_tabel import STRAF
from leerplicht.domain.strafzaak import INHOUD, change, open_strafzaak, suspects
from leerplicht.domain.verhoor import Verhoorinvoer, add_verhoor
from leerplicht.models import Haltverwijzing, Strafzaak

Stappen = tuple[tuple[str, Mapping[str, Any]], ...]
Geleden = tuple[tuple[str, int, Mapping[str, Any]], ...]
TOESTEMMING: Final[tuple[str, Mapping[str, Any]]] = (
    "toestemming",
    {"uitgelegd": True, "jongere": "ja", "ouders": "ja"},
)
VERZONDEN: Final[Stappen] = (TOESTEMMING, ("verzenden", {}))
GESTART: Final[Stappen] = (*VERZONDEN, ("starten", {}))
# How many days ago the report came in, and how far the referral is.
HALTZAKEN: Final[tuple[tuple[int, Stappen], ...]] = (
    (45, GESTART),
    (17, ()),
    (55, (*GESTART, ("positief", {}))),
    (34, VERZONDEN),
    (31, (("intrekken", {"reden": "De ouders willen niet meewerken aan Halt."}),)),
    (22, (TOESTEMMING,)),
)
GEHOORD: Final = {"hoe": "GESPREK", "samenvatting": teksten.HALT["gesprek"]}
# How many days after the report.
TOT_WEGING: Final[Geleden] = (
    ("onderzoek_starten", 1, {"bevinding": teksten.HALT["bevinding"], "school_deed": "ja"}),
    ("school_horen", 4, GEHOORD),
    ("ouders_horen", 8, GEHOORD),
    ("jongere_horen", 8, GEHOORD),
    ("wegen", 9, {}),
)
VAN_JONGERE: Final = {
    "verwijt_jongere": "verwijtbaar",
    "afweging": "Het verzuim is aan de jongere te verwijten. Ouders en school werken mee.",
}
VAN_OUDER: Final = {
    "verwijt_jongere": "niet",
    "verwijt_ouder1": "verwijtbaar",
    "grond_jongere": "De jongere kan hier zelf weinig aan doen.",
    "grond_ouder1": "De ouder reageert niet op school en zorgt niet voor schoolbezoek.",
    "medewerking_ouder1": "nee",
    "afweging": "Het verzuim is aan de ouder te verwijten.",
}
TOT_VONNIS: Final[Geleden] = (
    ("ondertekenen", 48, {"eed": "EED"}),
    ("verzenden", 49, {"eerder_veroordeeld": "nee", "rvdk": True}),
    ("dagvaarden", 70, {}),
    ("zitting", 129, {"rechter": "KANTON"}),
    (
        "vonnis",
        129,
        {
            "straffen": ["TAAKSTRAF", "VOORWAARDELIJK"],
            "taakstraf_uren": 40,
            "voorwaardelijk": "20 van de 40 uur, met een proeftijd van twee jaar",
        },
    ),
    ("sluiten", 144, {}),
)
EINDE, LOPEND = 150, 52  # days since the report of the case that ended, and of the other


def set_handhaving(peildatum: date) -> None:
    """After the accounts: without a right and an akte nobody draws up anything."""
    boa = Gebruiker.objects.get(email=BY_SLEUTEL["boa"].email)
    youths = _youths(peildatum)
    for ago, stappen in HALTZAKEN:
        begin = peildatum - timedelta(days=ago)
        if werkproces := _one(youths, boa, begin, youth=True):
            _refer(werkproces, stappen, boa, peildatum)
    for ago, follow in ((EINDE, _ended), (LOPEND, _running)):
        begin = peildatum - timedelta(days=ago)
        if werkproces := _one(youths, boa, begin, youth=False):
            follow(werkproces, boa, begin, peildatum)


def _youths(peildatum: date) -> Iterator[Inschrijving]:
    """At school, with a parent and nothing open; never at Halt before."""
    born = (
        peildatum.replace(year=peildatum.year - 16),
        peildatum.replace(year=peildatum.year - 13),
    )
    rows = Inschrijving.objects.on(peildatum).filter(
        jongere__gemeente__isnull=False,
        jongere__geboortedatum__range=born,
        begindatum__lt=peildatum - timedelta(days=EINDE + 30),
    )
    rows = rows.exclude(jongere__in=Werkproces.objects.open().values("jongere"))
    rows = rows.exclude(jongere__in=Verzuimmelding.objects.to_triage().values("jongere"))
    rows = rows.exclude(jongere__in=Haltverwijzing.objects.values("jongere"))
    parents = Relatie.objects.filter(soort="OUDER", tot=None)
    rows = rows.filter(jongere__in=parents.values("jongere"))
    yield from rows.select_related("jongere__gemeente", "school").order_by("pk")[:20]


def _one(
    youths: Iterator[Inschrijving], boa: Gebruiker, begin: date, *, youth: bool
) -> Werkproces | None:
    """The next youth of whom this can be: not who had leave or an exemption on these days."""
    for row in youths:
        try:
            with transaction.atomic():
                return _weighed(row, boa, begin, youth=youth)
        except DomainError:
            continue
    return None


def _weighed(row: Inschrijving, boa: Gebruiker, begin: date, *, youth: bool) -> Werkproces:
    """From the report by school up to the weighing: the youth is to blame, or the parent."""
    invoer = Meldinginvoer(
        "V3",
        begin,
        kanaal="SCHOOL_DIRECT",
        school=row.school,
        begindatum=begin - timedelta(days=7),
        einddatum=begin - timedelta(days=3),
        uren=Decimal(22),
        actie_school=teksten.ACTIE_SCHOOL[0],
    )
    melding = register_melding(row.jongere, by=boa, invoer=invoer, day=begin)
    werkproces = take_up(melding, by=boa, day=begin)
    told = {"school_bericht_op": last_werkdag(begin + timedelta(days=1))}
    for naam, days, gegevens in TOT_WEGING:
        more = told if naam == "onderzoek_starten" else {}
        _do(werkproces, naam, MAS, boa, begin + timedelta(days=days), {**gegevens, **more})
    verwijt = VAN_JONGERE if youth else VAN_OUDER
    day = begin + timedelta(days=9)
    weighed: Werkproces = _do(werkproces, "weging_vastleggen", MAS, boa, day, WEGING | verwijt)
    return weighed


def _do(
    zaak: Any, naam: str, tabel: Procestabel[Any], by: Gebruiker, day: date, gegevens: Any
) -> Any:
    """With the day itself where the step asks when it was."""
    day = last_werkdag(day)
    asked = {veld.naam for veld in tabel.stappen[naam].velden}
    own = dict(gegevens) | ({"datum": day} if "datum" in asked else {})
    return perform(zaak, naam, tabel=tabel, by=by, day=day, gegevens=own)


def _refer(werkproces: Werkproces, stappen: Stappen, boa: Gebruiker, peildatum: date) -> None:
    day = add_werkdagen(werkproces.toestand_sinds or werkproces.gestart_op, 1)
    facts = halt.facts_of(werkproces, day)
    invoer = halt.Haltinvoer(
        uren=facts.uren,
        aantal_te_laat=facts.te_laat,
        school_deed=facts.school_deed,
        ouders_ingelicht=True,
        bekent=True,
        cautie_gegeven_op=datetime.combine(day, time(10, 30), AMSTERDAM),
        recht_op_raadsman_meegedeeld=True,
        raadsman="AFSTAND",
        verklaring=teksten.HALT["verklaring"],
        hulp=teksten.HALT["hulp"],
        uitleg={c.code: teksten.HALT["uitleg"] for c in criteria(facts, day)},
    )
    zaak = halt.propose(werkproces, by=boa, day=day, invoer=invoer)
    for naam, gegevens in stappen:
        day = min(add_werkdagen(day, 3), peildatum)
        zaak = _do(zaak, naam, HALT, boa, day, gegevens)


def _written(
    werkproces: Werkproces, boa: Gebruiker, begin: date, verhoor_op: date, nummer: str
) -> Strafzaak:
    """After help that did not work: the text of the case, and a verhoor of the parent."""
    day = begin + timedelta(days=10)
    help_ = {"toestemming": "ja", "hulpverlener": "Wijkteam"}
    _do(werkproces, "hulp_inzetten", MAS, boa, day, help_)
    werkproces.refresh_from_db()
    naam = suspects(werkproces)["OUDER1"]
    zaak = open_strafzaak(werkproces, by=boa, day=verhoor_op, verdachte="OUDER1", naam=naam)
    plaats = werkproces.gemeente.naam if werkproces.gemeente else ""
    own = teksten.PROCES_VERBAAL | {"pv_nummer": nummer, "feit_plaats": plaats}
    kept: dict[str, Any] = {veld: getattr(zaak, veld) for veld in INHOUD}
    zaak = change(zaak, by=boa, gegevens=kept | own | {"identiteit_op": verhoor_op})
    moment = datetime.combine(verhoor_op, time(10, 30), AMSTERDAM)
    invoer = Verhoorinvoer(
        rol="VERDACHTE",
        naam=naam,
        begin=moment,
        plaats="Gemeentehuis, kamer 1.12",
        cautie_gegeven_op=moment - timedelta(minutes=5),
        recht_op_raadsman_meegedeeld=True,
        raadsman="AFSTAND",
        verklaring=teksten.VERHOOR["verklaring"],
        waarneming=teksten.VERHOOR["waarneming"],
    )
    add_verhoor(zaak, by=boa, now=moment + timedelta(hours=2), invoer=invoer)
    return zaak


def _running(werkproces: Werkproces, boa: Gebruiker, begin: date, peildatum: date) -> None:
    """A concept with a verhoor, to be sent soon."""
    verhoor_op = last_werkdag(peildatum - timedelta(days=24))
    _written(werkproces, boa, begin, verhoor_op, f"PV-{peildatum.year}-057")
    moment = datetime.combine(add_werkdagen(peildatum, 2), time(13, 30), AMSTERDAM)
    plan_afspraak(
        werkproces.jongere,
        by=boa,
        taak=Taak.LEERPLICHT,
        werkproces=werkproces,
        invoer=Afspraakinvoer(moment, "gesprek", plaats="Gemeentehuis, kamer 1.12"),
    )


def _ended(werkproces: Werkproces, boa: Gebruiker, begin: date, peildatum: date) -> None:
    verhoor_op = last_werkdag(begin + timedelta(days=44))
    zaak = _written(werkproces, boa, begin, verhoor_op, f"PV-{begin.year}-031")
    sitting = {"zitting_op": begin + timedelta(days=129)}
    for naam, days, gegevens in TOT_VONNIS:
        more = sitting if naam == "dagvaarden" else {}
        day = begin + timedelta(days=days)
        zaak = _do(zaak, naam, STRAF, boa, day, {**gegevens, **more})
    werkproces.refresh_from_db()
    _do(werkproces, "volgen", MAS, boa, peildatum - timedelta(days=3), {})
