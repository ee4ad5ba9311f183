"""A secret address on no route, in no package and in no log; masked numbers the same way."""

import zipfile
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.forms.models import model_to_dict

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.models import Adres, Document, Jongere, Relatie, Verzoek
from koppelingen.domain.uitvoeren import export_pakket
from koppelingen.models import Inleesrun, Quarantaine
from koppelingen.pakket.lezer import seal, unseal
from tests.casework.test_afscherming import close
from tests.factories import AdresFactory, GemeenteFactory, JongereFactory, make_bsn, make_gebruiker
from tests.ingangen import ingangen
from tests.test_ingangen import ALLES, BACKEND, body

pytestmark = pytest.mark.django_db
STRAAT = "Schuilstraat"


@pytest.fixture
def gemeente():
    return GemeenteFactory()


def hide(jongere) -> None:
    """The address of the youth and of one parent; the other parent must not learn either."""
    AdresFactory(jongere=jongere, straat=STRAAT, postcode="9876ZZ", huisnummer=7, geheim=True)
    ouder = Relatie.objects.create(jongere=jongere, soort="MOEDER", achternaam="Proefouder")
    Adres.objects.create(relatie=ouder, straat=STRAAT, postcode="9876ZZ", geheim=True)


@pytest.mark.eis("P24", "P40")
def test_no_route_shows_it_and_the_log_neither(client, gemeente):
    user = make_gebruiker(*ALLES, gemeente=gemeente)
    doors = ingangen(gemeente, user)
    for n, jongere in enumerate(Jongere.objects.all()):
        hide(jongere)
        jongere.bsn = make_bsn(n)
        jongere.derive().save()
    client.force_login(user, BACKEND)
    pages = {d.path for d in doors if "account/" not in d.route}
    pages |= {"/zoeken/?q=9876ZZ", "/zoeken/?q=9876ZZ+7", "/zoeken/?q=Schuilstraat"}
    numbers = set(map(make_bsn, range(Jongere.objects.count())))

    wrong = []
    for page in sorted(pages):
        for method in ("get", "post"):
            text = body(getattr(client, method)(page)).replace("“Schuilstraat”", "")
            text = text.replace('value="Schuilstraat"', "")
            if STRAAT in text or any(bsn in text for bsn in numbers):
                wrong.append((method, page))

    assert wrong == []
    assert len(pages) > 100
    log = " ".join(str(model_to_dict(row)) for row in Gebeurtenis.objects.all())
    assert STRAAT not in log and "9876ZZ" not in log
    assert not any(bsn in log for bsn in numbers)


@pytest.mark.eis("Z5", "P24", "P40")
@pytest.mark.parametrize("taak", [Taak.LEERPLICHT, Taak.DOORSTROOMPUNT])
@pytest.mark.parametrize(
    ("rol", "mag"), [(Rol.LEZER, False), (Rol.BEHANDELAAR, True), (Rol.LEIDINGGEVENDE, True)]
)
@pytest.mark.parametrize("deel", ["adres", "bsn"])
def test_who_may_reveal(client, gemeente, taak, rol, mag, deel):
    jongere = JongereFactory(gemeente=gemeente, bsn=make_bsn(7))
    hide(jongere)
    client.force_login(make_gebruiker((taak, rol), gemeente=gemeente), BACKEND)
    url = f"/jongere/{jongere.uuid}/toon/{deel}/"

    page = body(client.get(f"/jongere/{jongere.uuid}/gezin/"))
    response = client.post(url, {f"{deel}-reden": "bezoek"})

    assert (url in page) is mag
    assert response.status_code == (200 if mag else 404)
    shown = {"adres": STRAAT, "bsn": make_bsn(7)}[deel]
    assert (shown in body(response)) is mag
    assert Gebeurtenis.objects.filter(actie=f"{deel}.getoond").count() == mag


@pytest.mark.eis("Z5")
def test_the_right_holds_only_where_it_was_given(client, gemeente):
    """Reader of this gemeente, behandelaar of another."""
    jongere = JongereFactory(gemeente=gemeente)
    hide(jongere)
    user = make_gebruiker((Taak.LEERPLICHT, Rol.LEZER), gemeente=gemeente)
    user.bevoegdheden.create(
        taak=Taak.LEERPLICHT, rol=Rol.BEHANDELAAR, gemeente=GemeenteFactory(), van=date(2020, 1, 1)
    )
    client.force_login(user, BACKEND)

    response = client.post(f"/jongere/{jongere.uuid}/toon/adres/", {"adres-reden": "brief"})

    assert response.status_code == 404


def test_an_old_hiding_place_stays_secret(client, gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    AdresFactory(jongere=jongere, straat=STRAAT, geheim=True, tot=date(2020, 1, 1))
    client.force_login(make_gebruiker((Taak.LEERPLICHT, Rol.LEZER), gemeente=gemeente), BACKEND)

    assert STRAAT not in body(client.get(f"/jongere/{jongere.uuid}/gezin/"))


def package(tmp_path, gemeente, by) -> str:
    pad = tmp_path / f"{by and by.pk}.zip"
    uitkomst = export_pakket(pad, [gemeente], day=date(2026, 1, 1), by=by)
    with zipfile.ZipFile(pad) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist())
    return text + str(uitkomst.weggelaten)


