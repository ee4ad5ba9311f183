"""Open werkprocessen spread over the states of the MAS, each with the steps that led there."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from accounts.rechten import Taak
from casework.codes import Route, Werkprocessoort
from casework.domain.proces import Procestabel
from casework.domain.werkproces import make_term
from casework.models import Actie, Contactmoment, Werkproces, WerkprocesStap
from casework.schooljaar import AMSTERDAM
from koppelingen.demo import teksten
from koppelingen.demo.kans import Kans
from koppelingen.demo.maken import Demoregio
from koppelingen.demo.sleutels import ids_of
from koppelingen.demo.stappen import last_werkdag
from leerplicht.domain.mas import MAS
from leerplicht.domain.mas_velden import AFWIJKREDENEN
from leerplicht.models import Haltverwijzing, ProcesVerbaal

IN_ONDERZOEK: Final = ("beoordelen", "onderzoek_starten")
GEHOORD: Final = (*IN_ONDERZOEK, "school_horen", "ouders_horen", "jongere_horen")
GEHOORDE: Final = {
    "school_horen": "SCHOOL",
    "ouders_horen": "OUDER",
    "jongere_horen": "JONGERE",
}
GEWOGEN: Final = (*GEHOORD, "wegen", "weging_vastleggen")
# Steps that lead to a state, and how often an open werkproces is there.
WEGEN: Final[Sequence[tuple[tuple[str, ...], float]]] = (
    ((), 4.0),
    (("beoordelen",), 16.0),
    (("beoordelen", "terug_naar_school"), 7.0),
    (IN_ONDERZOEK, 12.0),
    ((*IN_ONDERZOEK, "school_horen"), 12.0),
    (GEHOORD, 8.0),
    ((*GEHOORD, "wegen"), 8.0),
    (GEWOGEN, 5.0),
    ((*GEWOGEN, "afspraken_maken"), 13.0),
    ((*GEWOGEN, "hulp_inzetten"), 9.0),
    ((*GEWOGEN, "halt_verwijzen"), 5.0),
    ((*GEWOGEN, "verplicht_kader_vragen"), 2.0),
    ((*GEWOGEN, "strafrecht_inzetten"), 3.0),
    ((*GEWOGEN, "afspraken_maken", "volgen"), 10.0),
)
KEUZE: Final[Mapping[tuple[str, ...], float]] = dict(WEGEN)
ROUTES: Final = {
    "hulp_inzetten": Route.HULP,
    "halt_verwijzen": Route.HALT,
    "verplicht_kader_vragen": Route.VERPLICHT,
    "strafrecht_inzetten": Route.STRAFRECHT,
}
WEGING: Final = {
    "oorzaak": "MOTIVATIE",
    "verwijt_jongere": "deels",
    "verwijt_ouder1": "niet",
    "grond_jongere": "De jongere blijft vaak zonder reden weg.",
    "grond_ouder1": "De ouders doen wat zij kunnen.",
    "veiligheid": "veilig",
    "herhaling": "herhaald",
    "school_acties": ["gesprek", "mentor"],
    "thuis": "enige",
    "belastbaar": "ja",
    "schulden": "nee",
    "medewerking_jongere": "wisselend",
    "medewerking_ouder1": "ja",
    "afweging": "Het verzuim is deels verwijtbaar. Ouders en school werken mee.",
}
VAN_BOA: Final = frozenset({"halt_verwijzen", "strafrecht_inzetten"})


class Zetter:
    def __init__(self, regio: Demoregio) -> None:
        self.peildatum = regio.peildatum
        self.kans = Kans("open werk")
        self.boa = ids_of("gebruikers")["u-boa"]
        self.stappen: list[WerkprocesStap] = []
        self.acties: list[Actie] = []
        self.contacten: list[Contactmoment] = []
        self.halt: list[Haltverwijzing] = []
        self.pv: list[ProcesVerbaal] = []

    def set(self, werkproces: Werkproces, number: int) -> None:
        namen = self._walk(werkproces)
        tabel = MAS
        dagen = self._days(werkproces, len(namen), number)
        toestand, sinds = tabel.begin, werkproces.gestart_op
        for volgorde, (naam, dag) in enumerate(zip(namen, dagen, strict=True), 1):
            stap = tabel.stappen[naam]
            self.stappen.append(self._step(werkproces, naam, volgorde, dag, toestand, tabel))
            if stap.naar != toestand:
                toestand, sinds = stap.naar, dag
            werkproces.route = ROUTES.get(naam, werkproces.route)
            if naam in GEHOORDE:
                self.contacten.append(self._hearing(werkproces, naam, dag))
        werkproces.toestand, werkproces.toestand_sinds = toestand, sinds
        self._measure(werkproces, namen, sinds)
        if actie := make_term(werkproces, tabel.toestanden[werkproces.toestand], day=sinds):
            self.acties.append(actie)

    def _walk(self, werkproces: Werkproces) -> tuple[str, ...]:
        """Steps this werkproces may have had: Halt by age and kind, and always by the boa."""
        namen = self.kans.weighted(KEUZE)
        leeftijd = werkproces.jongere.leeftijd(werkproces.gestart_op)
        verzuim = werkproces.soort in (Werkprocessoort.RELATIEF, Werkprocessoort.TELAAT)
        if "halt_verwijzen" in namen and not (12 <= leeftijd < 18 and verzuim):
            namen = (*GEWOGEN, "afspraken_maken")
        dagen = (self.peildatum - werkproces.gestart_op).days
        if not namen and dagen > 5:  # nobody leaves a report unread for weeks
            namen = IN_ONDERZOEK
        kort = dagen < 12
        if kort and len(namen) > len(IN_ONDERZOEK) + 1:
            namen = IN_ONDERZOEK
        if VAN_BOA.intersection(namen):
            werkproces.behandelaar_id = self.boa
        return namen if leeftijd >= 12 else tuple(n for n in namen if n != "jongere_horen")

    def _days(self, werkproces: Werkproces, aantal: int, number: int) -> list[date]:
        """Days of the steps; the last one such that terms lie before, on and after today."""
        start = werkproces.gestart_op
        ruimte = max((self.peildatum - start).days, 0)
        laatste = ruimte - min(ruimte, self.kans.between(0, 30 if number % 4 else 6))
        if aantal == 0:
            return []
        dagen = [start + timedelta(days=laatste * n // aantal) for n in range(1, aantal + 1)]
        return [max(last_werkdag(dag), start) for dag in dagen]

    def _step(
        self,
        werkproces: Werkproces,
        naam: str,
        volgorde: int,
        dag: date,
        toestand: str,
        tabel: Procestabel[Werkproces],
    ) -> WerkprocesStap:
        stap = tabel.stappen[naam]
        return WerkprocesStap(
            werkproces=werkproces,
            volgorde=volgorde,
            soort=stap.soort,
            stap=naam,
            van_toestand=toestand,
            naar_toestand=stap.naar,
            uitgevoerd_op=dag,
            uitvoerder_id=self.boa if naam in VAN_BOA else werkproces.behandelaar_id,
            gegevens=self._answers(naam, dag),
        )

    def _hearing(self, werkproces: Werkproces, naam: str, dag: date) -> Contactmoment:
        """What was said stands with the contacts, as after the step on screen."""
        return Contactmoment(
            jongere_id=werkproces.jongere_id,
            werkproces=werkproces,
            taak=werkproces.taak,
            gemeente_id=werkproces.gemeente_id,
            datum=datetime.combine(dag, time(self.kans.between(9, 16)), AMSTERDAM),
            kanaal="TELEFOON" if naam == "school_horen" else "GESPREK",
            met=GEHOORDE[naam],
            uitkomst="Afspraken gemaakt",
            verslag=self.kans.pick(teksten.GESPREK[GEHOORDE[naam]]),
            gebruiker_id=werkproces.behandelaar_id,
        )

    def _answers(self, naam: str, dag: date) -> dict[str, Any]:
        kans = self.kans
        if naam in GEHOORDE:
            hoe = "TELEFOON" if naam == "school_horen" else "GESPREK"
            return {"datum": dag.isoformat(), "hoe": hoe}
        if naam == "weging_vastleggen":
            return WEGING | {"veiligheid": "twijfel" if kans.chance(0.15) else "veilig"}
        if naam == "onderzoek_starten":
            return {
                "bevinding": "Het verzuim neemt toe en de reden is nog niet duidelijk.",
                **self._told(dag),
            }
        if naam == "terug_naar_school":
            return {"reden": "School spreekt eerst zelf met ouders en maakt een verzuimplan."}
        if naam == "afspraken_maken":
            return {
                "vorm": "afspraken",
                "afspraken_ouders": "Melden elke dag voor half negen dat hun kind ziek is.",
                "afspraken_jongere": "Elke dag op tijd; mentor belt ouders bij afwezigheid.",
                "gevolg": "Bij nieuw verzuim volgt een nieuwe weging.",
            }
        if naam == "hulp_inzetten":
            return {"toestemming": "ja", "hulpverlener": "Wijkteam"}
        return {}

    def _told(self, dag: date) -> dict[str, str]:
        """School acted and was told; now and then not, and then with a reason."""
        if self.kans.chance(0.12):
            reden = self.kans.pick([code for code, _ in AFWIJKREDENEN[:-1]])
            return {"school_deed": "nee", "afwijking": reden}
        return {"school_deed": "ja", "school_bericht_op": dag.isoformat()}

    def _measure(self, werkproces: Werkproces, namen: tuple[str, ...], dag: date) -> None:
        hvs = {"LUXE": "LUXE", "ABSOLUUT": "ABSOLUUT"}.get(werkproces.soort, "RELATIEF")
        melding = werkproces.meldingen.order_by("pk").first()
        vast: dict[str, Any] = {
            "jongere_id": werkproces.jongere_id,
            "gemeente_id": werkproces.gemeente_id,
            "werkproces": werkproces,
            "melding": melding,
            "verzuimsoort": hvs,
        }
        if "halt_verwijzen" in namen:
            self.halt.append(
                Haltverwijzing(
                    datum_verwijzing=dag,
                    uren=Decimal(18),
                    instemming_jongere=True,
                    instemming_ouder=True,
                    **vast,
                )
            )
        if "strafrecht_inzetten" in namen:
            self.pv.append(
                ProcesVerbaal(
                    pv_nummer=f"DEMO-{dag.year}-O{len(self.pv) + 1:03}",
                    verdachte="OUDER1",
                    pv_datum=dag,
                    eerste_verwerking=dag,
                    verbalisant_id=self.boa,
                    afdoening="ONBEKEND",
                    **vast,
                )
            )


def set_werkprocessen(regio: Demoregio) -> list[Werkproces]:
    """The open werkprocessen of leerplicht, in their states; gives them back."""
    rows = Werkproces.objects.open().filter(taak=Taak.LEERPLICHT).select_related("jongere")
    werkprocessen = list(rows.order_by("gestart_op", "pk"))
    zetter = Zetter(regio)
    for number, werkproces in enumerate(werkprocessen):
        zetter.set(werkproces, number)
    velden = ["toestand", "toestand_sinds", "route", "behandelaar"]
    Werkproces.objects.bulk_update(werkprocessen, velden, batch_size=500)
    WerkprocesStap.objects.bulk_create(zetter.stappen)
    Contactmoment.objects.bulk_create(zetter.contacten)
    Actie.objects.bulk_create(zetter.acties)
    Haltverwijzing.objects.bulk_create(zetter.halt)
    ProcesVerbaal.objects.bulk_create(zetter.pv)
    return werkprocessen
