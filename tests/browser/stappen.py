"""Steps of a process as somebody does them on screen."""

from playwright.sync_api import expect

WEGING = {
    "herhaling": "herhaald", "oorzaak": "MOTIVATIE", "thuis": "nee", "belastbaar": "ja",
    "schulden": "nee", "medewerking_ouder1": "ja", "veiligheid": "veilig",
    "verwijt_jongere": "verwijtbaar", "verwijt_ouder1": "niet",
}  # fmt: skip  # read as a table


def fill(page, velden):
    for naam, waarde in velden.items():
        field = page.locator(f"[name={naam}]")
        kind = field.first.evaluate("e => e.type || e.tagName.toLowerCase()")
        if kind == "radio":
            page.locator(f"[name={naam}][value='{waarde}']").check()
        elif kind == "checkbox":
            for one in waarde if isinstance(waarde, list) else [waarde]:
                page.locator(
                    f"[name={naam}][value='{one}']" if one is not True else f"[name={naam}]"
                ).check()
        elif kind.startswith("select"):
            field.select_option(waarde)
        else:
            field.fill(waarde)


def do(page, stap, **velden):
    """Open a step of the page, fill it in and send it."""
    page.get_by_role("main").get_by_role("link", name=stap, exact=True).click()
    fill(page, velden)
    page.locator("main form button.nl-button--primary").last.click()
    expect(page.get_by_role("status").or_(page.locator("[data-foutenlijst]")).first).to_be_visible()
    assert page.locator("[data-foutenlijst]").all_inner_texts() == []
