"""How the shell behaves: keyboard, session warning, no script, forced colours, worker."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import expect

from accounts.rechten import Rol, Taak
from accounts.sessies import ACTIEF
from config.celery import app as celery_app
from tests.factories import make_gebruiker

# The browser glides to a focused part, so look until it has arrived.
FOCUS = """async () => {
  const e = document.activeElement;
  const shown = () => {
    const box = e.getBoundingClientRect();
    return box.width > 0 && box.top >= 0 && box.bottom <= innerHeight + 1;
  };
  for (let frame = 0; frame < 60 && !shown(); frame++) await new Promise(requestAnimationFrame);
  const style = getComputedStyle(e);
  return {
    name: `${e.tagName} ${(e.textContent.trim() || e.name || e.id).slice(0, 30)}`,
    ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    shown: shown(),
  };
}"""


@pytest.fixture
def gebruiker(transactional_db):
    return make_gebruiker((Taak.LEERPLICHT, Rol.BEHANDELAAR))


@pytest.mark.parametrize("width", [1280, 360])
def test_every_stop_of_the_tab_key_is_seen(page, live, login, gebruiker, width):
    login(gebruiker)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/profiel/")

    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        stops.append(page.evaluate(FOCUS))

    assert len(stops) > 8
    assert [s["name"] for s in stops if s["ring"] < 2 or not s["shown"]] == []


def test_menu_button_on_a_phone(page, live, login, gebruiker):
    login(gebruiker)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/profiel/")
    menu = page.get_by_role("button", name="Menu")

    expect(page.locator("#menu")).to_be_hidden()
    menu.click()

    expect(page.locator("#menu")).to_be_visible()
    expect(menu).to_have_attribute("aria-expanded", "true")


def test_warning_comes_before_the_session_ends_and_can_be_answered(
    page, live, login, gebruiker, settings, check_page
):
    settings.SESSION_IDLE_SECONDS = 122
    login(gebruiker)
    page.goto("/profiel/")
    warning = page.get_by_role("dialog", name="U wordt bijna uitgelogd")

    expect(warning).to_be_visible(timeout=8_000)
    check_page(page, "sessie-waarschuwing")
    settings.SESSION_IDLE_SECONDS = 1800
    warning.get_by_role("button", name="Ingelogd blijven").click()

    expect(warning).to_be_hidden()


@pytest.mark.urls("tests.browser.proef_urls")
def test_text_is_there_again_after_a_time_out(page, live, login, gebruiker, settings):
    gebruiker.set_password("een-lang-wachtwoord")
    gebruiker.save()
    login(gebruiker)
    page.goto("/proef/concept/")
    page.get_by_label("Naam").fill("Jikke")
    page.get_by_role("textbox", name="Verslag").fill("Een lang verslag.")
    page.get_by_label("Soort").select_option("b")
    page.get_by_label("E-mail").check()
    page.get_by_role("checkbox", name="Ouder").check()

    _idle(page)
    page.locator("form[data-concept]").evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("U bent uitgelogd")).to_be_visible()
    page.get_by_label("E-mailadres").fill(gebruiker.email)
    page.get_by_label("Wachtwoord").fill("een-lang-wachtwoord")
    page.get_by_role("button", name="Inloggen").click()

    expect(page).to_have_url(f"{live.url}/proef/concept/")
    expect(page.get_by_role("textbox", name="Verslag")).to_have_value("Een lang verslag.")
    expect(page.get_by_label("Soort")).to_have_value("b")
    expect(page.get_by_label("E-mail")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Ouder")).to_be_checked()
    expect(page.get_by_role("checkbox", name="School")).not_to_be_checked()


def _idle(page):
    key = next(c["value"] for c in page.context.cookies() if c["name"] == "leerrecht_sessie")
    session = SessionStore(key)
    session[ACTIEF] = 0
    session.save()


def test_shell_works_without_javascript(browser, live, login, gebruiker, context):
    login(gebruiker)
    plain = browser.new_context(
        base_url=live.url, java_script_enabled=False, storage_state=context.storage_state()
    )
    page = plain.new_page()
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/profiel/")

    expect(page.locator("#menu")).to_be_visible()
    page.locator(".lr-gebruiker summary").click()
    page.locator(".lr-gebruiker").get_by_role("button", name="Uitloggen").click()

    expect(page).to_have_url(f"{live.url}/account/login/?next=/")
    plain.close()


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("gedwongen-kleuren", {"forced_colors": "active"}),
        ("minder-beweging", {"reduced_motion": "reduce"}),
    ],
)
@pytest.mark.urls("tests.browser.proef_urls")
def test_other_ways_of_showing(page, live, login, gebruiker, check_page, name, media):
    login(gebruiker)
    page.emulate_media(**media)

    page.goto("/proef/onderdelen/")

    check_page(page, f"onderdelen-{name}")


@pytest.mark.urls("tests.browser.proef_urls")
def test_print_shows_the_content_only(page, live, login, gebruiker):
    login(gebruiker)
    page.goto("/proef/onderdelen/")
    page.emulate_media(media="print")

    for part in (".lr-header", ".lr-nav", ".lr-footer", ".lr-filter", ".lr-paginakop__acties"):
        for one in page.locator(part).all():
            expect(one).to_be_hidden()
    expect(page.locator(".lr-identiteit")).to_be_visible()


@pytest.mark.urls("tests.browser.proef_urls")
def test_larger_letter_spacing_cuts_no_text(page, live, login, gebruiker):
    """WCAG 1.4.12: line height 1.5, letters 0.12 em, words 0.16 em."""
    login(gebruiker)
    page.goto("/proef/onderdelen/")
    page.evaluate("""() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important;"
        + " word-spacing: .16em !important }");
      document.adoptedStyleSheets = [sheet];
    }""")

    cut = page.evaluate("""() => [...document.querySelectorAll("main *, header *, nav *")]
      .filter(e => getComputedStyle(e).overflow === "hidden" && !e.matches(".lr-verborgen")
        && e.scrollHeight > e.clientHeight + 2 && e.clientHeight > 0)
      .map(e => e.className)""")

    assert cut == []


def test_worker_answers_on_the_database_of_the_test(worker, live):
    answer = celery_app.control.ping(timeout=5, destination=None)
    queue = celery_app.conf.task_default_queue

    assert [name.split("@")[0] for one in answer for name in one if name.startswith(queue)] == [
        queue
    ]
