"""The main menu: one table, cut to what the user may do."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from accounts.models import Gebruiker


@dataclass(frozen=True, slots=True)
class Item:
    label: str
    url_name: str
    permission: str | None = None  # None: everyone who is logged in
    groep: str = ""
    ook: tuple[str, ...] = ()  # other addresses that belong to this item


NAVIGATIE: tuple[Item, ...] = (
    Item("Mijn dag", "leerplicht:mijn_dag", "leerplicht.lezen", "Leerplicht"),
    Item("Meldingen", "leerplicht:meldingen", "leerplicht.lezen", "Leerplicht", ("/melding/",)),
    Item("Teamlijst", "leerplicht:teamlijst", "leerplicht.lezen", "Leerplicht"),
    Item(
        "Werkprocessen",
        "leerplicht:werkprocessen",
        "leerplicht.lezen",
        "Leerplicht",
        ("/werkproces/",),
    ),
    Item(
        "Vrijstellingen",
        "leerplicht:vrijstellingen",
        "leerplicht.lezen",
        "Leerplicht",
        ("/vrijstelling/",),
    ),
    Item("Verlof", "leerplicht:verloven", "leerplicht.lezen", "Leerplicht", ("/verlof/",)),
    Item("Absoluut verzuim", "leerplicht:absoluut_verzuim", "leerplicht.lezen", "Leerplicht"),
    Item(
        "Thuiszitters",
        "leerplicht:thuiszitters",
        "leerplicht.lezen",
        "Leerplicht",
        ("/thuiszitter/",),
    ),
    Item(
        "SVB en Arbeidsinspectie",
        "leerplicht:meldplichten",
        "leerplicht.lezen",
        "Leerplicht",
        ("/meldplicht/",),
    ),
    Item("Meldcode", "leerplicht:meldcodes", "meldcode.werken", "Leerplicht"),
    Item("Spreekuur", "leerplicht:spreekuren", "leerplicht.lezen", "Leerplicht"),
    Item("Preventie", "leerplicht:preventie", "leerplicht.lezen", "Leerplicht"),
    Item("Werk verdelen", "leerplicht:werkverdeling", "leerplicht.leiden", "Leerplicht"),
    Item(
        "Halt en proces-verbaal",
        "leerplicht:haltzaken",
        "opsporing.lezen",
        "Leerplicht",
        ("/strafzaak/", "/strafzaken/"),
    ),
    Item(
        "Politiegegevens",
        "casework:politie",
        "opsporing.lezen",
        "Leerplicht",
        ("/onderzoeken/", "/verstrekkingen/"),
    ),
    Item("Mijn jongeren", "doorstroompunt:mijn_jongeren", "doorstroompunt.lezen", "Doorstroompunt"),
    Item(
        "Trajecten",
        "doorstroompunt:trajecten",
        "doorstroompunt.lezen",
        "Doorstroompunt",
        ("/doorstroompunt/traject/", "/doorstroompunt/poging/", "/doorstroompunt/doel/"),
    ),
    Item("Verzuim 18+", "doorstroompunt:verzuim", "doorstroompunt.lezen", "Doorstroompunt"),
    Item("Vsv-lijsten", "doorstroompunt:lijsten", "doorstroompunt.lezen", "Doorstroompunt"),
    Item("Monitor", "doorstroompunt:monitor", "doorstroompunt.lezen", "Doorstroompunt"),
    Item("Mijn agenda", "casework:agenda", "dossier.lezen", "Registratie", ("/afspraak/",)),
    Item("Jongeren", "casework:jongeren", "dossier.lezen", "Registratie", ("/jongere/",)),
    Item("Brieven", "casework:brieven", "dossier.schrijven", "Registratie", ("/brieven/",)),
    Item("Scholen", "casework:scholen", "dossier.lezen", "Registratie", ("/school/",)),
    Item("Noodtoegang", "casework:noodtoegangen", "privacy.lezen", "Toezicht"),
    Item(
        "Verzoeken",
        "casework:verzoeken",
        "privacy.lezen",
        "Toezicht",
        ("/privacy/verzoek/", "/privacy/inzage/", "/privacy/rectificatie/"),
    ),
    Item(
        "Bewaren en vernietigen",
        "casework:bewaren",
        "privacy.lezen",
        "Toezicht",
        ("/privacy/vernietiging/", "/privacy/bewaarstop/"),
    ),
    Item("Datalekken", "casework:datalekken", "privacy.lezen", "Toezicht", ("/privacy/datalek/",)),
    Item("Cijfers", "reporting:cijfers", "cijfers.lezen", "Cijfers en verslag"),
    Item("Jaarverslag", "reporting:verslagen", "verslag.lezen", "Cijfers en verslag"),
    Item("Opgaven", "reporting:opgaven", "verslag.lezen", "Cijfers en verslag"),
    Item("Inlezen en uitvoeren", "koppelingen:pakketten", "pakket.inlezen", "Beheer"),
    Item("Gebruikers en rechten", "accounts:gebruikers", "beheer.lezen", "Beheer"),
    Item("Toegangscontrole", "accounts:toegangscontrole", "beheer.lezen", "Beheer"),
    Item(
        "Afgesloten dossiers",
        "casework:afschermingen",
        "afscherming.beslissen",
        "Toezicht",
        ("/afscherming/",),
    ),
    Item(
        "Brieven: teksten", "casework:briefteksten", "brief.beheren", "Beheer", ("/briefteksten/",)
    ),
    Item("Toewijzing", "leerplicht:toewijzing", "toewijzing.regelen", "Beheer"),
    Item("Verzuimkaart", "leerplicht:verzuimkaart", "verzuimkaart.beheren", "Beheer"),
    Item("Logboek", "accounts:logboek", "privacy.lezen", "Beheer"),
    Item(
        "Verwijderde politiegegevens",
        "casework:politie_verwijderd",
        "privacy.schrijven",
        "Beheer",
    ),
)


@dataclass(slots=True)
class Regel:
    label: str
    url: str
    huidig: bool
    binnen: bool


@dataclass(slots=True)
class Groep:
    naam: str
    items: list[Regel] = field(default_factory=list)


def menu_for(user: Gebruiker, request: HttpRequest) -> list[Groep]:
    groepen: dict[str, Groep] = {}
    for item, url in _allowed(user):
        inside = request.path.startswith((url, *item.ook)) and url != "/"
        regel = Regel(item.label, url, request.path == url, inside)
        groepen.setdefault(item.groep, Groep(item.groep)).items.append(regel)
    return list(groepen.values())


def _allowed(user: Gebruiker) -> Iterator[tuple[Item, str]]:
    for item in NAVIGATIE:
        if item.permission is not None and not user.may(item.permission):
            continue
        try:
            yield item, reverse(item.url_name)
        except NoReverseMatch:  # the page is part of an app that is not installed here
            continue
