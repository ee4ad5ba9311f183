"""Identity bar, tabs and the right rows: the base of every page about one jongere."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.models import Gebruiker
from accounts.toegang import RechtMixin
from casework.domain.dossier import record_read
from casework.domain.politiezicht import count_police_data
from casework.models import Adres, Afscherming, Dossier, Inschrijving, Jongere
from casework.schooljaar import today
from casework.uitbreiding import UITBREIDINGEN

TABS = (
    ("tijdlijn", "Tijdlijn", "casework:jongere", "dossier.lezen"),
    ("gezin", "Gezin en adres", "casework:jongere_gezin", "dossier.lezen"),
    ("school", "Schoolloopbaan", "casework:jongere_school", "dossier.lezen"),
    ("meldingen", "Meldingen", "casework:jongere_meldingen", "dossier.lezen"),
    ("werkprocessen", "Werkprocessen", "casework:jongere_werkprocessen", "dossier.lezen"),
    ("documenten", "Documenten", "casework:jongere_documenten", "dossier.lezen"),
    ("afscherming", "Afscherming", "casework:jongere_afscherming", "dossier.schrijven"),
    ("politie", "Politiegegevens", "casework:jongere_politie", "opsporing.lezen"),
    ("wie_keek", "Wie keek", "casework:jongere_wie_keek", "dossier.wie_keek"),
)


def visible_jongere(user: Gebruiker, uuid: UUID) -> Jongere:
    """The jongere, or 404 for a stranger: the same answer as for a jongere that is not there."""
    rows = Jongere.objects.visible_to(user).select_related("gemeente")
    return get_object_or_404(rows, uuid=uuid)


def identity_of(jongere: Jongere, user: Gebruiker) -> dict[str, Any]:
    """What the identity bar shows; four to eight small queries."""
    day, zicht = today(), user.politiezicht
    school = (
        Inschrijving.objects.on(day)
        .filter(jongere=jongere)
        .select_related("school")
        .order_by("-begindatum", "-pk")
        .first()
    )
    dossiers = Dossier.objects.visible_to(user).filter(jongere=jongere, gesloten_op=None)
    names = {str(d.behandelaar) for d in dossiers.select_related("behandelaar") if d.behandelaar}
    identity: dict[str, Any] = {
        "naam": jongere.naam,
        "url": jongere.get_absolute_url(),
        "leeftijd": jongere.leeftijd(day),
        "geboortedatum": jongere.geboortedatum,
        "gemeente": jongere.gemeente or "buiten Nederland",
        "school": school.school if school else "niet ingeschreven",
        "behandelaar": ", ".join(sorted(names)),
        "waarschuwingen": warnings_of(jongere, user),
        "notitie_url": reverse("casework:notitie", args=[jongere.uuid])
        if user.may("dossier.schrijven")
        else "",
    }
    if user.may("opsporing.lezen"):
        identity["politie"] = count_police_data(jongere, user, day)
        identity["politie_open"] = bool(zicht and jongere.pk in zicht.redenen)
        identity["politie_url"] = reverse("casework:jongere_politie", args=[jongere.uuid])
    if UITBREIDINGEN.status:
        regel = UITBREIDINGEN.status(jongere, user, day)
        identity |= {
            "status": regel.label,
            "status_soort": regel.soort,
            "wijziging": regel.wijziging,
            "wijziging_op": regel.wijziging_op,
        }
    return identity


def is_geheim(jongere: Jongere) -> bool:
    if jongere.geheimhouding:
        return True
    return Adres.objects.on(today()).filter(jongere=jongere, geheim=True).exists()


def has_secret(jongere: Jongere) -> bool:
    """Also of long ago: an old hiding place stays secret."""
    return jongere.geheimhouding or Adres.objects.filter(jongere=jongere, geheim=True).exists()


def warnings_of(jongere: Jongere, user: Gebruiker) -> list[str]:
    found = []
    if Afscherming.objects.open().filter(jongere=jongere).exists():
        found.append("Afgesloten dossier")
    if is_geheim(jongere):
        found.append("Geheim adres")
    if jongere.tolk:
        taal = f" ({jongere.voorkeurstaal})" if jongere.voorkeurstaal else ""
        found.append(f"Tolk nodig{taal}")
    for waarschuwer in UITBREIDINGEN.waarschuwers:
        found += waarschuwer(jongere, user)
    return found


def tabs_of(jongere: Jongere, user: Gebruiker, huidig: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": reverse(url, args=[jongere.uuid]), "huidig": naam == huidig}
        for naam, label, url, permission in TABS
        if user.may(permission)
    ]


class JongereMixin(RechtMixin):
    """View about one jongere: `self.jongere` is in sight of the user."""

    request: HttpRequest
    kwargs: dict[str, Any]
    tab = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]  # mixed into View
        self._jongere: Jongere | None = None

    @property
    def jongere(self) -> Jongere:
        if self._jongere is None:
            self._jongere = visible_jongere(self.request.user, self.kwargs["uuid"])
        return self._jongere

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(  # type: ignore[misc]  # mixed into a ContextMixin
            jongere=self.jongere,
            identiteit=identity_of(self.jongere, user),
            tabs=tabs_of(self.jongere, user, self.tab) if self.tab else [],
            **kwargs,
        )


class DossierMixin(JongereMixin):
    """Reading a part of the dossier leaves a trace in the same transaction."""

    permission = "dossier.lezen"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        record_read(self.jongere, by=request.user, onderdeel=self.tab or "dossier")
        response: HttpResponseBase = super().get(request, *args, **kwargs)  # type: ignore[misc]  # mixed into View
        return response
