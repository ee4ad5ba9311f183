"""Steps and contacts of a werkproces, as another system would hand them over."""

from datetime import date, timedelta
from typing import Final

from koppelingen.demo import teksten
from koppelingen.demo.kans import Kans
from koppelingen.demo.pakket import Demopakket, moment
from koppelingen.demo.personen import Jongere


def last_werkdag(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


ROUTE: Final = ("ONTVANGST", "BEOORDELING", "UITNODIGING", "GESPREK")
BIJ_RESULTAAT: Final = {
    "halt": "HALT",
    "pv": "PV",
    "waarschuwing": "WAARSCHUWING",
    "hulpverlening": "DOORVERWIJZING",
    "doorstroompunt": "DOORVERWIJZING",
}
KANALEN: Final = {
    "TELEFOON": 45.0,
    "GESPREK": 28.0,
    "MAIL": 12.0,
    "HUISBEZOEK": 7.0,
    "OVERLEG": 8.0,
}
MET: Final = {"OUDER": 38.0, "JONGERE": 30.0, "SCHOOL": 26.0, "PARTNER": 6.0}
MET_BIJ_KIND: Final = {"OUDER": 60.0, "SCHOOL": 32.0, "PARTNER": 8.0}


def write_stappen(
    pakket: Demopakket,
    kans: Kans,
    werkproces: str,
    start: date,
    einde: date,
    resultaat: str,
    wie: str,
) -> None:
    soorten = list(ROUTE)
    if extra := BIJ_RESULTAAT.get(resultaat):
        soorten.append(extra)
    soorten.append("AFSLUITING")
    lang = (einde - start).days
    for number, soort in enumerate(soorten, 1):
        dag = start + timedelta(days=lang * (number - 1) // (len(soorten) - 1))
        pakket.add(
            "werkproces_stappen",
            bron_id=f"{werkproces}-{number}",
            werkproces_id=werkproces,
            volgorde=number,
            soort=soort,
            uitgevoerd_op=dag,
            uitvoerder_id=wie,
            verslag=kans.pick(teksten.GESPREK["OUDER"]) if soort == "GESPREK" else "",
        )


def write_contacten(
    pakket: Demopakket,
    kans: Kans,
    werkproces: str,
    j: Jongere,
    start: date,
    einde: date,
    wie: str,
) -> None:
    for _ in range(kans.weighted({0: 10.0, 1: 35.0, 2: 35.0, 3: 20.0})):
        dag = max(last_werkdag(kans.day(start, einde)), start)
        kanaal = kans.weighted(KANALEN)
        met = kans.weighted(MET if j.leeftijd(start) >= 12 else MET_BIJ_KIND)
        uitkomst, verslag = kans.pick(teksten.UITKOMST), kans.pick(teksten.GESPREK[met])
        if kanaal == "TELEFOON" and kans.chance(0.3):
            uitkomst, verslag = kans.pick(teksten.GEEN_CONTACT)
        pakket.add(
            "contactmomenten",
            bron_id=pakket.next_id("contactmomenten", "c"),
            jongere_id=j.bron_id,
            werkproces_id=werkproces,
            datum=moment(dag, kans.between(8, 16), kans.between(0, 11) * 5),
            kanaal=kanaal,
            met=met,
            richting="IN" if kanaal in ("TELEFOON", "MAIL") and kans.chance(0.3) else "UIT",
            preventief=False,
            uitkomst=uitkomst,
            verslag=verslag,
            gebruiker_id=wie,
        )
