"""Who may do what: one table of permissions, one question to ask it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, TextChoices

if TYPE_CHECKING:
    from accounts.models import Gebruiker


class Taak(TextChoices):
    LEERPLICHT = "leerplicht", "Leerplicht"
    DOORSTROOMPUNT = "doorstroompunt", "Doorstroompunt"
    OPSPORING = "opsporing", "Opsporing (Wpg)"
    BELEID = "beleid", "Beleid"
    BEHEER = "beheer", "Beheer"
    PRIVACY = "privacy", "Privacy"


class Rol(TextChoices):
    LEZER = "lezer", "Lezer"
    BEHANDELAAR = "behandelaar", "Behandelaar"
    LEIDINGGEVENDE = "leidinggevende", "Leidinggevende"


ZWAARTE: Mapping[str, int] = {Rol.LEZER: 1, Rol.BEHANDELAAR: 2, Rol.LEIDINGGEVENDE: 3}
UITVOEREND: frozenset[str] = frozenset({Taak.LEERPLICHT, Taak.DOORSTROOMPUNT})


@dataclass(frozen=True, slots=True)
class Recht:
    """One valid right of a user: this taak in this gemeente, at least in this role."""

    taak: str
    gemeente_id: int
    rol: str


@dataclass(frozen=True, slots=True)
class Politiezicht:
    """Why a user looks at police data now: a code for each youth, and who of them were found by
    a targeted search."""

    dag: date
    redenen: Mapping[int, str]
    gericht: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Permissie:
    """What a view, action, command or task asks: one of these taken, in at least this role."""

    taken: frozenset[str]
    rol: str

    def given_by(self, recht: Recht) -> bool:
        return recht.taak in self.taken and ZWAARTE[recht.rol] >= ZWAARTE[self.rol]


def _permissie(rol: str, *taken: str) -> Permissie:
    return Permissie(frozenset(taken), rol)


OPENBAAR = "openbaar"  # no login: the sign-in pages, the health check
INGELOGD = "ingelogd"  # every user with an account: help, own profile
SYSTEEM = "systeem"  # scheduled work and commands of the operator on the server

PERMISSIES: Mapping[str, Permissie] = {
    "dossier.lezen": _permissie(Rol.LEZER, Taak.LEERPLICHT, Taak.DOORSTROOMPUNT),
    "dossier.schrijven": _permissie(Rol.BEHANDELAAR, Taak.LEERPLICHT, Taak.DOORSTROOMPUNT),
    "dossier.wie_keek": _permissie(
        Rol.LEIDINGGEVENDE, Taak.LEERPLICHT, Taak.DOORSTROOMPUNT, Taak.PRIVACY
    ),
    "dossier.afschermen": _permissie(Rol.LEIDINGGEVENDE, Taak.LEERPLICHT, Taak.DOORSTROOMPUNT),
    # The second person for a closed dossier; sees a number, no name.
    "afscherming.beslissen": _permissie(
        Rol.LEIDINGGEVENDE, Taak.LEERPLICHT, Taak.DOORSTROOMPUNT, Taak.BEHEER
    ),
    "brief.beheren": _permissie(
        Rol.LEIDINGGEVENDE, Taak.LEERPLICHT, Taak.DOORSTROOMPUNT, Taak.BEHEER
    ),
    "vervanging.regelen": _permissie(Rol.LEIDINGGEVENDE, Taak.LEERPLICHT, Taak.DOORSTROOMPUNT),
    "bsn.tonen": _permissie(Rol.BEHANDELAAR, Taak.LEERPLICHT, Taak.DOORSTROOMPUNT),
    "adres.geheim": _permissie(Rol.BEHANDELAAR, Taak.LEERPLICHT, Taak.DOORSTROOMPUNT),
    # Health or belief behind an exemption (AVG 9).
    "vrijstelling.bijzonder": _permissie(Rol.BEHANDELAAR, Taak.LEERPLICHT),
    "leerplicht.lezen": _permissie(Rol.LEZER, Taak.LEERPLICHT),
    "leerplicht.schrijven": _permissie(Rol.BEHANDELAAR, Taak.LEERPLICHT),
    # Few eyes: also then only who began it or was brought in (leerplicht/models/meldcode.py).
    "meldcode.werken": _permissie(Rol.BEHANDELAAR, Taak.LEERPLICHT),
    "leerplicht.leiden": _permissie(Rol.LEIDINGGEVENDE, Taak.LEERPLICHT),
    # Who gets which work: the rules.
    "toewijzing.regelen": _permissie(Rol.LEIDINGGEVENDE, Taak.LEERPLICHT, Taak.BEHEER),
    "verzuimkaart.beheren": _permissie(Rol.LEIDINGGEVENDE, Taak.LEERPLICHT, Taak.BEHEER),
    "opsporing.lezen": _permissie(Rol.LEZER, Taak.OPSPORING),
    "opsporing.schrijven": _permissie(Rol.BEHANDELAAR, Taak.OPSPORING),
    "doorstroompunt.lezen": _permissie(Rol.LEZER, Taak.DOORSTROOMPUNT),
    "doorstroompunt.schrijven": _permissie(Rol.BEHANDELAAR, Taak.DOORSTROOMPUNT),
    "cijfers.lezen": _permissie(Rol.LEZER, Taak.BELEID, Taak.LEERPLICHT, Taak.DOORSTROOMPUNT),
    "verslag.lezen": _permissie(Rol.LEZER, Taak.BELEID),
    "verslag.schrijven": _permissie(Rol.BEHANDELAAR, Taak.BELEID),
    "verslag.vaststellen": _permissie(Rol.LEIDINGGEVENDE, Taak.BELEID),
    "pakket.inlezen": _permissie(Rol.BEHANDELAAR, Taak.BEHEER),
    "pakket.uitvoeren": _permissie(Rol.LEIDINGGEVENDE, Taak.BEHEER),
    "beheer.lezen": _permissie(Rol.LEZER, Taak.BEHEER),
    "beheer.schrijven": _permissie(Rol.BEHANDELAAR, Taak.BEHEER),
    "privacy.lezen": _permissie(Rol.LEZER, Taak.PRIVACY),
    "privacy.schrijven": _permissie(Rol.BEHANDELAAR, Taak.PRIVACY),
}


def may(user: "Gebruiker", permissie: str, gemeente_id: int | None = None) -> bool:
    """Whether the user has this permission, in this gemeente or (None) in any."""
    return any(
        gemeente_id is None or recht.gemeente_id == gemeente_id
        for recht in rights_for(user, permissie)
    )


def rights_for(user: "Gebruiker", permissie: str) -> list[Recht]:
    wanted = PERMISSIES[permissie]
    return [recht for recht in user.rechten if wanted.given_by(recht)]


def gemeenten_for(user: "Gebruiker", permissie: str) -> frozenset[int]:
    """Primary keys of the gemeenten in which the user has this permission."""
    return frozenset(recht.gemeente_id for recht in rights_for(user, permissie))


def gemeenten_of(user: "Gebruiker", *taken: str) -> frozenset[int]:
    """Primary keys of the gemeenten in which the user does one of these taken."""
    return frozenset(r.gemeente_id for r in user.rechten if r.taak in taken)


def by_taak_and_gemeente(rechten: Iterable[Recht], taken: Collection[str] = UITVOEREND) -> Q:
    """Filter for rows that carry their own `taak` and `gemeente`."""
    per_taak: dict[str, set[int]] = {}
    for recht in rechten:
        if recht.taak in taken:
            per_taak.setdefault(recht.taak, set()).add(recht.gemeente_id)
    allowed = Q(pk__in=())
    for taak, gemeenten in sorted(per_taak.items()):
        allowed |= Q(taak=taak, gemeente_id__in=sorted(gemeenten))
    return allowed


def valid_on(day: date) -> Q:
    """Bevoegdheden that hold on this day (half open: van <= day < tot) and wait for nobody."""
    return Q(van__lte=day, wacht=False) & (Q(tot__isnull=True) | Q(tot__gt=day))
