"""The way of a referral to Halt as a table (MAS route 2, Sr 77e)."""

from datetime import date
from functools import partial
from typing import Any, Final

from django.utils import timezone

from accounts.models import Gebruiker
from casework.domain.akte import require_akte
from casework.domain.plaats import gemeente_on
from casework.domain.proces import AFWIJKING, Gegevens, Procestabel, Stap, Toestand, Veld, perform
from casework.domain.verstrekking import Verstrekkinginvoer, register
from casework.leeftijd import age_on
from casework.parameters import waarde
from casework.politiecodes import Ontvangersoort
from leerplicht.codes import Haltresultaat
from leerplicht.models import Haltverwijzing, Haltzaak

from . import opsporingszaak
from .mas import BOA, MAS, NA_HALT
from .mas_routes import halt_runs
from .mas_velden import DATUM, JA_NEE, REDEN
from .mas_voorwaarden import VERZUIMSOORT_VAN_WERKPROCES

_stap = partial(Stap[Haltzaak], permissie=BOA)
WERK_VOOR_HALT: Final = frozenset({"weging", "hulp"})


def needs_parents(zaak: Haltzaak, day: date) -> bool:
    return age_on(zaak.jongere.geboortedatum, day) < int(waarde("halt_ouders_onder", day))


def _youth(zaak: Haltzaak, gegevens: Gegevens, day: date) -> str | None:
    if gegevens.get("jongere") == "nee":
        return "Halt kan alleen als de jongere instemt. Trek de verwijzing anders in."
    return None


def _parents(zaak: Haltzaak, gegevens: Gegevens, day: date) -> str | None:
    if gegevens.get("ouders") == "ja" or not needs_parents(zaak, day):
        return None
    border = waarde("halt_ouders_onder", day)
    return f"Onder de {border} jaar moeten ook de ouders instemmen met Halt."


def _told(zaak: Haltzaak, gegevens: Gegevens, day: date) -> str | None:
    if gegevens.get("uitgelegd"):
        return None
    return "Vertel eerst op papier dat meedoen niet hoeft en wat er gebeurt bij een weigering."


def _at_route(zaak: Haltzaak, day: date) -> str | None:
    werkproces = zaak.werkproces
    if werkproces and werkproces.toestand in WERK_VOOR_HALT:
        return None
    return "Het werkproces staat niet meer op weging of vrijwillige hulp."


