"""Rows for every list of leerplicht and casework: one, about somebody else each time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import Gebruiker
from accounts.rechten import Rol, Taak
from casework import models as cw
from casework.schooljaar import Schooljaar, today
from leerplicht import models as lp
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
            jongere=zaak.jongere,
            werkproces=zaak,
            grondslag="termijn:onderzoek",
            toegewezen_aan=zaak.behandelaar,
            vervalt_op=today(),
        )
        return zaak

    def onder(self, **fields: Any) -> dict[str, Any]:
        """A youth in this gemeente, for a row that names both."""
        return {"jongere": self.jongere(), "gemeente": self.gemeente, **fields}


# Makes one row; gives what must be on the page.
Maker = Callable[[Wereld], Any]


def naam_van(row: Any) -> str:
    return str(row.jongere.achternaam)


def stay(w: Wereld) -> Any:
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
    tafel.punten.create(thuiszitter=stay(w))
    return plaats


def _trede(w: Wereld) -> str:
    drempel = 40 + next(NUMMERS)
    lp.Verzuimtrede.objects.create(
        regio=w.gemeente.doorstroompuntregio,
        eenheid="UREN",
        drempel=drempel,
        periode="LESWEKEN",
        actie_school=f"Praat bij {drempel}",
        geldig_van=DAG,
    )
    return f"Praat bij {drempel}"


def _regel(w: Wereld) -> str:
    regel = lp.Toewijzingsregel.objects.create(
        gemeente=w.gemeente, school=SchoolFactory(), behandelaar=w.collega(), van=DAG
    )
    return str(regel.school.naam)


def _groep(w: Wereld) -> str:
    wat = f"Les {next(NUMMERS)}"
    lp.Groepsactie.objects.create(
        gemeente=w.gemeente,
        school=SchoolFactory(),
        datum=DAG,
        soort="LES",
        toelichting=wat,
        door=w.collega(),
    )
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
        melding=melding,
        jongere=melding.jongere,
        gemeente=w.gemeente,
        nieuwe_status="B",
        aangemaakt_op=NU,
    )
    return naam_van(melding)


def _afwijking(w: Wereld) -> str:
    zaak = w.zaak()
    zaak.stappen.create(
        volgorde=1,
        soort="BEOORDELING",
        stap="afspraken_maken",
        uitgevoerd_op=today(),
        gegevens={"afwijking": "maatwerk"},
    )
    return str(w.gemeente)


def _opsporing(factory: Any) -> Maker:
    def make(w: Wereld) -> str:
        row = factory(
            jongere=w.jongere(), boa=w.zelf, toestand_sinds=DAG, eerste_verwerking=today()
        )
        w.client.post("/halt/", {"code": "OPSPORING"})
        return naam_van(row)

    return make


def _meldcode(w: Wereld) -> str:
    row = lp.Meldcodetraject.objects.create(
        soort="MELDCODE", gestart_op=DAG, toestand_sinds=DAG, gemaakt_door=w.collega(), **w.onder()
    )
    return naam_van(row)


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
        gebruiker=w.collega(),
        reden="x",
        van=NU,
        tot=NU + timedelta(hours=4),
        beoordelen_voor=DAG,
        **w.onder(),
    )
    return str(row.gebruiker.naam)


def _politie(w: Wereld) -> str:
    eigen = w.onder(gevraagd_door=w.collega(), gevraagd_op=NU, soort="notitie")
    eigen["object_uuid"] = ContactmomentFactory(
        jongere=eigen["jongere"], regime="WPG", eerste_verwerking=today()
    ).uuid
    WerkprocesFactory(
        jongere=eigen["jongere"],
        regime="WPG",
        toestand="onderzoek",
        behandelaar=w.zelf,
        eerste_verwerking=today(),
    )
    cw.Regimeverzoek.objects.create(reden="Vergissing", **eigen)
    row = cw.Verstrekking.objects.create(
        ontvanger="OM", doel="Zitting", grondslag="WPG_16", verstrekt_op=DAG, **eigen
    )
    return naam_van(row)


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
        taak="leerplicht",
        soort="halt",
        partij="JONGERE",
        aan=aan,
        onderwerp="Halt",
        tekst="Tekst",
        datum=DAG,
        werkproces=w.zaak(),
        **w.onder(),
    )
    return aan


def _ronde_met_brief(w: Wereld) -> str:
    ronde = _ronde(w)
    _brief(ronde, w)
    return str(ronde.uuid)


def _verzoek(w: Wereld) -> str:
    row = cw.Verzoek.objects.create(
        soort="inzage",
        aanvrager="jongere",
        ontvangen_op=DAG,
        uiterlijk_op=date(2025, 10, 10),
        vastgelegd_door=w.collega(),
        **w.onder(),
    )
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
    return naam_van(AfspraakFactory(jongere=jongere, werkproces=w.zaak(jongere=jongere), **fields))


def _mijn_dag(w: Wereld) -> str:
    _afspraak(w)
    w.melding(behandelaar=w.zelf)
    w.zaak(behandelaar=w.zelf)
    jongere = w.jongere()
    lp.Overdracht.objects.create(
        jongere=jongere, gemeente=w.gemeente, naar=w.zelf, door=w.collega(), notitie="x", op=NU
    )
    return naam_van(ActieFactory(jongere=w.jongere(), toegewezen_aan=w.zelf))


def _spreekuur(w: Wereld) -> str:
    school = w.melding().school
    ContactmomentFactory(
        jongere=InschrijvingFactory(school=school, jongere=w.jongere()).jongere,
        kanaal="SPREEKUUR",
        preventief=True,
    )
    return str(school.naam)


def _vrij(w: Wereld) -> str:
    jaar = Schooljaar.of(today())
    row = VrijstellingFactory(
        begindatum=jaar.start, einddatum=jaar.end - timedelta(days=1), **w.onder()
    )
    return naam_van(row)


# Name of the route (of leerplicht, else of casework) -> what makes one row of it.
LIJSTEN: dict[str, Maker] = {
    "spreekuren": _spreekuur,
    "thuiszitters": lambda w: naam_van(stay(w)),
    "tafels": _tafel,
    "plaatsen": lambda w: naam_van(
        lp.Plaatswacht.objects.create(soort="VSO", aangevraagd_op=DAG, **w.onder())
    ),
    "toewijzing": _regel,
    "verzuimkaart": _trede,
    "preventie": lambda w: naam_van(
        ContactmomentFactory(jongere=w.jongere(), preventief=True, gebruiker=w.collega())
    ),
    "groepsacties": _groep,
    "noshowacties": _noshow,
    "teamlijst": lambda w: naam_van(w.melding()),
    "teamlijst_werk": lambda w: naam_van(w.zaak()),
    "werkverdeling": lambda w: str(w.zaak(behandelaar=w.collega()).behandelaar.naam),
    "meldplichten": lambda w: naam_van(
        ActieFactory(grondslag="svb:melden", werkproces=w.zaak(), **w.onder())
    ),
    "mijn_dag": _mijn_dag,
    "meldingen": lambda w: naam_van(w.melding(behandelaar=w.zelf)),
    "duo_berichten": _duo,
    "werkprocessen": lambda w: naam_van(w.zaak(behandelaar=w.zelf)),
    "afwijken": _afwijking,
    "haltzaken": _opsporing(HaltzaakFactory),
    "strafzaken": _opsporing(StrafzaakFactory),
    "absoluut_verzuim": lambda w: naam_van(
        w.zaak(soort="ABSOLUUT", toestand="controle", behandelaar=w.collega())
    ),
    "verloven": lambda w: naam_van(VerlofFactory(**w.onder())),
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
