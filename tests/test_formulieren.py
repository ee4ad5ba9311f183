"""A form takes what it names: an extra key in a request changes nothing."""

import ast

import django_filters
import pytest
from django import forms
from django.forms.models import model_to_dict
from rest_framework import serializers

from tests.factories import GemeenteFactory, make_gebruiker
from tests.source import APPS, modules, tree
from tests.test_permissies import own_views

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
BASES = (forms.ModelForm, django_filters.FilterSet, serializers.ModelSerializer)


def subclasses(base: type) -> set[type]:
    found = {sub for direct in base.__subclasses__() for sub in {direct, *subclasses(direct)}}
    return {cls for cls in found if cls.__module__.split(".")[0] in APPS}


def metas() -> list[tuple[str, ast.ClassDef]]:
    """Every `class Meta` of the source that stands in a form, filter or serializer."""
    return [
        (f"{name}.{cls.name}", meta)
        for name, file in modules(*APPS)
        if {"forms", "serializers", "filters", "views", "api"}
        & set(name.replace("_", ".").split("."))
        for cls in ast.walk(tree(file))
        if isinstance(cls, ast.ClassDef)
        for meta in cls.body
        if isinstance(meta, ast.ClassDef) and meta.name == "Meta"
    ]


@pytest.mark.eis("Z6")
def test_every_form_and_filter_names_its_fields():
    wrong = [
        f"{name}: {ast.unparse(line)}"
        for name, meta in metas()
        for line in meta.body
        if "exclude" in ast.unparse(line) or "__all__" in ast.unparse(line)
    ]
    nameless = [name for name, meta in metas() if "fields" not in {t.id for t in names(meta)}]

    assert (wrong, nameless) == ([], [])
    assert len(metas()) > 3


def names(meta: ast.ClassDef) -> list[ast.Name]:
    return [n for n in ast.walk(meta) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]


@pytest.mark.eis("Z6")
def test_no_model_form_or_serializer_holds_more_than_it_names():
    assert own_views()  # every view, and so every form, is imported
    wider = {
        cls.__qualname__
        for base in BASES
        for cls in subclasses(base)
        if cls._meta.model is not None and cls._meta.fields is None
    }

    assert wider == set()
    assert subclasses(forms.ModelForm)


@pytest.mark.eis("Z6")
@pytest.mark.django_db
@pytest.mark.parametrize("page", ["wijzigen", "recht"])
def test_extra_keys_change_nothing(client, page):
    gemeente = GemeenteFactory()
    beheerder = make_gebruiker(("beheer", "leidinggevende"), gemeente=gemeente)
    collega = make_gebruiker(("leerplicht", "lezer"), gemeente=gemeente, functie="consulent")
    client.force_login(beheerder, BACKEND)
    recht = collega.bevoegdheden.get()
    kept = {"is_active": True, "password": "!", "pk": collega.pk}
    hostile = {f.name: "" for f in collega._meta.get_fields() if f.concrete} | {
        "id": beheerder.pk,
        "pk": beheerder.pk,
        "password": "x",
        "is_active": "",
        "is_staff": "on",
        "is_superuser": "on",
        "last_login": "2020-01-01",
        "aangemaakt_op": "2020-01-01",
        "gebruiker": beheerder.pk,
        "taak": "privacy",
        "rol": "leidinggevende",
        "gemeente": GemeenteFactory().pk,
        "van": "01-01-2020",
        "trace_id": "x",
        "naam": "Nieuwe naam",
        "email": collega.email,
    }
    before = model_to_dict(beheerder)

    client.post(f"/beheer/gebruikers/{collega.pk}/{page}/", hostile)

    collega.refresh_from_db()
    beheerder.refresh_from_db()
    assert {name: getattr(collega, name) for name in kept} == kept
    assert collega.aangemaakt_op.year > 2020
    assert collega.naam == ("Nieuwe naam" if page == "wijzigen" else collega.naam)
    assert model_to_dict(beheerder) == before
    # A gemeente that is not of the beheerder is no choice, whatever is sent.
    assert list(collega.bevoegdheden.all()) == [recht]


def test_an_empty_field_is_told_in_plain_words():
    class Proef(forms.Form):
        naam = forms.CharField()
        soort = forms.ChoiceField(choices=[("a", "A")])
        soorten = forms.MultipleChoiceField(choices=[("a", "A")])

    assert Proef({}).errors == {
        "naam": ["Vul dit in."],
        "soort": ["Maak een keuze."],
        "soorten": ["Maak een keuze."],
    }
