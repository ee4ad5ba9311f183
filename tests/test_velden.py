"""Which fields every form takes and every answer gives, per role: a change is seen and meant."""

import pytest
from django import forms

from scripts.velden import BESTAND, fields, named_in, text, used_by, who


@pytest.mark.eis("Z5")
def test_the_fields_per_role_are_the_ones_that_were_looked_at():
    """After a change that is meant: python -m scripts.velden, and read what it changed."""
    assert BESTAND.read_text(encoding="utf-8") == text()


@pytest.mark.eis("Z5")
def test_every_form_of_a_page_has_somebody_who_may_fill_it_in():
    users = used_by()

    assert len(users) > 60
    assert {naam for namen in users.values() for naam in namen} >= {"leerplicht.schrijven"}
    assert "geen eigen scherm" not in text()


def test_a_new_field_and_another_role_would_be_seen():
    class Proef(forms.Form):
        bsn = forms.CharField()
        adres = forms.CharField(required=False)

    assert list(fields(Proef)) == [("schrijft", "bsn*"), ("schrijft", "adres")]
    assert who("bsn.tonen") == (
        "bsn.tonen: leerplicht (behandelaar/leidinggevende),"
        " doorstroompunt (behandelaar/leidinggevende)"
    )


def test_a_form_that_a_view_reaches_by_a_function_is_found():
    from leerplicht.views import vrijstellingen

    found = {thing.__name__ for thing in named_in(vrijstellingen, "VrijstellingView", set())}

    assert "TerugForm" in found
