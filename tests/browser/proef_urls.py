"""The site plus one page that shows every part of the design; only for the tests."""

from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django.views.decorators.csrf import csrf_protect

from accounts.velden import DatumVeld
from casework.schooljaar import today
from tests.browser.controle import ROOT

TEMPLATE = ROOT / "tests" / "browser" / "templates" / "onderdelen.html"


class Proefformulier(forms.Form):
    naam = forms.CharField(label="Naam")
    datum = DatumVeld(label="Datum van het gesprek")
    soort = forms.ChoiceField(label="Soort", choices=[("a", "Huisbezoek"), ("b", "Gesprek")])
    kanaal = forms.ChoiceField(
        label="Kanaal", widget=forms.RadioSelect, choices=[("t", "Telefoon"), ("m", "E-mail")]
    )
    aanwezig = forms.MultipleChoiceField(
        label="Wie waren erbij?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("j", "Jongere"), ("o", "Ouder"), ("s", "School")],
    )
    akkoord = forms.BooleanField(
        label="Besproken met de jongere", help_text="Ook als die het oneens is."
    )
    verslag = forms.CharField(
        label="Verslag", widget=forms.Textarea, help_text="Feiten, geen oordeel."
    )


class Proeffilter(forms.Form):
    school = forms.CharField(label="School", required=False)
    soort = forms.ChoiceField(
        label="Soort", required=False, choices=[("", "Alle"), ("luxe", "Luxeverzuim")]
    )


@csrf_protect
def onderdelen(request: HttpRequest) -> HttpResponse:
    form = Proefformulier(request.POST or None)
    if request.method == "GET":
        messages.success(request, "De melding is opgeslagen.")
        messages.error(request, "De brief kon niet worden gemaakt.")
    template = engines["django"].from_string(TEMPLATE.read_text())
    return HttpResponse(template.render(_context(form, request), request))


def concept(request: HttpRequest) -> HttpResponse:
    """A form that says it saved; with ?fout=1 it does not."""
    if request.method == "POST" and "fout" not in request.GET:
        messages.success(request, "Opgeslagen.")
    form = Proefformulier()
    template = engines["django"].from_string(
        '{% extends "base.html" %}{% block heading %}Concept{% endblock %}{% block content %}'
        '<form method="post" data-concept="proef">{% csrf_token %}{{ form }}'
        "<button>Opslaan</button></form>{% endblock %}"
    )
    return HttpResponse(template.render({"form": form}, request))


def _context(form: forms.Form, request: HttpRequest) -> dict[str, object]:
    day = today()
    terms = [
        day - timedelta(days=9),
        day,
        day + timedelta(days=1),
        day + timedelta(days=5),
        day + timedelta(days=200),
    ]
    pages = Paginator([(f"Proefcollege {n}", n * 1250, terms[n % 5]) for n in range(1, 61)], 6)
    return {
        "form": form,
        "filter": Proeffilter(request.GET or None),
        "page_obj": pages.get_page(5),
        "terms": terms,
        "day": day,
        "identiteit": {
            "naam": "Proef, Jikke van der",
            "url": "#",
            "leeftijd": 15,
            "geboortedatum": date(2010, 3, 4),
            "status": "leerplichtig",
            "status_soort": "info",
            "wijziging": "kwalificatieplichtig",
            "wijziging_op": date(2027, 8, 1),
            "gemeente": "Proefdorp",
            "school": "Proefcollege, vmbo-t leerjaar 3",
            "behandelaar": "A. Ambtenaar",
            "waarschuwingen": ["geheim adres", "tolk nodig"],
            "notitie_url": "#",
        },
        "tabs": [
            {"label": "Overzicht", "url": "?", "huidig": True, "aantal": None},
            {"label": "Meldingen", "url": "?tab=m", "huidig": False, "aantal": 3},
            {"label": "Documenten", "url": "?tab=d", "huidig": False, "aantal": 12},
        ],
        "stappen": [
            {"titel": "Melding beoordelen", "staat": "klaar", "klaar_op": day},
            {
                "titel": "Jongere en ouders horen",
                "staat": "nu",
                "url": "#",
                "termijn": terms[3],
                "uitleg": "Plan een gesprek en leg vast wie er was.",
            },
            {"titel": "Route kiezen", "staat": "later", "nodig": ["Verslag van het gesprek"]},
        ],
        "regels": [
            {
                "moment": day,
                "titel": "Gesprek op school",
                "tekst": "Afspraken gemaakt.",
                "actor": "A. Ambtenaar",
                "bron": "Leerrecht",
                "url": "#",
                "soort": "contact",
            },
            {"moment": day, "titel": "Melding van school", "bron": "DUO", "soort": "melding"},
        ],
        "svg": '<svg role="img" aria-label="Drie staven" viewBox="0 0 300 60" width="300">'
        '<rect width="200" height="15" fill="#0b5b6d"/><rect y="20" width="120" height="15" '
        'fill="#1d7a8c"/><rect y="40" width="60" height="15" fill="#8fc3ce"/></svg>',
        "kolommen": ["Soort", "Aantal"],
        "rijen": [["Luxeverzuim", "25"], ["Wettelijk", "535"]],
    }


@login_not_required
def kapot(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("A fault of our own.")


def verboden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("U hebt geen recht op deze pagina.")


urlpatterns = [
    path("proef/kapot/", kapot),
    path("proef/verboden/", verboden),
    path("proef/onderdelen/", onderdelen),
    path("proef/concept/", concept),
    path("", include("config.urls")),
]
