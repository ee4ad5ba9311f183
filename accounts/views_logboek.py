"""The log of events, for the privacy officer."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.views.generic import TemplateView

from accounts.forms_beheer import LogboekFilter
from accounts.gebeurtenissen import record
from accounts.models import Bevoegdheid, Gebeurtenis, Logboekcontrole
from accounts.rechten import Rol, Taak
from accounts.toegang import RechtMixin
from accounts.zoekvragen import ZoekvraagMixin

PER_PAGINA = 50
TAKEN: dict[str, str] = dict(Taak.choices)
ROLLEN: dict[str, str] = {**dict(Rol.choices), "systeem": "Systeem"}


class LogboekView(RechtMixin, ZoekvraagMixin, TemplateView):
    """Who did what, newest first. Looking at the log is an event too."""

    permission = "privacy.lezen"
    template_name = "accounts/beheer/logboek.html"

    def filter_fields(self) -> Mapping[str, forms.Field]:
        return LogboekFilter().fields

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by: Any = self.request.user
        form = LogboekFilter(self.vraag)
        rows = form.apply(Gebeurtenis.objects.visible_to(by)).select_related("gebruiker")
        rows, begrensd = _before(rows, self.request.GET.get("voor", ""))
        page = list(rows.order_by("-pk")[: PER_PAGINA + 1])
        volgende = page[PER_PAGINA - 1].pk if len(page) > PER_PAGINA else None
        with transaction.atomic():
            record("logboek.gelezen", by, by=by, taak="privacy")
        return super().get_context_data(
            form=form,
            regels=shown(page[:PER_PAGINA]),
            volgende=self._address(voor=volgende) if volgende else "",
            nieuwste=self._address() if begrensd else "",
            controle=Logboekcontrole.objects.order_by("-pk").first(),
            mag=by.may("privacy.schrijven"),
            **kwargs,
        )

    def _address(self, **changes: Any) -> str:
        query = self.request.GET.copy()
        query.pop("voor", None)
        for naam, waarde in changes.items():
            query[naam] = str(waarde)
        return f"?{query.urlencode()}"


def _before(rows: QuerySet[Gebeurtenis], voor: str) -> tuple[QuerySet[Gebeurtenis], bool]:
    if voor.isascii() and voor.isdigit() and len(voor) < 19:
        return rows.filter(pk__lt=int(voor)), True
    return rows, False


def shown(regels: list[Gebeurtenis]) -> list[dict[str, Any]]:
    """Codes, numbers and the name of the user; no name of a youth and no free text."""
    model: Any = Bevoegdheid._meta.get_field("gemeente").related_model
    ids = {regel.gemeente_id for regel in regels if regel.gemeente_id}
    namen = dict(model.objects.filter(pk__in=ids).values_list("pk", "naam"))
    return [
        {
            "nummer": regel.pk,
            "tijd": regel.tijd,
            "gebruiker": regel.gebruiker,
            "rol": ", ".join(ROLLEN.get(rol, rol) for rol in regel.rol.split(",")),
            "actie": _words(regel.actie),
            "geweigerd": regel.resultaat == Gebeurtenis.Resultaat.GEWEIGERD,
            "oorsprong": regel.oorsprong,
            "soort_object": _object(regel),
            "jongere": regel.jongere_id,
            "taak": TAKEN.get(regel.taak, regel.taak),
            "gemeentenaam": namen.get(regel.gemeente_id, ""),
        }
        for regel in regels
    ]


def _words(actie: str) -> str:
    """dossier.gelezen as "Dossier gelezen"."""
    return actie.replace(".", " ").replace("_", " ").capitalize()


def _object(regel: Gebeurtenis) -> str:
    soort = regel.object_type.rpartition(".")[2].capitalize()
    return f"{soort} {regel.object_id}" if regel.object_id else soort
