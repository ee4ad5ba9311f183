"""A youth with something in every corner, and the way to an approved list."""

from datetime import UTC, date, datetime

from django.core.files.base import ContentFile

from casework.domain import bewaartermijn, vernietigen, verzoeken
from casework.models import (
    Document,
    Rectificatie,
    Vernietigingslijst,
    Verzoek,
)
from koppelingen.models import Bronsleutel, Inleesrun, Quarantaine, Uitvoer
from koppelingen.pakket.lezer import seal
from tests.factories import (
    AdresFactory,
    ContactmomentFactory,
    DossierFactory,
    InschrijvingFactory,
    JongereFactory,
    RelatieFactory,
    VerzuimmeldingFactory,
    VrijstellingFactory,
    WerkprocesFactory,
)
from tests.factories_doorstroompunt import ContactpogingFactory, TrajectFactory

GEBOREN = date(2007, 3, 15)
NEGENTIEN = date(2026, 3, 15)


def make_youth(gemeente, geboren=GEBOREN, **more):
    """A youth with something in every corner."""
    jongere = JongereFactory(
        gemeente=gemeente,
        geboortedatum=geboren,
        roepnaam="Noortje",
        voornamen="Noortje",
        achternaam="Maanlicht",
        onderwijsnummer="987654329",
        **more,
    )
    ouder = RelatieFactory(jongere=jongere, achternaam="Maanlicht", voornamen="Roelofje")
    AdresFactory(jongere=jongere)
    AdresFactory(jongere=None, relatie=ouder, gemeente=gemeente)
    InschrijvingFactory(jongere=jongere)
    DossierFactory(jongere=jongere)
    werkproces = WerkprocesFactory(jongere=jongere, toelichting="Noortje Maanlicht verzuimt")
    VerzuimmeldingFactory(jongere=jongere, werkproces=werkproces)
    ContactmomentFactory(jongere=jongere, werkproces=werkproces, verslag="Noortje Maanlicht belde")
    VrijstellingFactory(jongere=jongere, werkproces=werkproces)
    ContactpogingFactory(traject=TrajectFactory(jongere=jongere), opmerking="Maanlicht nam op")
    Document.objects.create(
        jongere=jongere,
        gemeente=gemeente,
        werkproces=werkproces,
        bytes=4,
        sha256="0" * 64,
        bestand=ContentFile(b"%PDF", "brief.pdf"),
        bestandsnaam="Maanlicht.pdf",
    )
    return jongere


def leftovers(jongere, gemeente, by):
    """Copies that no foreign key leads to, and those with one."""
    run = Inleesrun.objects.create(
        bestandsnaam="p.zip",
        gemeentecodes=[gemeente.code],
        status="klaar",
        bestand=ContentFile(b"PK", "p.zip"),
    )
    Bronsleutel.objects.create(
        bronsysteem="oud",
        bestand="jongeren",
        bron_id="J77",
        object_id=jongere.pk,
        hash=b"",
        extra={"x_naam": "Maanlicht"},
    )
    for rij in ({"bron_id": "J77", "achternaam": "Maanlicht"}, {"jongere_id": "J77"}, {"a": "b"}):
        Quarantaine.objects.create(
            run=run, bestand="jongeren.csv", rijnummer=2, reden="fout", rij=seal(rij)
        )
    Uitvoer.objects.create(
        gebruiker=by,
        gemeentecodes=[gemeente.code],
        status="klaar",
        klaar_op=datetime(2026, 3, 1, tzinfo=UTC),
        bestand=ContentFile(b"PK", "u.zip"),
    )
    Rectificatie.objects.create(
        jongere=jongere,
        gemeente=gemeente,
        object_type="casework.jongere",
        object_id=jongere.pk,
        veld="achternaam",
        oud="Maanligt",
        nieuw="Maanlicht",
        reden="Maanlicht is goed",
        door=by,
    )
    verzoek = verzoeken.register(
        jongere,
        verzoeken.Invoer("wissing", "AVG", Verzoek.Aanvrager.JONGERE, date(2026, 1, 31), gemeente),
        by=by,
        today=date(2026, 1, 31),
    )
    verzoeken.decide(verzoek, "geweigerd", "Maanlicht wacht", by=by, today=date(2026, 2, 1))


def approved(gemeente, fay, bob, day=NEGENTIEN):
    bewaartermijn.propose(day)
    lijst = Vernietigingslijst.objects.get(status="voorstel", gemeente=gemeente)
    vernietigen.offer(lijst, by=fay, today=day)
    return vernietigen.approve(lijst, by=bob)
