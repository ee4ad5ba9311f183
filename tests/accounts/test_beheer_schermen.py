"""The screens of users and rights: who opens them, wrong input, filters, number of queries."""

from datetime import date
from itertools import product

import pytest
from django.urls import reverse

from accounts.domain import beheer
from accounts.models import Bevoegdheid, Gebeurtenis, Gebruiker
from accounts.rechten import Rol, Taak
from tests.accounts.conftest import events, fresh
from tests.factories import GebruikerFactory, GemeenteFactory, make_gebruiker

ADRESSEN = {
    "gebruikers": [],
    "gebruiker": ["pk"],
    "gebruiker_nieuw": [],
    "gebruiker_wijzig": ["pk"],
    "recht_nieuw": ["pk"],
    "recht_einde": ["pk", "recht"],
    "gebruiker_stand": ["pk"],
}
LEZEN = {"gebruikers", "gebruiker"}


@pytest.mark.parametrize(("taak", "rol"), [*product(Taak, Rol)])
def test_who_sees_which_screen(client, gemeente, collega, taak, rol):
    client.force_login(make_gebruiker((taak, rol), gemeente=gemeente))
    own = {"pk": collega.pk, "recht": collega.bevoegdheden.get().pk}

    opened = {
        naam
        for naam, keys in ADRESSEN.items()
        if client.get(reverse(f"accounts:{naam}", kwargs={k: own[k] for k in keys})).status_code
        == 200
    }

    writes = taak == Taak.BEHEER and rol != Rol.LEZER
    assert opened == (set(ADRESSEN) if writes else LEZEN if taak == Taak.BEHEER else set())


@pytest.mark.parametrize("naam", [n for n, keys in ADRESSEN.items() if keys])
def test_a_user_of_another_gemeente_is_not_found(scherm, naam):
    vreemd = make_gebruiker((Taak.LEERPLICHT, Rol.LEZER))
    own = {"pk": vreemd.pk, "recht": vreemd.bevoegdheden.get().pk}

    address = reverse(f"accounts:{naam}", kwargs={k: own[k] for k in ADRESSEN[naam]})

    assert (scherm.get(address).status_code, scherm.post(address).status_code) in {
        (404, 404),
        (404, 405),  # a page that only shows
    }


def test_a_user_who_is_switched_off_is_out_at_the_next_request(client, scherm, collega):
    browser = type(client)()
    browser.force_login(collega, "allauth.account.auth_backends.AuthenticationBackend")
    before = browser.get("/profiel/").status_code

    scherm.post(reverse("accounts:gebruiker_stand", args=[collega.pk]), {"stand": "uit"})

    after = browser.get("/profiel/")
    assert (before, after.status_code, after.url[:15]) == (200, 302, "/account/login/")


def test_a_second_click_does_not_undo_the_first(scherm, collega):
    address = reverse("accounts:gebruiker_stand", args=[collega.pk])

    for _ in range(2):
        scherm.post(address, {"stand": "uit"})
    off = fresh(collega).is_active
    for _ in range(2):
        scherm.post(address, {"stand": "aan"})

    assert (off, fresh(collega).is_active) == (False, True)
    assert (len(events("gebruiker.uitgeschakeld")), len(events("gebruiker.ingeschakeld"))) == (1, 1)
    assert not fresh(collega).rechten


def test_an_author_without_an_address_cannot_be_let_in(scherm):
    auteur = GebruikerFactory(email=None, is_active=False, naam="Oude Auteur")

    page = scherm.post(
        reverse("accounts:gebruiker_stand", args=[auteur.pk]), {"stand": "aan"}, follow=True
    )

    assert "Zonder e-mailadres kan iemand niet inloggen" in page.content.decode()
    assert not fresh(auteur).is_active


NIEUW = {"naam": "Nora Nieuw", "email": "Nora.Nieuw@Voorbeeld.nl", "functie": "Coach"}


