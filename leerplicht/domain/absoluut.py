"""Absoluut verzuim by night: who is under the duty without enrolment or exemption (Lpw 19).

Found in SQL, per range of keys. A range is one transaction under a lock, and looks at what stands
there: a second run, or two at a time, opens nothing twice. What makes noise is left out; see
docs/beleid/absoluut-verzuim.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.gebeurtenissen import build, record_many
from accounts.rechten import Taak
from casework.codes import (
    Adressoort,
    DuoStatus,
    Kanaal,
    Meldingsoort,
    Onderwijssoort,
    Processtatus,
    Resultaat,
    Werkprocessoort,
)
from casework.domain.proces import perform
from casework.domain.werkproces import make_term
from casework.errors import DomainError
from casework.gronden import Plicht
from casework.models import (
    Actie,
    Adres,
    Dossier,
    Inschrijving,
    Jongere,
    Verzuimmelding,
    Werkproces,
)
from casework.parameters import waarden
from casework.schooljaar import Schooljaar
from leerplicht.codes import Besluit
from leerplicht.models import Vrijstelling

from .absoluut_tabel import ABSOLUUT
from .regels import Regels
from .status_sql import under_duty_on, under_leerplicht_on, vrijgesteld_on
from .toewijzing import Werk, choose

SLEUTELS: Final = 50_000  # keys of youths in one transaction
SLOT: Final = 7_201_969  # of the lock: one range at a time
# The result says that the youth goes to school or has an exemption; look again after some weeks.
KORT: Final = (
    Resultaat.NAAR_SCHOOL,
    Resultaat.ANDERE_SCHOOL,
    Resultaat.GEEN_VERZUIM,
    Resultaat.VRIJSTELLING,
)


@dataclass(frozen=True, slots=True)
class Venster:
    """The days that count for a run on `dag`: without enrolment since `van`, up to `tot`."""

    dag: date
    van: date
    tot: date
    rust: date

    @classmethod
    def on(cls, dag: date) -> "Venster":
        """In summer schools change: nobody whose enrolment ended then, until 1 October."""
        regels = waarden(
            (
                "absoluut_weken",
                "absoluut_zomer_van",
                "absoluut_zomer_tot",
                "absoluut_verwerking_dagen",
                "absoluut_rust_weken",
            ),
            dag,
        )
        van = dag - timedelta(weeks=regels["absoluut_weken"])
        zomer = _in_year(dag, regels["absoluut_zomer_van"])
        if zomer <= dag < _in_year(dag, regels["absoluut_zomer_tot"]):
            van = min(van, zomer)
        return cls(
            dag,
            van,
            dag + timedelta(days=regels["absoluut_verwerking_dagen"]),
            dag - timedelta(weeks=regels["absoluut_rust_weken"]),
        )


def _in_year(day: date, mmdd: str) -> date:
    return date.fromisoformat(f"{day.year}-{mmdd}")


def candidates(dag: date) -> "QuerySet[Jongere]":
    """Youths for whom a werkproces has to be opened on this day.

    `woont`: the gemeente of the address on the day; `ooit_adres`: whether there ever was one, so
    that nobody knows where who has one and no `woont` went.
    """
    venster = Venster.on(dag)
    woon = Adres.objects.filter(jongere=OuterRef("pk"), soort=Adressoort.WOON)
    nu = woon.on(dag).order_by("-van", "-pk")
    return (
        Jongere.objects.filter(under_duty_on(dag), under_duty_on(venster.van))
        .filter(gemeente__isnull=False)
        .exclude(Exists(_enrolled(venster)))
        .exclude(_exempted(dag))
        .exclude(Exists(_pending(dag)))
        .exclude(Exists(woon.on(dag).filter(van__gt=venster.van)))  # moved just now
        .exclude(Exists(_known(venster)))
        .annotate(woont=Subquery(nu.values("gemeente")[:1]), ooit_adres=Exists(woon))
        .order_by("pk")
    )


def _enrolled(venster: Venster) -> "QuerySet[Inschrijving]":
    """At a Dutch school on some day, or soon: announced, or not yet processed."""
    rows = Inschrijving.objects.filter(jongere=OuterRef("pk"), begindatum__lte=venster.tot)
    return rows.exclude(onderwijssoort=Onderwijssoort.BUITENLAND).exclude(einddatum__lt=venster.van)


def _exempted(dag: date) -> Q:
    """By the duty that runs; a lapsed exemption has no tolerance: the duty revives at once."""
    regels = Regels.on(dag)
    later = ~under_leerplicht_on(dag, regels=regels)
    return vrijgesteld_on(dag, Plicht.LEERPLICHT, regels) | (
        vrijgesteld_on(dag, Plicht.KWALIFICATIEPLICHT, regels) & later
    )


def _pending(dag: date) -> "QuerySet[Vrijstelling]":
    return Vrijstelling.objects.filter(
        jongere=OuterRef("pk"), besluit=Besluit.IN_BEHANDELING, aanvraagdatum__lte=dag
    )


def _known(venster: Venster) -> "QuerySet[Werkproces]":
    """Already open, or judged in this schooljaar; who would go to school is asked again.

    Who was closed as moved is looked for where he lives now, at once when that is elsewhere.
    """
    rows = Werkproces.objects.filter(
        jongere=OuterRef("pk"), taak=Taak.LEERPLICHT, soort=Werkprocessoort.ABSOLUUT
    )
    lang = ~Q(resultaat__in=(*KORT, Resultaat.VERHUISD))
    here = Q(resultaat=Resultaat.VERHUISD, gemeente=OuterRef("gemeente"))
    return rows.filter(
        ~Q(status=Processtatus.GESLOTEN)
        | (Q(gesloten_op__gt=venster.rust) & (Q(resultaat__in=KORT) | here))
        | (Q(gesloten_op__gte=Schooljaar.of(venster.dag).start) & lang)
    )


def signal(dag: date) -> dict[str, int]:
    """Open what is due, and close what the registers solved before anybody looked."""
    gevonden = sum(_range(dag, begin, einde) for begin, einde in _ranges())
    return {"gesignaleerd": gevonden, "vervallen": _solved(dag)}


def _ranges() -> Iterator[tuple[int, int]]:
    keys = Jongere.objects.aggregate(eerste=Min("pk"), laatste=Max("pk"))
    if keys["eerste"] is None:
        return
    for begin in range(keys["eerste"], keys["laatste"] + 1, SLEUTELS):
        yield begin, begin + SLEUTELS


@transaction.atomic
def _range(dag: date, begin: int, einde: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])
    rows = list(
        candidates(dag)
        .filter(pk__gte=begin, pk__lt=einde)
        .only("pk", "gemeente_id", "geboortedatum")
    )
    if rows:
        _open(rows, dag)
    return len(rows)


def _open(jongeren: list[Jongere], dag: date) -> None:
    """A werkproces each, with its melding, dossier, term and event."""
    nieuw = [_werkproces(j, dag) for j in jongeren]
    wie = choose([Werk(w.jongere_id, w.gemeente_id) for w in nieuw], dag)
    for werkproces, behandelaar in zip(nieuw, wie, strict=True):
        werkproces.behandelaar_id = behandelaar
    werkprocessen = Werkproces.objects.bulk_create(nieuw)
    Verzuimmelding.objects.bulk_create(_melding(w, dag) for w in werkprocessen)
    terms = (make_term(w, ABSOLUUT.toestanden[w.toestand], day=dag) for w in werkprocessen)
    Actie.objects.bulk_create(actie for actie in terms if actie)
    events = [
        build(
            "werkproces.geopend",
            w,
            by=None,
            soort=w.soort,
            naar=w.toestand,
            behandelaar=w.behandelaar_id,
        )
        for w in werkprocessen
    ]
    dossiers = _dossiers(werkprocessen, dag)
    record_many([*events, *(build("dossier.geopend", d, by=None) for d in dossiers)])


def _werkproces(jongere: Jongere, dag: date) -> Werkproces:
    """Without an address of today nobody knows where to write: first that."""
    woont = jongere.woont  # type: ignore[attr-defined]  # annotated
    zoek = jongere.ooit_adres and not woont  # type: ignore[attr-defined]  # annotated
    return Werkproces(
        jongere_id=jongere.pk,
        gemeente_id=woont or jongere.gemeente_id,
        taak=Taak.LEERPLICHT,
        soort=Werkprocessoort.ABSOLUUT,
        toestand="adresonderzoek" if zoek else ABSOLUUT.begin,
        toestand_sinds=dag,
        gestart_op=dag,
    )


def _melding(werkproces: Werkproces, dag: date) -> Verzuimmelding:
    """Found by the college itself: no report of a school, and nothing for DUO."""
    return Verzuimmelding(
        jongere_id=werkproces.jongere_id,
        gemeente_id=werkproces.gemeente_id,
        taak=Taak.LEERPLICHT,
        kanaal=Kanaal.REGISTER,
        soort=Meldingsoort.ABSOLUUT,
        melddatum=dag,
        status=DuoStatus.LOKAAL,
        behandelaar_id=werkproces.behandelaar_id,
        beoordeeld_op=timezone.now(),
        werkproces=werkproces,
    )


def _dossiers(werkprocessen: list[Werkproces], dag: date) -> list[Dossier]:
    open_ones = Dossier.objects.filter(
        taak=Taak.LEERPLICHT,
        gesloten_op=None,
        jongere__in=[w.jongere_id for w in werkprocessen],
    )
    there = set(open_ones.values_list("jongere_id", "gemeente_id"))
    return Dossier.objects.bulk_create(
        Dossier(
            jongere_id=w.jongere_id,
            gemeente_id=w.gemeente_id,
            taak=Taak.LEERPLICHT,
            geopend_op=dag,
        )
        for w in werkprocessen
        if (w.jongere_id, w.gemeente_id) not in there
    )


def _solved(dag: date) -> int:
    """Enrolled or exempted now, and nobody had looked: no werk for anybody."""
    here = Inschrijving.objects.on(dag).exclude(onderwijssoort=Onderwijssoort.BUITENLAND)
    vrij = Vrijstelling.objects.valid_on(dag)
    rows = Werkproces.objects.filter(
        Exists(here.filter(jongere=OuterRef("jongere")))
        | Exists(vrij.filter(jongere=OuterRef("jongere"))),
        soort=Werkprocessoort.ABSOLUUT,
        toestand=ABSOLUUT.begin,
    )
    return sum(_lapse(werkproces, dag) for werkproces in rows.order_by("pk").iterator(200))


def _lapse(werkproces: Werkproces, dag: date) -> int:
    """1 when closed; 0 when a colleague was faster."""
    try:
        perform(werkproces, "inschrijving_gevonden", tabel=ABSOLUUT, by=None, day=dag)
    except DomainError:
        return 0
    return 1
