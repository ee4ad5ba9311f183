"""What is typed to search or filter stays out of every address."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.rechten import Rol, Taak
from accounts.zoekvragen import BEWAARD, LENGTE, free_texts
from tests.factories import GemeenteFactory, JongereFactory, SchoolFactory, make_gebruiker
from tests.ingangen import ingangen
from tests.test_ingangen import ALLES, BACKEND

# Controls of a GET form in which nobody can type a name: choices, dates and numbers.
GEEN_TEKST = {"hidden", "checkbox", "radio", "submit", "date", "number", "month"}


@pytest.fixture
def gemeente(db):
    return GemeenteFactory(naam="Oosterhaven")


@pytest.fixture
def site(client, gemeente):
    user = make_gebruiker(*ALLES, gemeente=gemeente)
    client.force_login(user, BACKEND)
    client.user = user
    return client


class Formulieren(HTMLParser):
    """Names of the controls for text in the forms of a page that are sent by GET."""

    def __init__(self) -> None:
        super().__init__()
        self.by_get = False
        self.forms = 0
        self.texts: list[str] = []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "form":
            self.by_get = (values.get("method") or "get").lower() == "get"
            self.forms += self.by_get
        elif self.by_get and (
            tag == "textarea"
            or (
                tag == "input"
                and values.get("type", "text") not in GEEN_TEKST
                and "data-datum" not in values
                and values.get("inputmode") != "numeric"
            )
        ):
            self.texts.append(values.get("name", "?"))

    def handle_endtag(self, tag):
        if tag == "form":
            self.by_get = False


@pytest.mark.eis("H4")
def test_no_form_of_any_page_sends_text_by_get(site, gemeente):
    found, forms = {}, 0
    for door in ingangen(gemeente, site.user):
        response = site.get(door.path)
        html = response.getvalue().decode(errors="replace")
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        page = Formulieren()
        page.feed(html)
        forms += page.forms
        if page.texts:
            found[door.route] = page.texts

    assert found == {}
    assert forms > 3  # filters with only choices stay bookmarks


def test_the_parser_finds_a_text_field():
    page = Formulieren()
    page.feed('<form><input name="q"><input type="search" name="s"><select name="x"></select>')

    assert page.texts == ["q", "s"]


LIJSTEN = [
    ("/jongeren/", {"gemeente": "0001", "vanaf": "Wit"}, "vanaf"),
    ("/scholen/", {"naam": "Zeecollege"}, "naam"),
    ("/meldingen/", {"school": "Zeecollege", "soort": "L"}, "school"),
    ("/beheer/gebruikers/", {"naam": "Jansen", "taak": "leerplicht"}, "naam"),
    ("/beheer/logboek/", {"gebruiker": "Jansen", "van": "01-09-2025"}, "gebruiker"),
    ("/doorstroompunt/verzuim/", {"school": "Zeecollege"}, "school"),
]


@pytest.mark.eis("H4")
@pytest.mark.parametrize(("path", "data", "text"), LIJSTEN)
def test_filter_by_name_leaves_a_key_and_choices_in_the_address(site, path, data, text):
    response = site.post(path, {**data, "zoekvraag": "1"})

    page = site.get(response.url).content.decode()
    assert data[text] not in response.url
    assert re.search(rf"[?&]{text}=~[\w-]{{11}}", response.url)
    for name, value in data.items():
        assert name == text or f"{name}={value}" in response.url
    assert f'value="{data[text]}"' in page
    # No link of the answer, to sort, to page or to take the filter off, holds the text either.
    assert not [
        link for link in re.findall(r'(?:href|action)="([^"]*)"', page) if data[text] in link
    ]


def test_a_filtered_list_shows_what_fits_and_pages_on(site, gemeente, settings):
    SchoolFactory(naam="Duinlyceum")
    SchoolFactory.create_batch(51, naam="Zeecollege")

    url = site.post("/scholen/", {"naam": "zeecol", "zoekvraag": "1"}).url
    first = site.get(url)
    nxt = re.search(r'rel="next" href="([^"]+)"', first.content.decode())[1].replace("&amp;", "&")
    second = site.get(f"/scholen/{nxt}")
    again = site.get(url)

    assert len(first.context["object_list"]) == len(again.context["object_list"]) == 50
    assert [s.naam for s in second.context["object_list"]] == ["Zeecollege"]


def test_the_session_holds_no_readable_text(site):
    site.post("/zoeken/", {"q": "Maanlicht"})

    stored = Session.objects.get(session_key=site.session.session_key)
    assert "Maanlicht" not in str(stored.get_decoded())
    assert list(stored.get_decoded()["zoekvragen"])


def test_a_key_of_another_session_gives_nothing_and_says_so(site, gemeente):
    url = site.post("/scholen/", {"naam": "zeecol", "zoekvraag": "1"}).url
    SchoolFactory(naam="Duinlyceum")
    other = Client()
    other.force_login(make_gebruiker((Taak.LEERPLICHT, Rol.LEZER), gemeente=gemeente), BACKEND)

    page = other.get(url).content.decode()

    assert "Uw zoektekst is niet meer bekend." in page
    assert "Duinlyceum" in page


def test_a_session_keeps_the_newest_texts_only(site):
    urls = [site.post("/zoeken/", {"q": f"naam {n}"}).url for n in range(BEWAARD + 1)]

    assert len(site.session["zoekvragen"]) == BEWAARD
    assert "niet meer bekend" in site.get(urls[0]).content.decode()
    assert "niet meer bekend" not in site.get(urls[1]).content.decode()


@pytest.mark.eis("F10")
def test_a_text_is_cut_to_what_can_be_searched(site, gemeente):
    JongereFactory(gemeente=gemeente)

    url = site.post("/zoeken/", {"q": "x" * 5000}).url

    assert site.get(url).context["tekst"] == "x" * LENGTE
    assert site.get("/zoeken/", {"q": "y" * 5000}).context["tekst"] == "y" * LENGTE


def test_choices_dates_and_numbers_are_no_free_text():
    from accounts.forms_beheer import LogboekFilter

    assert free_texts(LogboekFilter().fields) == ["gebruiker", "actie"]
