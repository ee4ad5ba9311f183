"""Factories: fixed and dull persons, schools and records. Nothing random, never today()."""

from datetime import UTC, date, datetime

import factory

from accounts.models import Bevoegdheid, Gebruiker
from accounts.rechten import Rol, Taak
from casework.codes import (
    Contactkanaal,
    DuoStatus,
    Gezag,
    Kanaal,
    Meldingsoort,
    Onderwijssoort,
    Relatiesoort,
    Werkprocessoort,
)
from casework.models import (
    Actie,
    Adres,
    Afspraak,
    BoaAkte,
    Contactmoment,
    Diploma,
    Dossier,
    Gemeente,
    Inschrijving,
    Jongere,
    Relatie,
    School,
    Verzuimmelding,
    Werkproces,
)
from casework.namen import normalise
from leerplicht.codes import Besluit, Grond
from leerplicht.models import Haltzaak, ProcesVerbaal, Strafzaak, Verlof, Vrijstelling


def make_bsn(n: int) -> str:
    """The n-th fictional BSN: starts with 9 and passes the elfproef."""
    for tiende in range(10):
        digits = f"9{n:06}{tiende}"
        check = sum((9 - i) * int(d) for i, d in enumerate(digits)) % 11
        if check < 10:
            return f"{digits}{check}"
    raise ValueError(n)


class GemeenteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Gemeente

    # Four digits, round and round; apart from the codes that tests write themselves.
    code = factory.Sequence(lambda n: f"{8100 + n % 1700}")
    naam = factory.Sequence(lambda n: f"Proefdorp {n}")


class GebruikerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Gebruiker

    email = factory.Sequence(lambda n: f"gebruiker{n}@voorbeeld.nl")
    naam = factory.Sequence(lambda n: f"Gebruiker {n}")
    password = "!"  # no password: log in with client.force_login


def make_gebruiker(
    *rechten: tuple[str, str], gemeente: Gemeente | None = None, **fields: object
) -> Gebruiker:
    """A user with these (taak, rol) in the gemeente: `make_gebruiker(("leerplicht", "lezer"))`."""
    gebruiker = GebruikerFactory(**fields)
    gemeente = gemeente or GemeenteFactory()
    for taak, rol in rechten:
        Bevoegdheid.objects.create(
            gebruiker=gebruiker, taak=taak, rol=rol, gemeente=gemeente, van=date(2020, 1, 1)
        )
    return gebruiker


def make_ambtenaar(gemeente: Gemeente, **fields: object) -> Gebruiker:
    """A leerplichtambtenaar who handles cases in this gemeente."""
    return make_gebruiker((Taak.LEERPLICHT, Rol.BEHANDELAAR), gemeente=gemeente, **fields)


class SchoolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = School

    naam = factory.Sequence(lambda n: f"Proefcollege {n}")
    brin = factory.Sequence(lambda n: f"{n % 100:02}ZZ")
    vestigingscode = factory.Sequence(lambda n: f"{n:04}Z00")
    zoeknaam = factory.LazyAttribute(lambda o: normalise(o.naam))