def test_new_user_gets_a_mail_with_a_link(scherm, settings, mailoutbox):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    page = scherm.post("/beheer/gebruikers/nieuw/", NIEUW, follow=True)

    nora = Gebruiker.objects.get(email="nora.nieuw@voorbeeld.nl")
    assert page.redirect_chain[-1][0] == f"/beheer/gebruikers/{nora.pk}/"
    assert [m.to for m in mailoutbox] == [["nora.nieuw@voorbeeld.nl"]]
    assert (nora.rechten, nora.has_usable_password()) == (frozenset(), False)
    assert [e.actie for e in Gebeurtenis.objects.filter(object_id=nora.pk).order_by("pk")] == [
        "gebruiker.aangemaakt",
        "gebruiker.wachtwoordlink",
    ]


def test_without_mail_the_link_of_a_new_user_is_shown_and_works(scherm, client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    page = scherm.post("/beheer/gebruikers/nieuw/", NIEUW, follow=True)
    shown = next(str(m) for m in page.context["messages"] if "http" in str(m))
    browser = type(client)()

    form = browser.get(shown[shown.index("http") :], follow=True)
    browser.post(
        form.redirect_chain[-1][0],
        {"password1": "Een-lang-wachtwoord-9", "password2": "Een-lang-wachtwoord-9"},
    )

    nora = Gebruiker.objects.get(email="nora.nieuw@voorbeeld.nl")
    assert nora.check_password("Een-lang-wachtwoord-9")


def test_without_mail_there_is_no_link_to_an_account_in_use(scherm, settings, collega):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    collega.set_password("Een-lang-wachtwoord-9")
    collega.save()

    page = scherm.post(f"/beheer/gebruikers/{collega.pk}/wachtwoord/", follow=True)

    assert [str(m)[:11] for m in page.context["messages"]] == ["E-mail is h"]
    assert "http" not in "".join(map(str, page.context["messages"]))
    assert events("gebruiker.wachtwoordlink") == []


FOUT = [
    ({"naam": ""}, "naam"),
    ({"email": "geen adres"}, "email"),
    ({"email": "COR@voorbeeld.nl"}, "email"),
    ({"naam": "x" * 201}, "naam"),
]


@pytest.mark.parametrize(("anders", "veld"), FOUT)
def test_wrong_user_is_refused_and_what_was_typed_stays(scherm, collega, anders, veld):
    Gebruiker.objects.filter(pk=collega.pk).update(email="cor@voorbeeld.nl")

    page = scherm.post("/beheer/gebruikers/nieuw/", NIEUW | anders)

    assert list(page.context["form"].errors) == [veld]
    assert 'value="Coach"' in page.content.decode()
    assert Gebruiker.objects.count() == 2


def test_taken_address_is_said_in_plain_dutch(scherm, collega):
    page = scherm.post("/beheer/gebruikers/nieuw/", NIEUW | {"email": collega.email.upper()})

    assert page.context["form"].errors["email"] == ["Er is al een gebruiker met dit e-mailadres."]


def test_changing_a_user_records_which_fields(scherm, collega):
    data = {"naam": "Cor de Collega", "email": collega.email, "functie": "Teamleider"}

    scherm.post(f"/beheer/gebruikers/{collega.pk}/wijzigen/", data)

    [event] = events("gebruiker.gewijzigd")
    assert (fresh(collega).naam, event.gegevens) == (
        "Cor de Collega",
        {"velden": ["functie", "naam"]},
    )


RECHT_FOUT = [
    ({"taak": "alles"}, ["taak"]),
    ({"rol": ""}, ["rol"]),
    ({"gemeente": "elders"}, ["gemeente"]),
    ({"van": "gisteren"}, ["van"]),
    ({"van": "1-1-2020"}, ["van"]),
    ({"laatste_dag": "31-12-9999"}, ["laatste_dag"]),
    ({"laatste_dag": "1-1-2020"}, ["laatste_dag"]),
    ({"taak": Taak.LEERPLICHT}, ["taak"]),
    ({"taak": Taak.OPSPORING}, ["laatste_dag"]),
]


@pytest.mark.parametrize(("anders", "velden"), RECHT_FOUT)
def test_wrong_right_is_refused_at_its_field(scherm, gemeente, collega, anders, velden):
    elders = GemeenteFactory()
    data = {
        "taak": Taak.DOORSTROOMPUNT,
        "gemeente": gemeente.pk,
        "rol": Rol.LEZER,
        "van": beheer.vandaag().strftime("%d-%m-%Y"),
        "laatste_dag": "",
        **anders,
    }
    if data["gemeente"] == "elders":
        data["gemeente"] = elders.pk

    page = scherm.post(f"/beheer/gebruikers/{collega.pk}/recht/", data)

    assert list(page.context["form"].errors) == velden
    assert collega.bevoegdheden.count() == 1


@pytest.mark.parametrize("item_count", (1, 3))
def test_list_of_users_asks_the_same_number_of_questions(
    scherm, gemeente, item_count, django_assert_num_queries
):
    for _ in range(item_count):
        make_gebruiker((Taak.LEERPLICHT, Rol.LEZER), (Taak.BELEID, Rol.LEZER), gemeente=gemeente)
    make_gebruiker((Taak.LEERPLICHT, Rol.LEZER))  # of another gemeente

    with django_assert_num_queries(18):
        page = scherm.get("/beheer/gebruikers/")

    assert len(page.context["page_obj"].object_list) == item_count + 1


@pytest.mark.parametrize("item_count", (1, 3))
def test_page_of_a_user_asks_the_same_number_of_questions(
    scherm, gemeente, item_count, django_assert_num_queries
):
    user = make_gebruiker(*[(t, Rol.LEZER) for t in list(Taak)[:item_count]], gemeente=gemeente)

    with django_assert_num_queries(14):
        page = scherm.get(f"/beheer/gebruikers/{user.pk}/")

    assert len(page.context["rechten"]) == item_count


def test_rights_elsewhere_are_not_shown(scherm, collega):
    elders = GemeenteFactory(naam="Verweg")
    Bevoegdheid.objects.create(
        gebruiker=collega, taak=Taak.BELEID, rol=Rol.LEZER, gemeente=elders, van=date(2020, 1, 1)
    )

    pages = [
        scherm.get(f"/beheer/gebruikers/{collega.pk}/").content.decode(),
        scherm.get("/beheer/gebruikers/").content.decode(),
        scherm.get("/beheer/gebruikers/?taak=beleid").content.decode(),
    ]

    assert ["Verweg" in page for page in pages] == [False, False, False]
    assert "rechten in gemeenten die u niet beheert" in pages[0]
    assert "Cor Collega" not in pages[2]


FILTERS = [
    ("", {"Bea Beheer", "Cor Collega", "Uit Huis"}),
    ("naam=co+gebr", {"Cor Collega"}),
    ("taak=beheer", {"Bea Beheer"}),
    ("stand=nee", {"Uit Huis"}),
    ("stand=ja&taak=leerplicht", {"Cor Collega"}),
    ("taak=onzin", {"Bea Beheer", "Cor Collega", "Uit Huis"}),
    ("page=999", {"Bea Beheer", "Cor Collega", "Uit Huis"}),
    ("gemeente=hier", {"Bea Beheer", "Cor Collega"}),
]


@pytest.mark.parametrize(("vraag", "namen"), FILTERS)
def test_filters_of_the_list(scherm, gemeente, collega, vraag, namen):
    Gebruiker.objects.filter(pk=collega.pk).update(email="gebr@voorbeeld.nl")
    GebruikerFactory(naam="Uit Huis", is_active=False)

    page = scherm.get(f"/beheer/gebruikers/?{vraag.replace('hier', str(gemeente.pk))}")

    assert {user.naam for user in page.context["page_obj"].object_list} == namen