def _send(zaak: Haltzaak, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    """Now it is a referral that counts, and Halt has the data (Wpg 18)."""
    require_akte(by, day)
    werkproces = zaak.werkproces
    assert werkproces is not None  # the condition of the step
    zaak.verwijzing = Haltverwijzing.objects.create(
        jongere_id=zaak.jongere_id,
        gemeente=gemeente_on(zaak.jongere, day),
        werkproces=werkproces,
        melding=werkproces.meldingen.order_by("-melddatum", "-pk").first(),
        datum_verwijzing=day,
        uren=zaak.uren,
        aantal_te_laat=zaak.aantal_te_laat,
        instemming_jongere=True,
        instemming_ouder=_consent(zaak, "ouders"),
        verzuimsoort=VERZUIMSOORT_VAN_WERKPROCES.get(werkproces.soort, "RELATIEF"),
        **police_fields(zaak),
    )
    # That the guideline was departed from is counted; why stands here.
    explained = any(row["uitleg"] for row in zaak.criteria)
    gegevens = {AFWIJKING: "anders"} if explained else {}
    perform(werkproces, "halt_verwijzen", tabel=MAS, by=by, day=day, gegevens=gegevens)
    invoer = Verstrekkinginvoer(Ontvangersoort.HALT, "Verwijzing naar Halt (Sr 77e)", day)
    register(zaak, invoer, by=by, now=timezone.now())


def police_fields(zaak: Any) -> dict[str, Any]:
    """Of what is made at a police process: the same ground, origin and first day."""
    names = ("regime", "eerste_verwerking", "herkomst", "wpg_grond", "categorie", "onderzoek_id")
    return {naam: getattr(zaak, naam) for naam in names}


def _consent(zaak: Haltzaak, wie: str) -> bool | None:
    given = [row["gegevens"] for row in zaak.verloop if row["stap"] == "toestemming"]
    return {"ja": True, "nee": False}.get(given[-1].get(wie, "")) if given else None


def _end(resultaat: str, stap: str) -> Any:
    def effect(zaak: Haltzaak, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
        """Saved before the werkproces moves on: that asks whether Halt is still busy."""
        zaak.save()
        if zaak.verwijzing is None:
            return
        zaak.verwijzing.resultaat, zaak.verwijzing.datum_retour = resultaat, day
        zaak.verwijzing.save()
        werkproces = zaak.werkproces
        if werkproces and werkproces.toestand == "halt":
            perform(werkproces, stap, tabel=MAS, by=by, day=day)
        elif werkproces and werkproces.toestand in NA_HALT and halt_runs(werkproces):
            told = {"halt_resultaat": resultaat}
            perform(werkproces, "halt_terug", tabel=MAS, by=by, day=day, gegevens=told)

    return effect


TOESTANDEN: Final = {
    row.naam: row
    for row in (
        Toestand("voorgesteld", "Voorgesteld", "Vraag of de jongere meedoet. Onder de 16 jaar"
                 " vraagt u het ook aan de ouders.", plaats=(0, 1)),
        Toestand("toestemming", "Toestemming", "Verzend het formulier naar Halt.", plaats=(1, 1)),
        Toestand("verzonden", "Verzonden naar Halt", "Halt nodigt de jongere uit.", plaats=(2, 1)),
        Toestand("gestart", "Gestart", "De jongere werkt aan de straf.", plaats=(3, 1)),
        Toestand("positief", "Positief afgerond", final=True, plaats=(4, 0)),
        Toestand("negatief", "Negatief afgerond", final=True, plaats=(4, 1)),
        Toestand("niet_gestart", "Niet gestart", final=True, plaats=(4, 2)),
        Toestand("ingetrokken", "Ingetrokken", final=True, plaats=(4, 3)),
    )
}  # fmt: skip  # read as a table
_OPEN: Final = frozenset(naam for naam, row in TOESTANDEN.items() if not row.final)
_ROWS: Final = (
    _stap(
        "toestemming",
        "Toestemming vastleggen",
        frozenset({"voorgesteld"}),
        "toestemming",
        velden=(
            DATUM,
            Veld(
                "uitgelegd",
                "Op papier gezegd dat meedoen niet hoeft, en wat een weigering betekent",
                "vink",
            ),
            Veld("jongere", "De jongere stemt in", JA_NEE),
            Veld("ouders", "De ouders stemmen in", JA_NEE, verplicht=False,
                 hulp="Verplicht onder de 16 jaar"),
            Veld("ouder_naam", "Welke ouder", verplicht=False),
        ),
        controles=(
            _told,
            _youth,
            _parents,
        ),
        artikel="Sr 77e",
    ),
    _stap(
        "verzenden",
        "Naar Halt verzenden",
        frozenset({"toestemming"}),
        "verzonden",
        voorwaarden=(_at_route,),
        effect=_send,
        uitleg="Download het formulier en stuur het beveiligd naar Halt. Dit telt als verwijzing.",
        artikel="Wpg 18",
    ),
    _stap(
        "starten",
        "Halt is gestart",
        frozenset({"verzonden"}),
        "gestart",
        velden=(DATUM,),
    ),
    _stap(
        "positief",
        "Positief afgerond",
        frozenset({"gestart"}),
        "positief",
        velden=(DATUM,),
        effect=_end(Haltresultaat.POSITIEF, "halt_geslaagd"),
        uitleg="Laat het aan school weten.",
    ),
    _stap(
        "negatief",
        "Negatief afgerond",
        frozenset({"gestart"}),
        "negatief",
        velden=(DATUM, REDEN),
        effect=_end(Haltresultaat.NEGATIEF, "halt_mislukt"),
        uitleg="Het werkproces gaat terug naar de weging.",
    ),
    _stap(
        "niet_starten",
        "Niet gestart",
        frozenset({"verzonden"}),
        "niet_gestart",
        velden=(DATUM, REDEN),
        effect=_end(Haltresultaat.NIET_GESTART, "halt_mislukt"),
        uitleg="Het werkproces gaat terug naar de weging.",
    ),
    _stap(
        "intrekken",
        "Intrekken",
        _OPEN,
        "ingetrokken",
        velden=(REDEN,),
        effect=_end(Haltresultaat.TERUGGEZONDEN, "halt_mislukt"),
        uitleg="Ook als de jongere of een ouder niet wil.",
        bijzonder=True,
    ),
)  # fmt: skip  # read as a table

HALT: Final = Procestabel(
    naam="halt",
    titel="Toestanden van een verwijzing naar Halt",
    onderwerp="de verwijzing",
    begin="voorgesteld",
    toestanden=TOESTANDEN,
    open=_OPEN,
    stappen={stap.naam: stap for stap in _ROWS},
    lock=opsporingszaak.lock,
    write=opsporingszaak.write,
)
