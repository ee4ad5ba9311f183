"""Screens of the figures: all indicators, one figure with its table and chart, and its file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views import View
from django.views.generic import TemplateView

from accounts.toegang import RechtMixin
from casework.domain.verklaring import destroyed_years
from casework.models import Gemeente
from casework.schooljaar import Schooljaar, today
from reporting.catalogus import CATALOGUS, CATALOGUS_VERSIE, Indicator, Thema
from reporting.charts import draw
from reporting.domain.cijferbestand import BESTANDEN
from reporting.domain.cijfergrafiek import chart_of, values_of
from reporting.domain.cijferkeuze import Keuze
from reporting.domain.cijfertabel import Cel, Rij, Tabel, build
from reporting.forms.cijfers import CijferForm
from reporting.indicatoren import BESCHIKBAAR
from reporting.indicatoren.bekend import is_published
from reporting.indicatoren.vraag import TOTAAL
from reporting.verslag.namen import indicator_naam, telt_naam

STANDAARD_JAREN = 3
STANDAARD_GEMEENTEN = 5
OP_HET_SCHERM = 400  # rows; the file has them all
TAGS = {"gemeente": "Gemeente", "schooljaar": "Schooljaar"}  # one value each
BIJ_KEUZE = ("gemeente", "schooljaar")  # what stays when another figure is chosen


class CijfersView(RechtMixin, TemplateView):
    """Every indicator of the catalogue, by theme."""

    request: Any
    permission = "cijfers.lezen"
    template_name = "reporting/cijfers/overzicht.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = _kept(self.request.GET, BIJ_KEUZE)
        themas = [
            (thema, [_row(i, kept) for i in CATALOGUS.values() if i.thema is thema])
            for thema in Thema
        ]
        return super().get_context_data(themas=themas, **kwargs)


def _row(indicator: Indicator, kept: str) -> dict[str, Any]:
    return {
        "naam": indicator_naam(indicator.id),
        "url": reverse("reporting:cijfer", args=[indicator.id]) + kept,
        "omschrijving": indicator.omschrijving,
        "telt": "percentage" if indicator.is_share else telt_naam(indicator.telt),
        "beschikbaar": indicator.id in BESCHIKBAAR,
    }


def _kept(query: QueryDict, names: tuple[str, ...]) -> str:
    kept = QueryDict(mutable=True)
    for name in names:
        kept.setlist(name, query.getlist(name))
    return f"?{kept.urlencode()}" if any(kept.getlist(name) for name in names) else ""


class CijferMixin(RechtMixin):
    """Views of one indicator, with the choice that stands in the address."""

    permission = "cijfers.lezen"
    request: Any
    kwargs: dict[str, Any]
    form_class = CijferForm

    @property
    def indicator(self) -> Indicator:
        try:
            return CATALOGUS[self.kwargs["indicator"]]
        except KeyError:
            raise Http404("Dit cijfer bestaat niet.") from None

    def form(self) -> CijferForm:
        own = Gemeente.objects.permitted(self.request.user, self.permission)
        return self.form_class(
            self.request.GET,
            indicator=self.indicator,
            gemeenten=list(own.order_by("naam")),
            vandaag=today(),
        )

    def shared(self) -> dict[str, Any]:
        indicator = self.indicator
        return {
            "indicator": indicator,
            "naam": indicator_naam(indicator.id),
            "telt": telt_naam(indicator.telt),
            "teller": _part(indicator.teller),
            "noemer": _part(indicator.noemer),
            "bron": _source(indicator),
            "versie": f"{CATALOGUS_VERSIE}.{indicator.versie}",
            "kept": _kept(self.request.GET, BIJ_KEUZE),
            "query": self.request.GET.urlencode(),
        }


def _part(name: str) -> dict[str, str] | None:
    """Numerator or denominator of a share, to look at on its own page."""
    if not name:
        return None
    return {"naam": indicator_naam(name), "url": reverse("reporting:cijfer", args=[name])}


def _source(indicator: Indicator) -> str:
    if is_published(indicator):
        return "Cijfers van DUO, zoals ingelezen"
    return "Eigen registratie in Leerrecht"


class CijferView(CijferMixin, TemplateView):
    template_name = "reporting/cijfers/cijfer.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.GET:
            return redirect(f"{request.path}?{self._first_choice()}")
        response: HttpResponseBase = super().get(request, *args, **kwargs)
        return response

    def _first_choice(self) -> str:
        """Without a choice: the last schooljaren of the user's own gemeenten, if they are few."""
        own = Gemeente.objects.permitted(self.request.user, self.permission).order_by("naam")
        codes = list(own.values_list("code", flat=True))
        query = QueryDict(mutable=True)
        query.setlist("gemeente", codes if len(codes) <= STANDAARD_GEMEENTEN else codes[:1])
        last = Schooljaar.of(today()).beginjaar
        years = [str(Schooljaar(last - back)) for back in reversed(range(STANDAARD_JAREN))]
        query.setlist("schooljaar", years)
        return query.urlencode()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = self.form()
        context: dict[str, Any] = {"form": form, "tags": _tags(form, self.request)}
        if form.is_valid() and self.indicator.id in BESCHIKBAAR:
            context |= self._figures(form.keuze())
        context["beschikbaar"] = self.indicator.id in BESCHIKBAAR
        return super().get_context_data(**{**kwargs, **self.shared(), **context})

    def _figures(self, keuze: Keuze) -> dict[str, Any]:
        tabel = build(keuze, vandaag=today())
        titel = indicator_naam(self.indicator.id)
        if keuze.alleen:
            titel += f", {keuze.alleen_tekst.lower()}"
        grafiek = chart_of(tabel, titel)
        return {
            "tabel": tabel,
            "titel": titel,
            "rijen": [_shown(rij, tabel) for rij in tabel.rijen[:OP_HET_SCHERM]],
            "te_lang": len(tabel.rijen) > OP_HET_SCHERM,
            "lopend": next((jaar for jaar in keuze.jaren if today() in jaar), None),
            "vernietigd": sorted(destroyed_years(keuze.codes) & {str(j) for j in keuze.jaren}),
            "grafiek": grafiek and values_of(grafiek, tabel) | {"svg": draw(grafiek, id="cijfer")},
        }


