"""What the steps of a notice or a request do: write the decision, keep the clock, hear."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import Processtatus, Resultaat
from casework.domain.acties import make_actie
from casework.domain.plaats import gemeente_on
from casework.domain.proces import Effect, Gegevens, Veld
from casework.models import Actie, Werkproces
from leerplicht.codes import Besluit, Grond, RedenEinde, Verlofbesluit
from leerplicht.models import Verlof, Vrijstelling

from . import vrijstelling_regels as regels
from .bijzonder import is_special

BESLISTERMIJN: Final = "beslistermijn"
ONTWIKKELING: Final = "ontwikkeling 5 onder a"
EINDE: Final = (
    Veld("per", "Eerste dag zonder vrijstelling", "datum"),
    Veld(
        "reden_einde",
        "Waarom",
        "keuze",
        keuzes=tuple((r.value, str(r.label)) for r in RedenEinde if r != RedenEinde.VERLOPEN),
    ),
)
VERLOF: Final[Mapping[str, str]] = {
    "toegekend": Verlofbesluit.TOEGEKEND,
    "deels": Verlofbesluit.DEELS,
    "geweigerd": Verlofbesluit.AFGEWEZEN,
}


def subject(werkproces: Werkproces) -> Vrijstelling | Verlof:
    """What this werkproces is about."""
    rows = Vrijstelling.objects.filter(werkproces=werkproces).select_related("jongere")
    vrijstelling = rows.first()
    if vrijstelling:
        return vrijstelling
    return Verlof.objects.select_related("jongere").get(werkproces=werkproces)


def ground(werkproces: Werkproces) -> str:
    """Code of the ground, or "11g" for leave."""
    row = subject(werkproces)
    return row.grond if isinstance(row, Vrijstelling) else "11g"


def start_clock(werkproces: Werkproces, ontvangen: date) -> Actie:
    """The term to decide runs from the day of receipt, through all states."""
    actie = make_actie(
        werkproces,
        "Besluit nemen binnen de wettelijke termijn",
        regels.decide_before(ground(werkproces), ontvangen),
        taak=Taak.LEERPLICHT,
        grondslag=BESLISTERMIJN,
        werkproces=werkproces,
        toegewezen_aan_id=werkproces.behandelaar_id,
    )
    actie.save()
    return actie


def received(werkproces: Werkproces) -> date:
    row = subject(werkproces)
    if isinstance(row, Vrijstelling):
        return row.aanvraagdatum
    return row.ingediend_op or werkproces.gestart_op


def resume_clock(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    """Awb 4:15: the days that the request was incomplete do not count, by the day of receipt."""
    asked = asked_to_complete(werkproces)
    still = regels.days_suspended(asked, gegevens["datum"]) if asked else 0
    before = regels.decide_before(ground(werkproces), received(werkproces) + timedelta(days=still))
    werkproces.acties.open().filter(grondslag=BESLISTERMIJN).update(vervalt_op=before)


def asked_to_complete(werkproces: Werkproces) -> date | None:
    row = werkproces.stappen.filter(stap="onvolledig_melden").order_by("-volgorde").first()
    return row.uitgevoerd_op if row else None


def stop_clock(werkproces: Werkproces, by: Gebruiker) -> None:
    werkproces.acties.open().filter(grondslag=BESLISTERMIJN).update(
        gedaan_op=timezone.now(), gedaan_door=by
    )


def write_statement(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    """Date and writer of the statement; what is in it is not kept."""
    row = subject(werkproces)
    assert isinstance(row, Vrijstelling)
    row.verklaring_datum = gegevens.get("verklaring_datum")
    row.verklaring_door = gegevens.get("verklaring_door") or ""
    row.verklaring_hoedanigheid = gegevens.get("verklaring_hoedanigheid") or ""
    row.nooit_geschikt = {"ja": True, "nee": False}.get(str(gegevens.get("nooit_geschikt")))
    row.bijzondere_omstandigheid = gegevens.get("bijzondere_omstandigheid") or ""
    row.te_laat = regels.is_late(row)
    row.save()


def judge(besluit: str) -> Effect[Werkproces]:
    """The outcome of testing a notice: it holds by law, or it never did."""

    def effect(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
        row = subject(werkproces)
        assert isinstance(row, Vrijstelling)
        row.besluit, row.besluitdatum = besluit, day
        row.save(update_fields=["besluit", "besluitdatum"])
        _note("vrijstelling.besloten", row, by)

    return effect


def decide(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    write_decision(werkproces, str(gegevens["besluit"]), gegevens, by, day)
    stop_clock(werkproces, by)


def write_decision(
    werkproces: Werkproces, besluit: str, gegevens: Gegevens, by: Gebruiker, day: date
) -> None:
    row = subject(werkproces)
    if isinstance(row, Vrijstelling):
        row.besluit = Besluit.GEWEIGERD if besluit == "geweigerd" else Besluit.VERLEEND
        if besluit == "deels" and gegevens.get("tot"):
            row.einddatum = gegevens["tot"]
        row.besluitdatum = day
        row.save(update_fields=["besluit", "einddatum", "besluitdatum"])
        _note("vrijstelling.besloten", row, by)
        return
    row.besluit, row.besluitdatum = VERLOF[besluit], day
    row.motivering = gegevens.get("motivering") or row.motivering
    row.dagen_toegekend = {"toegekend": row.dagen, "deels": gegevens.get("dagen")}.get(besluit)
    row.save(update_fields=["besluit", "besluitdatum", "motivering", "dagen_toegekend"])
    record("verlof.besloten", row, by=by, taak=Taak.LEERPLICHT, besluit=row.besluit)


def withdraw(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    row = subject(werkproces)
    row.besluit = (
        Besluit.INGETROKKEN if isinstance(row, Vrijstelling) else Verlofbesluit.INGETROKKEN
    )
    row.besluitdatum = day
    row.save(update_fields=["besluit", "besluitdatum"])
    stop_clock(werkproces, by)
    finish(Resultaat.TER_KENNISNAME)(werkproces, gegevens, by, day)


def report_to_duo(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    row = subject(werkproces)
    assert isinstance(row, Vrijstelling)
    row.gemeld_duo_op = gegevens["datum"]
    row.save(update_fields=["gemeld_duo_op"])
    finish(Resultaat.VRIJSTELLING)(werkproces, gegevens, by, day)


def finish(resultaat: str) -> Effect[Werkproces]:
    """No work left for now; the states after it follow the calendar."""

    def effect(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
        werkproces.status = Processtatus.GESLOTEN
        werkproces.gesloten_op = day
        werkproces.resultaat = resultaat
        werkproces.gemeente_sluiting = (
            werkproces.gemeente
            if werkproces.gemeente_opgegeven
            else gemeente_on(werkproces.jongere, day)
        )

    return effect


def reopen(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    werkproces.status = Processtatus.HEROPEND
    werkproces.gesloten_op = werkproces.gemeente_sluiting = None
    werkproces.resultaat = ""


def end(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker | None, day: date) -> None:
    """The exemption stops before its last day; DUO must hear that too."""
    row = subject(werkproces)
    assert isinstance(row, Vrijstelling)
    end_exemption(row, gegevens, by)


def end_exemption(row: Vrijstelling, gegevens: Gegevens, by: Gebruiker | None) -> None:
    reden, per = str(gegevens["reden_einde"]), gegevens["per"]
    if row.einddatum is None or row.einddatum >= per:
        row.reden_einde = reden
        row.einddatum = max(per - timedelta(days=1), row.begindatum)
        row.gemeld_duo_op = None
    row.reden_einde = row.reden_einde or reden
    if reden == RedenEinde.SCHOOL:
        row.terug_naar_school_op = per
        row.gemeente_terug = gemeente_on(row.jongere, per)
    row.save()
    _note("vrijstelling.beeindigd", row, by)


def watched(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    """The yearly look was taken."""
    werkproces.acties.open().filter(grondslag=ONTWIKKELING).update(
        gedaan_op=timezone.now(), gedaan_door=by
    )


def lapse(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker | None, day: date) -> None:
    row = subject(werkproces)
    assert isinstance(row, Vrijstelling)
    row.reden_einde = row.reden_einde or RedenEinde.VERLOPEN
    row.save(update_fields=["reden_einde"])


def _note(actie: str, row: Vrijstelling, by: Gebruiker | None) -> None:
    # The log has other readers: health or belief is not told there.
    grond = "bijzonder" if is_special(row) else row.grond
    record(actie, row, by=by, taak=Taak.LEERPLICHT, grond=grond, besluit=row.besluit)


HOREN: Final[Mapping[str, tuple[str, ...]]] = {
    Grond.G3A: ("aanvrager", "jongere", "hoofd"),
    Grond.G3B: ("aanvrager", "jongere", "hoofd", "instelling", "zorg"),
    Grond.G15: (),  # Awb 4:7, only when a refusal rests on data that differ
    "11g": ("hoofd",),
}
WIE: Final[Mapping[str, str]] = {
    "aanvrager": "Aanvrager",
    "jongere": "Jongere",
    "hoofd": "Hoofd van de (oude) school",
    "instelling": "Hoofd van de instelling",
    "zorg": "Betrokken zorg of hulp",
}
