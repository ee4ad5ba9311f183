"""What leerplicht adds to the shared dossier: status, exemptions and leave, warnings, links."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from django.db.models import Q
from django.urls import reverse

from accounts.models import Gebruiker
from accounts.rechten import Taak, gemeenten_of
from casework.domain.tijdlijn import as_moment
from casework.models import Jongere, WerkprocesStap
from casework.uitbreiding import UITBREIDINGEN, Afspraakfeiten, Koppeling, Regel, Statusregel
from leerplicht.domain import mas_afspraak
from leerplicht.domain.bijzonder import ground_for
from leerplicht.domain.dossierfeiten import feiten_of
from leerplicht.domain.preventie import of_school
from leerplicht.domain.stapbrief import letter_values
from leerplicht.domain.status import Statuscode, leerplichtstatus
from leerplicht.domain.tabellen import LABELS as TOESTANDEN
from leerplicht.domain.tabellen import STAPLABELS
from leerplicht.domain.wijziging import next_change
from leerplicht.models import (
    Haltverwijzing,
    Haltzaak,
    Overleg,
    Strafzaak,
    Verlof,
    Vrijstelling,
    Zorgsignaal,
)
from leerplicht.opsporingscodes import HALT_EINDE, STRAF_EINDE

LABELS: Final = {
    Statuscode.GEEN: ("Nog niet leerplichtig", "neutral"),
    Statuscode.LEERPLICHTIG: ("Leerplichtig", "info"),
    Statuscode.KWALIFICATIEPLICHTIG: ("Kwalificatieplichtig", "info"),
    Statuscode.VRIJGESTELD: ("Vrijgesteld", "success"),
    Statuscode.DOORSTROOMPUNT: ("Doelgroep Doorstroompunt", "info"),
    Statuscode.BUITEN_DOELGROEP: ("Geen plicht, buiten de doelgroep", "neutral"),
}
ONVEILIG: Final = ("twijfel", "onveilig")


def status_of(jongere: Jongere, user: Gebruiker, day: date) -> Statusregel:
    """Status under the law with the next change.

    An exemption is not released to who does not do leerplicht (WRO art. 21): for them the duty
    itself is shown.
    """
    feiten = feiten_of(jongere, day)
    if not gemeenten_of(user, Taak.LEERPLICHT):
        feiten = replace(feiten, vrijstellingen=())
    label, soort = LABELS[leerplichtstatus(feiten, day).code]
    change = next_change(feiten, day)
    if change is None:
        return Statusregel(label, soort)
    later = LABELS[change[1]][0]
    return Statusregel(label, soort, later[:1].lower() + later[1:], change[0])


def _vrijstellingen(
    jongere: Jongere, user: Gebruiker, before: datetime | None, limit: int
) -> Iterator[Regel]:
    rows = Vrijstelling.objects.visible_to(user).filter(jongere=jongere).select_related("jongere")
    for row in rows.order_by("-begindatum", "-pk"):
        tot = f" tot en met {row.einddatum:%d-%m-%Y}" if row.einddatum else ""
        yield Regel(
            row.begindatum,
            f"Vrijstelling: {ground_for(row, user)}",
            tekst=f"{row.get_besluit_display()}{tot}",
            url=row.get_absolute_url(),
            soort="vrijstelling",
        )


def _verlof(
    jongere: Jongere, user: Gebruiker, before: datetime | None, limit: int
) -> Iterator[Regel]:
    rows = Verlof.objects.visible_to(user).filter(jongere=jongere).select_related("jongere")
    for row in rows.order_by("-van", "-pk"):
        yield Regel(
            row.van,
            f"Verlof: {ground_for(row, user)}",
            tekst=f"{row.get_besluit_display()} tot en met {row.tot:%d-%m-%Y}".strip(),
            url=row.get_absolute_url(),
            soort="verlof",
        )


def _halt(
    jongere: Jongere, user: Gebruiker, before: datetime | None, limit: int
) -> Iterator[Regel]:
    rows = Haltverwijzing.objects.visible_to(user).filter(jongere=jongere)
    for row in rows.order_by("-datum_verwijzing", "-pk"):
        yield Regel(
            row.datum_verwijzing,
            "Verwijzing naar Halt",
            tekst=row.get_resultaat_display(),
            soort="halt",
            gegeven=row,
        )


def _overleg(
    jongere: Jongere, user: Gebruiker, before: datetime | None, limit: int
) -> Iterator[Regel]:
    rows = Overleg.objects.visible_to(user).filter(jongere=jongere).select_related("gemaakt_door")
    for row in rows.order_by("-datum", "-pk"):
        yield Regel(
            row.datum,
            "Overleg (MDO)",
            actor=str(row.gemaakt_door),
            url=row.get_absolute_url(),
            soort="overleg",
        )


def _zorg(
    jongere: Jongere, user: Gebruiker, before: datetime | None, limit: int
) -> Iterator[Regel]:
    rows = Zorgsignaal.objects.visible_to(user).filter(jongere=jongere)
    for row in rows.select_related("gemaakt_door").order_by("-datum", "-pk"):
        yield Regel(
            row.datum,
            row.get_soort_display(),
            actor=str(row.gemaakt_door),
            url=reverse("leerplicht:zorg_bij", args=[jongere.uuid]),
            soort="zorg",
        )


def leerplicht_lines(
    jongere: Jongere, user: Gebruiker, before: datetime | None, limit: int
) -> Iterable[Regel]:
    """Few rows a youth, so they are cut in Python."""
    sources = (_vrijstellingen, _verlof, _overleg, _zorg, _halt)
    lines = [line for source in sources for line in source(jongere, user, before, limit)]
    return [line for line in lines if before is None or as_moment(line.moment) < before]


def safety_warnings(jongere: Jongere, user: Gebruiker) -> list[str]:
    """The last weighing of a running werkproces saw doubt about safety."""
    stap = (
        WerkprocesStap.objects.visible_to(user)
        .filter(werkproces__jongere=jongere, stap="weging_vastleggen")
        .exclude(werkproces__status="GESLOTEN")
        .order_by("-pk")
        .first()
    )
    unsafe = stap is not None and stap.gegevens.get("veiligheid") in ONVEILIG
    return ["Veiligheid: meldcode"] if unsafe else []


def register() -> None:
    UITBREIDINGEN.status = status_of
    UITBREIDINGEN.briefwaarden = letter_values
    UITBREIDINGEN.afspraken = Afspraakfeiten(
        mas_afspraak.counts, mas_afspraak.planned, mas_afspraak.outcome, mas_afspraak.recorded
    )
    UITBREIDINGEN.bronnen.append(leerplicht_lines)
    UITBREIDINGEN.waarschuwers.append(safety_warnings)
    UITBREIDINGEN.schoolcijfers.append(of_school)
    UITBREIDINGEN.politiewerk += [
        (Haltzaak, ~Q(toestand__in=HALT_EINDE), "boa"),
        (Strafzaak, ~Q(toestand__in=STRAF_EINDE), "boa"),
    ]
    UITBREIDINGEN.koppelingen += [
        Koppeling("Melding invoeren", "leerplicht:melding_bij", "leerplicht.schrijven"),
        Koppeling("Incident vastleggen", "leerplicht:incident", "leerplicht.schrijven"),
        Koppeling("Thuiszitter vastleggen", "leerplicht:thuiszitter_bij", "leerplicht.schrijven"),
        Koppeling("Overdracht schrijven", "leerplicht:overdracht", "leerplicht.schrijven"),
        Koppeling("Verlof invoeren", "leerplicht:verlof_bij", "leerplicht.schrijven"),
        Koppeling("Luxeverzuim van het gezin", "leerplicht:luxe_bij", "leerplicht.schrijven"),
        Koppeling("Overleg (MDO)", "leerplicht:overleg_bij", "leerplicht.schrijven"),
        Koppeling("Zorgmelding", "leerplicht:zorg_bij", "leerplicht.schrijven"),
        Koppeling("Meldcode", "leerplicht:meldcode_bij", "meldcode.werken"),
        Koppeling("Vrijstelling invoeren", "leerplicht:vrijstelling_bij", "leerplicht.schrijven"),
    ]
    UITBREIDINGEN.staplabels |= STAPLABELS
    UITBREIDINGEN.toestandlabels |= TOESTANDEN
    UITBREIDINGEN.gebeurtenissen |= {
        "vrijstelling.besloten": "Vrijstelling beoordeeld",
        "vrijstelling.terug_naar_school": "Terug naar school na vrijstelling",
        "melding.opgepakt": "Melding opgepakt",
        "melding.soort_vastgesteld": "Soort verzuim vastgesteld",
        "melding.afgesloten": "Melding afgesloten",
    }