@pytest.mark.eis("P24")
@pytest.mark.parametrize("hoe", ["geheim", "geheimhouding"])
def test_a_package_holds_it_only_for_who_has_the_right(tmp_path, gemeente, hoe):
    jongere = JongereFactory(gemeente=gemeente)
    hide(jongere)
    AdresFactory(jongere=JongereFactory(gemeente=gemeente), straat="Gewoonstraat")
    if hoe == "geheimhouding":
        Adres.objects.update(geheim=False)
        Jongere.objects.filter(pk=jongere.pk).update(geheimhouding=True)
    beheer = (Taak.BEHEER, Rol.LEIDINGGEVENDE)
    zonder = make_gebruiker(beheer, gemeente=gemeente)
    met = make_gebruiker(beheer, (Taak.LEERPLICHT, Rol.BEHANDELAAR), gemeente=gemeente)

    without, with_right, operator = (package(tmp_path, gemeente, u) for u in (zonder, met, None))

    assert STRAAT not in without and "'geheime adressen': 2" in without
    assert STRAAT in with_right and STRAAT in operator
    assert all("Gewoonstraat" in text for text in (without, with_right, operator))


@pytest.mark.eis("P24")
def test_a_letter_to_it_leaves_in_a_package_only_with_the_right(tmp_path, gemeente):
    Document.objects.create(
        jongere=JongereFactory(gemeente=gemeente),
        gemeente=gemeente,
        bestand=ContentFile(b"aan de straat", "brief.pdf"),
        bestandsnaam="brief.pdf",
        bytes=13,
        sha256="0" * 64,
        adres_geheim=True,
    )
    zonder = make_gebruiker((Taak.BEHEER, Rol.LEIDINGGEVENDE), gemeente=gemeente)

    without, operator = (package(tmp_path, gemeente, by) for by in (zonder, None))

    assert "aan de straat" not in without and "'brieven aan een geheim adres': 1" in without
    assert "aan de straat" in operator


@pytest.mark.eis("P26")
def test_a_package_leaves_out_who_is_closed_to_who_asks(tmp_path, gemeente):
    for naam in ("Proefsteen", "Zichtbaar"):
        JongereFactory(gemeente=gemeente, achternaam=naam)
    close(Jongere.objects.get(achternaam="Proefsteen"))
    beheer = make_gebruiker((Taak.BEHEER, Rol.LEIDINGGEVENDE), gemeente=gemeente)

    text = package(tmp_path, gemeente, beheer)

    assert "Proefsteen" not in text and "Zichtbaar" in text
    assert "'afgesloten dossiers': 1" in text
    assert "Proefsteen" in package(tmp_path, gemeente, None)


@pytest.mark.eis("P24")
def test_a_refused_row_of_a_package_hides_it(client, gemeente):
    run = Inleesrun.objects.create(
        bestandsnaam="p.zip", gemeentecodes=[gemeente.code], status="klaar"
    )
    rij = {"bron_id": "a1", "straat": STRAAT, "postcode": "9876ZZ", "geheim": "1"}
    row = Quarantaine.objects.create(
        run=run, bestand="adressen", rijnummer=2, reden="fout", rij=seal(rij)
    )
    url = f"/pakket/inlezen/{run.uuid}/quarantaine/{row.pk}/"
    client.force_login(
        make_gebruiker((Taak.BEHEER, Rol.LEIDINGGEVENDE), gemeente=gemeente), BACKEND
    )

    page = body(client.get(url))
    client.post(url, {"straat": "Anders"})

    assert STRAAT not in page and "Dit is een geheim adres" in page
    row.refresh_from_db()
    assert unseal(row.rij) == rij


@pytest.mark.eis("P24", "P40")
def test_correcting_a_secret_address_or_a_number_does_not_show_it(client, gemeente):
    """The privacy officer types the new value; what stands there now he does not need to see."""
    jongere = JongereFactory(gemeente=gemeente, bsn=make_bsn(7))
    hide(jongere)
    user = make_gebruiker((Taak.PRIVACY, Rol.LEIDINGGEVENDE), gemeente=gemeente)
    verzoek = Verzoek.objects.create(
        jongere=jongere,
        gemeente=gemeente,
        soort=Verzoek.Soort.RECTIFICATIE,
        aanvrager="jongere",
        ontvangen_op=date(2026, 1, 1),
        uiterlijk_op=date(2026, 2, 1),
        vastgelegd_door=user,
    )
    client.force_login(user, BACKEND)
    url = f"/privacy/verzoek/{verzoek.uuid}/rectificeren/"
    adres = jongere.adressen.get()

    for gegeven in (f"casework.adres-{adres.pk}-straat", f"casework.jongere-{jongere.pk}-bsn"):
        page = body(client.get(url, {"gegeven": gegeven}))
        assert "is afgeschermd" in page
        assert STRAAT not in page and make_bsn(7) not in page