def _shown(rij: Rij, tabel: Tabel) -> dict[str, Any]:
    return {
        "koppen": [rij.gebied_naam, rij.label] if tabel.met_gebied else [rij.label],
        "is_totaal": rij.is_totaal or (rij.gebied == TOTAAL and not tabel.keuze.per),
        "cellen": [(cel, _list_url(cel, rij, tabel)) for cel in rij.cellen],
    }


def _list_url(cel: Cel, rij: Rij, tabel: Tabel) -> str:
    """Address of the list behind a number; "" where there is none."""
    cijfer = cel.cijfer
    keuze = tabel.keuze
    indicator = keuze.indicator.teller or keuze.indicator.id
    counted = cijfer and (cijfer.teller if cijfer.is_share else cijfer.waarde)
    if not counted or not tabel.is_telling:
        return ""
    query = QueryDict(mutable=True)
    query.setlist("gemeente", keuze.codes if rij.gebied == TOTAAL else [rij.gebied])
    query["schooljaar"] = str(cel.jaar)
    for name, code in (*keuze.alleen.items(), *rij.codes):
        query[name] = code
    return reverse("reporting:cijfer_lijst", args=[indicator]) + f"?{query.urlencode()}"


def _tags(form: CijferForm, request: HttpRequest) -> list[dict[str, str]]:
    """One removable tag for each value, so that one gemeente can go and the others stay."""
    tags = []
    for name, field in form.fields.items():
        labels = {str(key): label for key, label in getattr(field, "choices", [])}
        for value in request.GET.getlist(name):
            if value:
                query = request.GET.copy()
                query.setlist(name, [other for other in query.getlist(name) if other != value])
                shown = labels.get(value, "ja" if value == "on" else value)
                url = f"?{query.urlencode()}"
                label = TAGS.get(name, field.label)
                tags.append({"label": str(label), "waarde": shown, "url": url})
    return tags


class CijferBestandView(CijferMixin, View):
    """The table as CSV or XLSX."""

    limiet = "cijfers"

    def get(self, request: HttpRequest, indicator: str, formaat: str) -> HttpResponseBase:
        if formaat not in BESTANDEN:
            raise Http404("Dit formaat bestaat niet.")
        form = self.form()
        if not form.is_valid() or self.indicator.id not in BESCHIKBAAR:
            page = reverse("reporting:cijfer", args=[indicator])
            return redirect(f"{page}?{request.GET.urlencode()}")
        bestand = BESTANDEN[formaat]
        return HttpResponse(
            bestand.write(build(form.keuze(), vandaag=today())),
            content_type=bestand.mediatype,
            headers={"Content-Disposition": f'attachment; filename="{indicator}.{formaat}"'},
        )