class _Derived(factory.django.DjangoModelFactory):
    """Fills search, sort and index columns as the domain does."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = model_class(*args, **kwargs).derive()
        row.save(force_insert=True)
        return row


class JongereFactory(_Derived):
    class Meta:
        model = Jongere

    bsn = factory.Sequence(make_bsn)
    achternaam = factory.Sequence(lambda n: f"Proefpersoon{n}")
    voornamen = "Sam"
    roepnaam = "Sam"
    geboortedatum = date(2011, 3, 15)
    gemeente = factory.SubFactory(GemeenteFactory)


class AdresFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Adres

    jongere = factory.SubFactory(JongereFactory)
    straat = "Proefstraat"
    huisnummer = 1
    postcode = "9999ZZ"
    woonplaats = "Proefdorp"
    gemeente = factory.SelfAttribute("jongere.gemeente")
    van = date(2011, 3, 15)


class RelatieFactory(_Derived):
    class Meta:
        model = Relatie

    jongere = factory.SubFactory(JongereFactory)
    soort = Relatiesoort.OUDER
    achternaam = factory.SelfAttribute("jongere.achternaam")
    voornamen = "Kim"
    gezag = Gezag.JA


class InschrijvingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Inschrijving

    jongere = factory.SubFactory(JongereFactory)
    school = factory.SubFactory(SchoolFactory)
    onderwijssoort = Onderwijssoort.HAVO
    leerjaar = 2
    begindatum = date(2023, 8, 1)


class DiplomaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Diploma

    jongere = factory.SubFactory(JongereFactory)
    soort = "DIPLOMA"
    naam = "Mbo niveau 2"
    datum = date(2025, 7, 1)
    startkwalificatie = True


class DossierFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Dossier

    jongere = factory.SubFactory(JongereFactory)
    taak = Taak.LEERPLICHT
    gemeente = factory.SelfAttribute("jongere.gemeente")
    geopend_op = date(2025, 9, 8)


class PolitieFactory(factory.django.DjangoModelFactory):
    """What can be police data: with regime="WPG" it has its first day."""

    class Meta:
        abstract = True

    regime = "AVG"
    eerste_verwerking = factory.LazyAttribute(
        lambda row: date(2025, 9, 8) if row.regime == "WPG" else None
    )


class WerkprocesFactory(PolitieFactory):
    class Meta:
        model = Werkproces

    jongere = factory.SubFactory(JongereFactory)
    gemeente = factory.SelfAttribute("jongere.gemeente")
    taak = Taak.LEERPLICHT
    soort = Werkprocessoort.RELATIEF
    gestart_op = date(2025, 9, 8)
    toestand_sinds = date(2025, 9, 8)


class VerzuimmeldingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Verzuimmelding

    jongere = factory.SubFactory(JongereFactory)
    gemeente = factory.SelfAttribute("jongere.gemeente")
    school = factory.SubFactory(SchoolFactory)
    taak = Taak.LEERPLICHT
    kanaal = Kanaal.DUO
    soort = Meldingsoort.V3
    status = DuoStatus.R
    begindatum = date(2025, 9, 1)
    einddatum = date(2025, 9, 5)
    melddatum = date(2025, 9, 8)
    uren = 17
    duo_meldingnummer = factory.Sequence(lambda n: f"{n:08}")


class ContactmomentFactory(PolitieFactory):
    class Meta:
        model = Contactmoment

    jongere = factory.SubFactory(JongereFactory)
    gemeente = factory.SelfAttribute("jongere.gemeente")
    taak = Taak.LEERPLICHT
    datum = datetime(2025, 9, 10, 10, 0, tzinfo=UTC)
    kanaal = Contactkanaal.TELEFOON


class ActieFactory(PolitieFactory):
    class Meta:
        model = Actie

    jongere = factory.SubFactory(JongereFactory)
    gemeente = factory.SelfAttribute("jongere.gemeente")
    taak = Taak.LEERPLICHT
    omschrijving = "School bellen"
    vervalt_op = date(2025, 9, 15)


class AfspraakFactory(PolitieFactory):
    class Meta:
        model = Afspraak

    jongere = factory.SubFactory(JongereFactory)
    gemeente = factory.SelfAttribute("jongere.gemeente")
    taak = Taak.LEERPLICHT
    gebruiker = factory.SubFactory(GebruikerFactory)
    begin = datetime(2025, 9, 10, 10, 0, tzinfo=UTC)


class ProcesVerbaalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProcesVerbaal

    jongere = factory.SubFactory(JongereFactory)
    gemeente = factory.SelfAttribute("jongere.gemeente")
    verzuimsoort = "RELATIEF"
    pv_datum = date(2025, 9, 8)
    eerste_verwerking = factory.SelfAttribute("pv_datum")


class BoaAkteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BoaAkte

    gebruiker = factory.SubFactory(GebruikerFactory)
    nummer = "BOA-1"
    geldig_van = date(2024, 1, 1)
    geldig_tot = date(2028, 12, 31)
    standplaats = "Oosterhaven"
    domein = "III, onderwijs"
    eed = "EED"


class HaltzaakFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Haltzaak

    jongere = factory.SubFactory(JongereFactory)
    gemeente = factory.SelfAttribute("jongere.gemeente")
    werkproces = factory.SubFactory(
        WerkprocesFactory, jongere=factory.SelfAttribute("..jongere"), toestand="weging"
    )
    boa = factory.SubFactory(GebruikerFactory)
    uren = 20
    toestand_sinds = date(2025, 9, 8)
    eerste_verwerking = factory.SelfAttribute("toestand_sinds")


class StrafzaakFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Strafzaak

    jongere = factory.SubFactory(JongereFactory)
    gemeente = factory.SelfAttribute("jongere.gemeente")
    werkproces = factory.SubFactory(
        WerkprocesFactory, jongere=factory.SelfAttribute("..jongere"), toestand="weging"
    )
    boa = factory.SubFactory(GebruikerFactory)
    soort = "OUDER1"
    naam = "Karin Bos"
    toestand_sinds = date(2025, 9, 8)
    eerste_verwerking = factory.SelfAttribute("toestand_sinds")


class VrijstellingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Vrijstelling

    jongere = factory.SubFactory(JongereFactory)
    gemeente = factory.SelfAttribute("jongere.gemeente")
    gemeente_aanvraag = factory.SelfAttribute("gemeente")
    grond = Grond.G5A
    aanvraagdatum = date(2025, 8, 20)
    begindatum = date(2025, 9, 1)
    einddatum = date(2026, 7, 31)
    besluit = Besluit.VAN_RECHTSWEGE


class VerlofFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Verlof

    jongere = factory.SubFactory(JongereFactory)
    gemeente = factory.SelfAttribute("jongere.gemeente")
    soort = "GEWICHTIG"
    van = date(2025, 9, 1)
    tot = date(2025, 9, 5)
    besluit = "TOEGEKEND"
