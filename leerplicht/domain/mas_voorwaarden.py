"""What must be there before a step of the MAS; each check gives a Dutch sentence or None."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from casework.codes import Verzuimsoort, Werkprocessoort
from casework.domain.proces import Controle, Gegevens
from casework.kalender import add_months
from casework.leeftijd import age_on
from casework.models import Werkproces, WerkprocesStap
from casework.parameters import waarde
from leerplicht.codes import Verdachte
from leerplicht.models import Haltverwijzing, Haltzaak, ProcesVerbaal

from .dossierfeiten import feiten_of
from .mas_velden import HERSTELD, UIT_AFSPRAAK
from .status import leerplichtstatus
from .verzuimdagen import NIET_INGESCHREVEN, absence_days, offence_days

HOREN_VANAF: Final = 12  # Lpw 22 lid 3; who is kwalificatieplichtig is always older
OPROEPEN: Final = 2
ALLEEN_OUDER: Final = "Bij absoluut verzuim kan alleen een ouder of verzorger verdachte zijn."

Check = str | None


def steps_of_round(werkproces: Werkproces) -> list[WerkprocesStap]:
    """Steps since the last reopening: an old hearing is not about the new absence."""
    rows = list(werkproces.stappen.order_by("volgorde"))
    reopened = [n for n, row in enumerate(rows) if row.stap == "heropenen"]
    return _still_true(rows[reopened[-1] :] if reopened else rows)


def _still_true(rows: list[WerkprocesStap]) -> list[WerkprocesStap]:
    """What came from an appointment holds until its outcome is set right."""
    right = {r.gegevens.get(UIT_AFSPRAAK): r.volgorde for r in rows if r.stap == HERSTELD}
    return [r for r in rows if r.volgorde >= right.get(r.gegevens.get(UIT_AFSPRAAK), 0)]


def _done(rows: Iterable[WerkprocesStap], stap: str) -> bool:
    return any(row.stap == stap for row in rows)


def _summoned_in_vain(rows: Iterable[WerkprocesStap], wie: str) -> bool:
    """Two failed summonses and a home visit stand in for a talk (our reading of art. 22)."""
    rows = list(rows)
    # Absoluut verzuim is about the parents alone, so there nobody is named.
    concerning = [r for r in rows if (r.gegevens.get("wie") or "ouders") in (wie, "beiden")]
    failed = [
        r for r in concerning if r.stap == "oproepen" and r.gegevens.get("verschenen") == "nee"
    ]
    return len(failed) >= OPROEPEN and _done(concerning, "huisbezoek")


def must_hear_jongere(werkproces: Werkproces, day: date) -> bool:
    """Who becomes 12 while the investigation runs is heard as well."""
    return age_on(werkproces.jongere.geboortedatum, day) >= HOREN_VANAF


def gemeente_bekend(werkproces: Werkproces, day: date) -> Check:
    if werkproces.gemeente_id:
        return None
    return "De woongemeente is niet bekend. Controleer het adres van de jongere."


def school_gehoord(werkproces: Werkproces, day: date) -> Check:
    if _done(steps_of_round(werkproces), "school_horen"):
        return None
    return "Hoor eerst de school (artikel 22)."


def ouders_gehoord(werkproces: Werkproces, day: date) -> Check:
    rows = steps_of_round(werkproces)
    if _done(rows, "ouders_horen") or _summoned_in_vain(rows, "ouders"):
        return None
    return "Hoor eerst de ouders, of roep hen twee keer op en ga op huisbezoek (artikel 22)."


def jongere_gehoord(werkproces: Werkproces, day: date) -> Check:
    rows = steps_of_round(werkproces)
    if not must_hear_jongere(werkproces, day):
        return None
    if _done(rows, "jongere_horen") or _summoned_in_vain(rows, "jongere"):
        return None
    return (
        "Hoor eerst de jongere (12 jaar of ouder), of roep de jongere twee keer op en ga op"
        " huisbezoek (artikel 22)."
    )


def weging_vastgelegd(werkproces: Werkproces, day: date) -> Check:
    """A weighing counts from the last time the werkproces came into weging."""
    for row in reversed(steps_of_round(werkproces)):
        if row.stap == "weging_vastleggen":
            return None
        if row.stap == "nieuwe_melding":  # new hours are not in the old weighing
            break
        if row.naar_toestand == "weging" and row.van_toestand != "weging":
            break
    return "Leg eerst de weging vast: oorzaak, verwijtbaarheid per persoon en veiligheid."


def last_weighing(werkproces: Werkproces) -> Mapping[str, Any]:
    """The answers of the last weighing of this round; empty when there is none."""
    rows = steps_of_round(werkproces)
    found = [row.gegevens for row in rows if row.stap == "weging_vastleggen"]
    return found[-1] if found else {}


def plicht_loopt(werkproces: Werkproces, day: date) -> Check:
    """After 18 or a startkwalificatie there is nothing to agree on attendance."""
    jongere = werkproces.jongere
    if leerplichtstatus(feiten_of(jongere, day), day).code.under_duty:
        return None
    return "De plicht loopt niet meer. Draag over aan het Doorstroompunt; hulp kan daar doorgaan."


def verzuim_onder_plicht(werkproces: Werkproces, day: date) -> Check:
    """On some day of the absence a duty ran that no exemption lifted; what came later is no
    matter."""
    if offence_days(werkproces, day):
        return None
    return (
        "Op de dagen van het verzuim liep er geen plicht, door leeftijd, diploma of een"
        " vrijstelling."
    )


def minderjarig(werkproces: Werkproces, day: date) -> Check:
    if age_on(werkproces.jongere.geboortedatum, day) < waarde("leeftijd_meerderjarig", day):
        return None
    return "Hulp in verplicht kader kan tot 18 jaar (Jeugdwet 1.1)."


def lapses_after(last: date, day: date) -> date:
    """Last day on which this can be prosecuted: the term begins the day after (Sr 70, 71)."""
    return add_months(last, 12 * waarde("mas_verjaring_jaren", day))


def niet_verjaard(werkproces: Werkproces, day: date) -> Check:
    """An offence from before the end of the duty stays punishable, until it lapses."""
    days = offence_days(werkproces, day) or absence_days(werkproces, day)
    if day <= lapses_after(days[-1], day):
        return None
    jaren = waarde("mas_verjaring_jaren", day)
    return f"Het verzuim is langer dan {jaren} jaar geleden en verjaard (Sr 70)."


def afspraken_per_persoon(werkproces: Werkproces, gegevens: Gegevens, day: date) -> Check:
    jong = age_on(werkproces.jongere.geboortedatum, day) < HOREN_VANAF
    if jong and gegevens.get("afspraken_jongere"):
        return "Onder de 12 jaar maakt u alleen met de ouders afspraken."
    if gegevens.get("afspraken_jongere") or gegevens.get("afspraken_ouders"):
        return None
    return "Schrijf de afspraken op, van de jongere of van de ouders."


def requires_yes(naam: str, sentence: str) -> Controle[Werkproces]:
    """The answer to a yes/no question of the step must be yes; not answered is said elsewhere."""

    def check(werkproces: Werkproces, gegevens: Gegevens, day: date) -> Check:
        return sentence if gegevens.get(naam) in ("nee", False) else None

    return check


def halt_verzonden(werkproces: Werkproces, gegevens: Gegevens, day: date) -> Check:
    """The referral itself is police data and lives apart; here only that it was sent."""
    if Haltverwijzing.objects.filter(werkproces=werkproces, resultaat="").exists():
        return None
    return "Maak eerst het voorstel aan Halt en verzend het."


def halt_zonder_voorstel(werkproces: Werkproces, day: date) -> Check:
    """Of what was referred by another system the result is written here."""
    if not Haltzaak.objects.at_halt().filter(werkproces=werkproces).exists():
        return None
    return "Leg bij de verwijzing vast wat Halt meldt."


def pv_opgemaakt(werkproces: Werkproces, gegevens: Gegevens, day: date) -> Check:
    """The proces-verbaal itself is police data and lives apart; here only that it exists."""
    if ProcesVerbaal.objects.filter(werkproces=werkproces).exists():
        return None
    return "Leg eerst het proces-verbaal vast."


def no_suspect(werkproces: Werkproces, verdachte: str, day: date) -> Check:
    """Why this person cannot be suspect of this absence."""
    if text := verzuim_onder_plicht(werkproces, day) or niet_verjaard(werkproces, day):
        return text
    if verdachte != Verdachte.JONGERE or offence_days(werkproces, day, youth=True):
        return None
    if werkproces.soort in NIET_INGESCHREVEN:
        return ALLEEN_OUDER
    border = waarde("strafbaar_vanaf", day)
    return f"Onder de {border} jaar kan alleen een ouder of verzorger verdachte zijn."


def pv_tegen_ouder(werkproces: Werkproces, gegevens: Gegevens, day: date) -> Check:
    """For enrolment only the adults answer (Lpw 2 lid 1)."""
    rows = ProcesVerbaal.objects.filter(werkproces=werkproces)
    return ALLEEN_OUDER if rows.filter(verdachte=Verdachte.JONGERE).exists() else None


VERZUIMSOORT_VAN_WERKPROCES: Final[Mapping[str, str]] = {
    Werkprocessoort.LUXE: Verzuimsoort.LUXE,
    Werkprocessoort.ABSOLUUT: Verzuimsoort.ABSOLUUT,
    Werkprocessoort.VRIJSTELLING: Verzuimsoort.ABSOLUUT,
}
