"""Lists of leerplicht and casework: three rows ask as many questions as one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.views.generic import ListView

import casework.urls
import leerplicht.urls
from accounts.models import Gebruiker
from accounts.rechten import Rol, Taak
from casework import models as cw
from casework.schooljaar import Schooljaar, today
from leerplicht import models as lp
from leerplicht.domain.overleg import agreements_of
from tests.factories import (
    ActieFactory,
    AdresFactory,
    AfspraakFactory,
    ContactmomentFactory,
    DossierFactory,
    GemeenteFactory,
    HaltzaakFactory,
    InschrijvingFactory,
    JongereFactory,
    SchoolFactory,
    StrafzaakFactory,
    VerlofFactory,
    VerzuimmeldingFactory,
    VrijstellingFactory,
    WerkprocesFactory,
    make_gebruiker,
)
from tests.test_ingangen import BACKEND

pytestmark = pytest.mark.django_db
NU = datetime(2025, 9, 10, 10, 0, tzinfo=UTC)
DAG = NU.date()
NUMMERS = count(1)


@dataclass
class Wereld:
    """Who looks, and where the rows are; every row is about somebody else."""

    gemeente: cw.Gemeente
    zelf: Gebruiker
    client: Any

    def jongere(self, **fields: Any) -> Any:
        jongere = JongereFactory(gemeente=self.gemeente, **fields)
        DossierFactory(jongere=jongere, behandelaar=self.collega())
        InschrijvingFactory(jongere=jongere, school=SchoolFactory(plaats="Dorp"))
        return jongere

    def collega(self) -> Gebruiker:
        return make_gebruiker((Taak.LEERPLICHT, Rol.BEHANDELAAR), gemeente=self.gemeente)

    def melding(self, **fields: Any) -> Any:
        fields = {"jongere": self.jongere(), "melddatum": today()} | fields
        return VerzuimmeldingFactory(**fields)

    def zaak(self, **fields: Any) -> Any:
        fields = {"jongere": self.jongere(), "toestand": "onderzoek"} | fields
        zaak = WerkprocesFactory(**fields)
        ActieFactory(
            jongere=zaak.jongere, werkproces=zaak, grondslag="termijn:onderzoek",
            toegewezen_aan=zaak.behandelaar, vervalt_op=today(),
        )  # fmt: skip
        return zaak

    def onder(self, **fields: Any) -> dict[str, Any]:
        """A youth in this gemeente, for a row that names both."""
        return {"jongere": self.jongere(), "gemeente": self.gemeente, **fields}


# Makes one row; gives what must be on the page.
Maker = Callable[[Wereld], Any]


def _naam(row: Any) -> str:
    return str(row.jongere.achternaam)


def _stay(w: Wereld) -> Any:
    row = lp.Thuiszitter.objects.create(
        bron="HAND", sinds=DAG, label_op=DAG, regisseur=w.collega(), **w.onder()
    )
    row.afspraken.create(tekst="Bellen", eigenaar="school", uiterlijk_op=DAG)
    return row


def _tafel(w: Wereld) -> str:
    plaats = f"Zaal {next(NUMMERS)}"
    tafel = lp.Thuiszitterstafel.objects.create(
        gemeente=w.gemeente, datum=DAG, plaats=plaats, deelnemers="school", gemaakt_door=w.collega()
    )
    tafel.punten.create(thuiszitter=_stay(w))
    return plaats


def _trede(w: Wereld) -> str:
    drempel = 40 + next(NUMMERS)
    lp.Verzuimtrede.objects.create(
        regio=w.gemeente.doorstroompuntregio, eenheid="UREN", drempel=drempel,
        periode="LESWEKEN", actie_school=f"Praat bij {drempel}", geldig_van=DAG,
    )  # fmt: skip
    return f"Praat bij {drempel}"


def _regel(w: Wereld) -> str:
    regel = lp.Toewijzingsregel.objects.create(
        gemeente=w.gemeente, school=SchoolFactory(), behandelaar=w.collega(), van=DAG
    )
    return str(regel.school.naam)


def _groep(w: Wereld) -> str:
    wat = f"Les {next(NUMMERS)}"
    lp.Groepsactie.objects.create(
        gemeente=w.gemeente, school=SchoolFactory(), datum=DAG, soort="LES", toelichting=wat,
        door=w.collega(),
    )  # fmt: skip
    return wat


def _noshow(w: Wereld) -> str:
    actie = lp.Noshowactie.objects.create(
        gemeente=w.gemeente, school=SchoolFactory(), gestart_op=DAG, door=w.collega()
    )
    actie.rijen.create(**w.onder())
    return str(actie.school.naam)


def _duo(w: Wereld) -> str:
    melding = w.melding()
    cw.Statusbericht.objects.create(
        melding=melding, jongere=melding.jongere, gemeente=w.gemeente, nieuwe_status="B",
        aangemaakt_op=NU,
    )  # fmt: skip
    return _naam(melding)


def _afwijking(w: Wereld) -> str:
    zaak = w.zaak()
    zaak.stappen.create(
        volgorde=1, soort="BEOORDELING", stap="afspraken_maken", uitgevoerd_op=today(),
        gegevens={"afwijking": "maatwerk"},
    )  # fmt: skip
    return str(w.gemeente)


def _opsporing(factory: Any) -> Maker:
    def make(w: Wereld) -> str:
        row = factory(
            jongere=w.jongere(), boa=w.zelf, toestand_sinds=DAG, eerste_verwerking=today()
        )
        w.client.post("/halt/", {"code": "OPSPORING"})
        return _naam(row)

    return make


def _meldcode(w: Wereld) -> str:
    row = lp.Meldcodetraject.objects.create(
        soort="MELDCODE", gestart_op=DAG, toestand_sinds=DAG, gemaakt_door=w.collega(), **w.onder()
    )
    return _naam(row)


def _afscherming(w: Wereld) -> str:
    collega = w.collega()
    dicht = cw.Afscherming.objects.create(
        reden="anders", toelichting="x", gesloten_door=collega, **w.onder()
    )
    for wie in (w.zelf, collega):
        cw.AfschermingLid.objects.create(afscherming=dicht, gebruiker=wie)
    cw.Afschermingverzoek.objects.create(
        afscherming=dicht, soort="openen", reden="x", gevraagd_door=collega
    )
    return str(collega.naam)


def _nood(w: Wereld) -> str:
    row = cw.Noodtoegang.objects.create(
        gebruiker=w.collega(), reden="x", van=NU, tot=NU + timedelta(hours=4),
        beoordelen_voor=DAG, **w.onder(),
    )  # fmt: skip
    return str(row.gebruiker.naam)


def _politie(w: Wereld) -> str:
    eigen = w.onder(gevraagd_door=w.collega(), gevraagd_op=NU, soort="notitie")
    eigen["object_uuid"] = ContactmomentFactory(
        jongere=eigen["jongere"], regime="WPG", eerste_verwerking=today()
    ).uuid
    WerkprocesFactory(
        jongere=eigen["jongere"], regime="WPG", toestand="onderzoek", behandelaar=w.zelf,
        eerste_verwerking=today(),
    )  # fmt: skip
    cw.Regimeverzoek.objects.create(reden="Vergissing", **eigen)
    row = cw.Verstrekking.objects.create(
        ontvanger="OM", doel="Zitting", grondslag="WPG_16", verstrekt_op=DAG, **eigen
    )
    return _naam(row)


def _onderzoek(w: Wereld) -> str:
    row = cw.Onderzoek.objects.create(
        gemeente=w.gemeente, naam=f"Onderzoek {next(NUMMERS)}", doel="Doel", geopend_op=DAG
    )
    row.functionarissen.add(w.zelf, w.collega())
    return str(row.naam)


def _ronde(w: Wereld) -> Any:
    return cw.Brievenronde.objects.create(soort="halt", taak="leerplicht", gemaakt_door=w.zelf)


def _brief(ronde: Any, w: Wereld) -> str:
    aan = f"Lezer {next(NUMMERS)}"
    ronde.brieven.create(
        taak="leerplicht", soort="halt", partij="JONGERE", aan=aan, onderwerp="Halt",
        tekst="Tekst", datum=DAG, werkproces=w.zaak(), **w.onder(),
    )  # fmt: skip
    return aan


def _ronde_met_brief(w: Wereld) -> str:
    ronde = _ronde(w)
    _brief(ronde, w)
    return str(ronde.uuid)


def _verzoek(w: Wereld) -> str:
    row = cw.Verzoek.objects.create(
        soort="inzage", aanvrager="jongere", ontvangen_op=DAG, uiterlijk_op=date(2025, 10, 10),
        vastgelegd_door=w.collega(), **w.onder(),
    )  # fmt: skip
    return str(row.uuid)


def _vernietiging(w: Wereld) -> str:
    stop = cw.Bewaarstop.objects.create(
        reden=f"Stop {next(NUMMERS)}", van=DAG, geplaatst_door=w.collega(), **w.onder()
    )
    cw.Vernietigingslijst.objects.create(gemeente=GemeenteFactory())
    lijst = cw.Vernietigingslijst.objects.filter(gemeente=w.gemeente).first()
    lijst or cw.Vernietigingslijst.objects.create(gemeente=w.gemeente)
    return str(stop.reden)


def _datalek(w: Wereld) -> str:
    row = cw.Datalek.objects.create(
        gemeente=w.gemeente, ontdekt_op=NU, omschrijving="x", vastgelegd_door=w.collega()
    )
    return str(row.uuid)


def _afspraak(w: Wereld, **fields: Any) -> str:
    jongere = w.jongere()
    AdresFactory(jongere=jongere)
    fields = {"gebruiker": w.zelf, "begin": timezone.now(), "soort": "huisbezoek"} | fields
    return _naam(AfspraakFactory(jongere=jongere, werkproces=w.zaak(jongere=jongere), **fields))


def _mijn_dag(w: Wereld) -> str:
    _afspraak(w)
    w.melding(behandelaar=w.zelf)
    w.zaak(behandelaar=w.zelf)
    jongere = w.jongere()
    lp.Overdracht.objects.create(
        jongere=jongere, gemeente=w.gemeente, naar=w.zelf, door=w.collega(), notitie="x", op=NU
    )
    return _naam(ActieFactory(jongere=w.jongere(), toegewezen_aan=w.zelf))


def _spreekuur(w: Wereld) -> str:
    school = w.melding().school
    ContactmomentFactory(
        jongere=InschrijvingFactory(school=school, jongere=w.jongere()).jongere,
        kanaal="SPREEKUUR", preventief=True,
    )  # fmt: skip
    return str(school.naam)


def _vrij(w: Wereld) -> str:
    jaar = Schooljaar.of(today())
    row = VrijstellingFactory(
        begindatum=jaar.start, einddatum=jaar.end - timedelta(days=1), **w.onder()
    )
    return _naam(row)


# Name of the route (of leerplicht, else of casework) -> what makes one row of it.
LIJSTEN: dict[str, Maker] = {
    "spreekuren": _spreekuur,
    "thuiszitters": lambda w: _naam(_stay(w)),
    "tafels": _tafel,
    "plaatsen": lambda w: _naam(
        lp.Plaatswacht.objects.create(soort="VSO", aangevraagd_op=DAG, **w.onder())
    ),
    "toewijzing": _regel,
    "verzuimkaart": _trede,
    "preventie": lambda w: _naam(
        ContactmomentFactory(jongere=w.jongere(), preventief=True, gebruiker=w.collega())
    ),
    "groepsacties": _groep,
    "noshowacties": _noshow,
    "teamlijst": lambda w: _naam(w.melding()),
    "teamlijst_werk": lambda w: _naam(w.zaak()),
    "werkverdeling": lambda w: str(w.zaak(behandelaar=w.collega()).behandelaar.naam),
    "meldplichten": lambda w: _naam(
        ActieFactory(grondslag="svb:melden", werkproces=w.zaak(), **w.onder())
    ),
    "mijn_dag": _mijn_dag,
    "meldingen": lambda w: _naam(w.melding(behandelaar=w.zelf)),
    "duo_berichten": _duo,
    "werkprocessen": lambda w: _naam(w.zaak(behandelaar=w.zelf)),
    "afwijken": _afwijking,
    "haltzaken": _opsporing(HaltzaakFactory),
    "strafzaken": _opsporing(StrafzaakFactory),
    "absoluut_verzuim": lambda w: _naam(
        w.zaak(soort="ABSOLUUT", toestand="controle", behandelaar=w.collega())
    ),
    "verloven": lambda w: _naam(VerlofFactory(**w.onder())),
    "vrijstellingen": _vrij,
    "vrijstellingen_verlengen": _vrij,
    "meldcodes": _meldcode,
    "jongeren": lambda w: str(w.jongere().achternaam),
    "afschermingen": _afscherming,
    "noodtoegangen": _nood,
    "politie": _politie,
    "verstrekkingen": _politie,
    "onderzoeken": _onderzoek,
    "scholen": lambda w: str(SchoolFactory().naam),
    "agenda": _afspraak,
    "agenda_team": lambda w: _afspraak(w, gebruiker=w.collega()),
    "brieven": _ronde_met_brief,
    "verzoeken": _verzoek,
    "bewaren": _vernietiging,
    "datalekken": _datalek,
}
# Pages about one object with rows below it: what makes the object, and one row of it.
Rijmaker = Callable[[Wereld, Any], Any]
LIJSTEN_BIJ: dict[str, tuple[Maker, Rijmaker]] = {
    "jongere": (
        lambda w: w.jongere(),
        lambda w, jongere: ContactmomentFactory(
            jongere=jongere, gebruiker=w.collega(), verslag=f"Gebeld {next(NUMMERS)}."
        ).verslag,
    ),
    "jongere_school": (
        lambda w: w.jongere(),
        lambda w, jongere: InschrijvingFactory(jongere=jongere).school.naam,
    ),
    "jongere_meldingen": (
        lambda w: w.jongere(),
        lambda w, jongere: w.melding(jongere=jongere, behandelaar=w.collega()).school.naam,
    ),
    "jongere_werkprocessen": (
        lambda w: w.jongere(),
        lambda w, jongere: w.zaak(jongere=jongere, behandelaar=w.collega()).zaaknummer,
    ),
    "noshowactie": (
        lambda w: lp.Noshowactie.objects.create(
            gemeente=w.gemeente, gestart_op=DAG, door=w.collega()
        ),
        lambda w, actie: _naam(actie.rijen.create(**w.onder())),
    ),
    "tafel": (
        lambda w: lp.Thuiszitterstafel.objects.create(
            gemeente=w.gemeente, datum=DAG, deelnemers="school", gemaakt_door=w.collega()
        ),
        lambda w, tafel: _naam(tafel.punten.create(thuiszitter=_stay(w)).thuiszitter),
    ),
    "thuiszitter": (
        _stay,
        lambda w, row: row.afspraken.create(
            tekst=f"Bellen {next(NUMMERS)}", eigenaar="school", uiterlijk_op=DAG
        ).tekst,
    ),
    "overleg": (
        lambda w: lp.Overleg.objects.create(
            datum=DAG, grondslag="WET", gemaakt_door=w.collega(), **w.onder()
        ),
        lambda w, overleg: ActieFactory(
            jongere=overleg.jongere, grondslag=agreements_of(overleg), toegewezen_aan=w.collega(),
            omschrijving=f"Bellen {next(NUMMERS)}",
        ).omschrijving,
    ),
    "meldcode": (
        lambda w: lp.Meldcodetraject.objects.create(
            soort="MELDCODE", gestart_op=DAG, toestand_sinds=DAG, gemaakt_door=w.zelf, **w.onder()
        ),
        lambda w, traject: traject.stappen.create(
            volgorde=next(NUMMERS), stap="signalen", uitgevoerd_op=DAG, uitvoerder=w.collega()
        ).uitvoerder.naam,
    ),
    "werk_van": (
        lambda w: w.collega(),
        lambda w, collega: (
            w.melding(behandelaar=collega) and _naam(w.zaak(behandelaar=collega))
        ),
    ),
    "spreekuur": (
        lambda w: SchoolFactory(),
        lambda w, school: _naam(
            w.melding(jongere=InschrijvingFactory(school=school, jongere=w.jongere()).jongere)
        ),
    ),
}  # fmt: skip
# Pages without a list, or of a fixed length.
GEEN_LIJST = {
    "politie_verwijderd", "thuiszitters_kwartaal",
    "tafel_nieuw", "toewijzing_nieuw", "verzuimtrede_nieuw", "groepsactie_nieuw",
    "noshowactie_nieuw", "melding_nieuw", "zoeken", "jongere_nieuw", "betrokken_zelf",
    "noodtoegang", "politie_gericht", "onderzoek_nieuw", "agendalink", "brieven_kiezen",
    "briefteksten", "verzoek_zoeken", "bewaarstop_zoeken", "datalek_nieuw",
}  # fmt: skip


def patterns() -> list[URLPattern]:
    return [
        p
        for urls in (leerplicht.urls, casework.urls)
        for p in urls.urlpatterns
        if isinstance(p, URLPattern)
    ]


def _url(naam: str, *args: Any) -> str:
    own = {p.name for p in leerplicht.urls.urlpatterns}
    return reverse(f"{'leerplicht' if naam in own else 'casework'}:{naam}", args=args)


@pytest.fixture
def wereld(client):
    regio = cw.Regio.objects.create(soort="doorstroompunt", code="41", naam="Regio")
    gemeente = GemeenteFactory(doorstroompuntregio=regio)
    zelf = make_gebruiker(*((taak, Rol.LEIDINGGEVENDE) for taak in Taak), gemeente=gemeente)
    client.force_login(zelf, BACKEND)
    return Wereld(gemeente, zelf, client)


def questions(client, url):
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url)
    return page, [query["sql"] for query in queries]


@pytest.mark.parametrize("naam", LIJSTEN)
def test_three_rows_ask_as_many_questions_as_one(wereld, naam):
    make, url = LIJSTEN[naam], _url(naam)
    markers = [make(wereld)]
    wereld.client.get(url)  # the first page of a session asks more
    one, first = questions(wereld.client, url)
    markers += [make(wereld) for _ in range(2)]
    three, then = questions(wereld.client, url)

    _same(markers, one, first, three, then)


@pytest.mark.parametrize("naam", LIJSTEN_BIJ)
def test_three_rows_below_an_object_ask_as_many_questions_as_one(wereld, naam):
    make, row = LIJSTEN_BIJ[naam]
    what = make(wereld)
    url = _url(naam, getattr(what, "uuid", what.pk))
    markers = [row(wereld, what)]
    wereld.client.get(url)
    one, first = questions(wereld.client, url)
    markers += [row(wereld, what) for _ in range(2)]
    three, then = questions(wereld.client, url)

    _same(markers, one, first, three, then)


def _same(markers, one, first, three, then):
    assert (one.status_code, three.status_code) == (200, 200)
    assert markers[0] in one.content.decode()
    assert [text for text in markers if text not in three.content.decode()] == []
    more = [sql for sql in then if then.count(sql) > first.count(sql)]
    assert len(then) == len(first), "\n".join(sorted(set(more))[:10])


def test_every_list_of_leerplicht_and_casework_is_counted():
    """A new page without a parameter is put in one of the two tables above."""
    plain = {str(p.name) for p in patterns() if not p.pattern.converters}
    lists = {
        str(p.name)
        for p in patterns()
        if issubclass(getattr(p.callback, "view_class", object), ListView)
    }

    assert plain - LIJSTEN.keys() - GEEN_LIJST == set()
    assert lists <= LIJSTEN.keys() and len(lists) > 15
    assert (LIJSTEN.keys() | LIJSTEN_BIJ.keys() | GEEN_LIJST) - {
        str(p.name) for p in patterns()
    } == set()
