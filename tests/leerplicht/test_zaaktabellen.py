"""The tables of Halt, the proces-verbaal and the meldcode, walked as those of the werkprocessen."""

from datetime import date

import pytest

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.domain.proces import missing, perform
from casework.errors import TransitionNotAllowed
from leerplicht.domain.halt_tabel import HALT
from leerplicht.domain.meldcode import begin
from leerplicht.domain.meldcode_tabel import MELDCODE
from leerplicht.domain.straf_tabel import STRAF
from leerplicht.domain.ziekte_tabel import ZIEKTE
from leerplicht.models import ProcesVerbaal, Strafzaak
from tests.factories import (
    GemeenteFactory,
    HaltzaakFactory,
    JongereFactory,
    StrafzaakFactory,
    WerkprocesFactory,
    make_gebruiker,
)

DAG = date(2025, 10, 1)
MAKEN = {
    "halt": lambda user, **own: HaltzaakFactory(boa=user, **own),
    "straf": lambda user, **own: StrafzaakFactory(boa=user, **own),
    "meldcode": lambda user, jongere, gemeente: begin(jongere, by=user, day=DAG),
    "ziekte": lambda user, **own: WerkprocesFactory(soort="ZORG", **own),
}
TABELLEN = (HALT, STRAF, MELDCODE, ZIEKTE)


@pytest.mark.parametrize("tabel", TABELLEN, ids=lambda t: t.naam)
def test_every_toestand_can_be_reached_left_and_drawn(tabel):
    reached, frontier = set(), {tabel.begin}
    while frontier:
        reached |= frontier
        frontier = {s.naar or t for t in frontier for s in tabel.from_state(t)} - reached

    assert reached == set(tabel.toestanden)
    assert len({t.plaats for t in tabel.toestanden.values()}) == len(tabel.toestanden)
    assert all(list(tabel.from_state(t)) for t in tabel.open)
    assert all(naam == stap.naam for naam, stap in tabel.stappen.items())
    finals = {t.naam for t in tabel.toestanden.values() if t.final}
    assert {s.naam for t in finals for s in tabel.from_state(t)} <= {"heropenen"}


@pytest.mark.parametrize("tabel", TABELLEN, ids=lambda t: t.naam)
def test_every_step_outside_the_table_is_refused_and_leaves_nothing(db, tabel):
    gemeente = GemeenteFactory()
    user = make_gebruiker(
        (Taak.LEERPLICHT, Rol.BEHANDELAAR), (Taak.OPSPORING, Rol.BEHANDELAAR), gemeente=gemeente
    )
    zaak = MAKEN[tabel.naam](user, jongere=JongereFactory(gemeente=gemeente), gemeente=gemeente)
    before = Gebeurtenis.objects.count()

    for toestand in tabel.toestanden:
        zaak.toestand = toestand
        zaak.save()
        for stap in tabel.stappen.values():
            if toestand in stap.van:
                continue
            with pytest.raises(TransitionNotAllowed):
                perform(zaak, stap.naam, tabel=tabel, by=user, day=DAG)
            zaak.refresh_from_db()
            assert zaak.toestand == toestand

    assert Gebeurtenis.objects.count() == before


STRAFFEN = [
    ("OUDER1", "HECHTENIS", {"hechtenis_dagen": 30}, ""),
    ("OUDER1", "HECHTENIS", {"hechtenis_dagen": 31}, "hoogstens een maand"),
    ("OUDER1", "HECHTENIS", {}, "de dagen hechtenis"),
    ("OUDER1", "TAAKSTRAF", {"taakstraf_uren": 40}, ""),
    ("OUDER1", "JEUGDRECLASSERING", {}, "alleen voor een jongere"),
    ("JONGERE", "HECHTENIS", {"hechtenis_dagen": 1}, "geen hechtenis"),
    ("JONGERE", "TAAKSTRAF", {"taakstraf_uren": 40}, ""),
]


@pytest.mark.parametrize(("verdachte", "straf", "gegevens", "zin"), STRAFFEN)
def test_what_the_law_allows_for_an_adult_and_for_a_youth(verdachte, straf, gegevens, zin):
    zaak = Strafzaak(soort=verdachte, toestand="zitting")

    found = missing(
        STRAF.stappen["vonnis"], zaak, {"datum": DAG} | {"straffen": [straf]} | gegevens, DAG
    )

    assert (zin in " ".join(found)) if zin else found == []


def make_pv(jongere, verdachte="OUDER1", **fields):
    return ProcesVerbaal.objects.create(
        jongere=jongere,
        gemeente=jongere.gemeente,
        verdachte=verdachte,
        verzuimsoort="RELATIEF",
        pv_datum=date(2025, 3, 1),
        eerste_verwerking=DAG,
        **fields,
    )


def test_hechtenis_of_a_parent_is_kept(db):
    gemeente = GemeenteFactory()
    boa = make_gebruiker((Taak.OPSPORING, Rol.BEHANDELAAR), gemeente=gemeente)
    jongere = JongereFactory(gemeente=gemeente)
    zaak = StrafzaakFactory(jongere=jongere, boa=boa, toestand="zitting", pv=make_pv(jongere))
    gegevens = {"datum": DAG, "straffen": ["HECHTENIS"], "hechtenis_dagen": 14}

    zaak = perform(zaak, "vonnis", tabel=STRAF, by=boa, day=DAG, gegevens=gegevens)

    assert (zaak.straffen, zaak.hechtenis_dagen) == (["HECHTENIS"], 14)
    assert ProcesVerbaal.objects.get().afdoening == "OVERIG"  # no code of its own in the package


# An earlier proces-verbaal: against whom, decided as, sitting; and whether "nee" still passes.
EERDER = [
    ("OUDER1", "BOETE", DAG, False),
    ("OUDER1", "GEEN_OPLEGGING", DAG, False),
    ("OUDER1", "BOETE", None, True),  # a strafbeschikking is no verdict
    ("OUDER1", "VRIJSPRAAK", DAG, True),
    ("OUDER2", "BOETE", DAG, True),
]


@pytest.mark.parametrize(("verdachte", "afdoening", "zitting", "mag"), EERDER)
def test_who_was_convicted_before_is_asked(db, verdachte, afdoening, zitting, mag):
    zaak = StrafzaakFactory(toestand="ondertekend")
    make_pv(zaak.jongere, verdachte, afdoening=afdoening, zittingsdatum=zitting)

    found = {
        answer: " ".join(
            missing(STRAF.stappen["verzenden"], zaak, {"eerder_veroordeeld": answer}, DAG)
        )
        for answer in ("ja", "nee", "")
    }

    assert found["ja"] == ""
    assert ("Kies ja" in found["nee"], found["nee"] == "") == (not mag, mag)
    assert ("Vul in of" if mag else "Kies ja") in found[""]
