"""What an inzage shows of each table, and what it leaves out and why.

Every model and every field with data of a youth is named here once; a test walks all models and
fails on one that is not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

TECHNISCH: Final = "nummer, sleutel of zoekkolom van het programma"
DERDE: Final = "gaat over een ander"
POLITIE: Final = "alleen bij politiegegevens, en die staan hier nooit in"
BESTAND: Final = "het bestand zelf; u geeft het apart mee na controle op gegevens van anderen"
_ALTIJD: Final = "id uuid jongere gemeente werkproces"
_WPG: Final = "regime eerste_verwerking herkomst wpg_grond categorie onderzoek verwijderd_op"


@dataclass(frozen=True, slots=True)
class Tabel:
    """One table of the package: the way to the youth, the fields shown and those left out."""

    label: str
    titel: str
    pad: str
    velden: str  # names with a space between
    weg: Mapping[str, str] = field(default_factory=dict)
    # Lookups that must not hold: rows that hang on police data.
    zonder: Mapping[str, object] = field(default_factory=dict)

    @property
    def namen(self) -> list[str]:
        return self.velden.split()


def _weg(**redenen: str) -> dict[str, str]:
    """ "derde="a b"" as {"a": DERDE, "b": DERDE}, with what every table leaves out."""
    woorden = {"technisch": TECHNISCH, "derde": DERDE, "politie": POLITIE, "bestand": BESTAND}
    found = dict.fromkeys(_ALTIJD.split(), TECHNISCH)
    for soort, velden in redenen.items():
        found |= dict.fromkeys(velden.split(), woorden[soort])
    return found


_MET_WPG: Final = {"werkproces__regime": "WPG"}
TABELLEN: Final[tuple[Tabel, ...]] = (
    Tabel(
        "casework.jongere", "Persoon", "pk",
        (
            "bsn onderwijsnummer achternaam voorvoegsel voornamen roepnaam geboortedatum"
            " geboortedatum_precisie geslacht geboorteland gemeente geheimhouding"
            " datum_overlijden datum_vestiging_nl datum_vertrek herkomst telefoon email"
            " voorkeurstaal tolk opmerking schooljaren_voltooid"
        ),
        _weg(technisch="bsn_index onderwijsnummer_index zoeknaam sorteernaam gezin_id"),
    ),
    Tabel(
        "casework.adres", "Adressen", "jongere",
        (
            "soort straat huisnummer huisletter toevoeging postcode woonplaats gemeente"
            " land geheim van tot"
        ),
        _weg(derde="relatie"),
    ),
    Tabel(
        "casework.relatie", "Ouders en anderen om de jongere, zonder naam", "jongere",
        "soort gezag contactpersoon van tot herkomst",
        _weg(
            technisch="bsn_index",
            derde="bsn achternaam voorvoegsel voornamen geboortedatum geboortedatum_precisie"
            " telefoon email adres_zelfde",
        ),
    ),
    Tabel(
        "casework.dossier", "Dossiers", "jongere",
        "taak gemeente behandelaar geopend_op gesloten_op", _weg(),
    ),
    Tabel(
        "casework.inschrijving", "Inschrijvingen op school", "jongere",
        (
            "school onderwijssoort uitstroomprofiel leerjaar opleidingscode"
            " opleidingsnaam leerweg bekostigd begindatum einddatum reden_einde herkomst"
        ),
        _weg(),
    ),
    Tabel(
        "casework.diploma", "Diploma's", "jongere",
        "soort naam niveau datum startkwalificatie", _weg(),
    ),
    Tabel(
        "casework.verzuimmelding", "Verzuimmeldingen", "jongere",
        (
            "taak duo_meldingnummer kanaal soort vastgestelde_soort soort_reden"
            " soort_vastgesteld_op soort_vastgesteld_door school melddatum"
            " begindatum einddatum uren aantal_te_laat alle_lessen reden actie_school"
            " actie_gewenst melder_functie status reden_afgesloten afgesloten_op"
            " laatste_mutatie resultaat behandelaar beoordeeld_op beoordeeld_door"
        ),
        _weg(derde="melder_naam melder_telefoon melder_email"),
    ),
    Tabel(
        "casework.verzuimdag", "Dagen van verzuim", "melding__jongere",
        "datum hele_dag lesuren klokuren", _weg(technisch="melding"),
    ),
    Tabel(
        "casework.statusbericht", "Berichten aan DUO over een melding", "jongere",
        (
            "taak nieuwe_status reden_afgesloten toelichting stand aangemaakt_op verzonden_op"
            " antwoord_op"
        ),
        _weg(
            technisch="bericht_id melding gezien_mutatie poging foutcode fouttekst",
            derde="contact_naam contact_functie contact_email",
        ),
        {"melding__werkproces__regime": "WPG"},
    ),
    Tabel(
        "casework.werkproces", "Werkprocessen", "jongere",
        (
            "taak soort gestart_op behandelaar route status toestand toestand_sinds"
            " gesloten_op resultaat toelichting"
        ),
        _weg(technisch="gemeente_sluiting gemeente_opgegeven", politie=_WPG),
    ),
    Tabel(
        "casework.werkprocesstap", "Stappen van werkprocessen", "werkproces__jongere",
        (
            "volgorde soort stap van_toestand naar_toestand gepland_op uitgevoerd_op"
            " uitvoerder uitkomst verslag gegevens"
        ),
        _weg(), {**_MET_WPG, "soort": "PV"},
    ),
    Tabel(
        "casework.contactmoment", "Contacten en notities", "jongere",
        "taak datum kanaal met richting preventief uitkomst verslag gebruiker",
        _weg(politie=f"{_WPG} oordeel"), _MET_WPG,
    ),
    Tabel(
        "casework.afspraak", "Afspraken", "jongere",
        "taak soort begin einde plaats met wie school uitkomst gebruiker",
        _weg(politie=_WPG), _MET_WPG,
    ),
    Tabel(
        "casework.actie", "Taken van medewerkers", "jongere",
        (
            "taak omschrijving vervalt_op grondslag toegewezen_aan aangemaakt_op"
            " gedaan_op gedaan_door"
        ),
        _weg(politie=_WPG), _MET_WPG,
    ),
    Tabel(
        "casework.document", "Documenten", "jongere",
        "taak titel soort datum bestandsnaam bytes",
        _weg(politie=_WPG, technisch="sha256 adres_geheim", bestand="bestand"), _MET_WPG,
    ),
    Tabel(
        "casework.brief", "Brieven", "jongere",
        "taak soort partij onderwerp tekst datum status verstuurd_op",
        _weg(
            politie=_WPG,
            technisch="ronde afspraak document geheim melding verzuimmelding moment adres",
            derde="relatie tweede school aan",
        ),
        _MET_WPG,
    ),
    Tabel(
        "casework.aangeboden", "Documenten die nog wachten op controle", "jongere",
        "taak titel soort datum bestandsnaam bytes aangeboden_op geweigerd_op",
        _weg(politie=_WPG, technisch="sha256", bestand="bestand", derde="gebruiker"), _MET_WPG,
    ),
    Tabel(
        "leerplicht.vrijstelling", "Vrijstellingen", "jongere",
        (
            "grond aanvraagdatum nieuw begindatum einddatum besluit besluitdatum"
            " voorziening tot_einde_leerplicht terug_naar_school_op gemeld_duo_op"
            " verklaring_datum verklaring_door verklaring_hoedanigheid nooit_geschikt te_laat"
            " bijzondere_omstandigheid reden_einde"
        ),
        _weg(technisch="gemeente_aanvraag gemeente_terug"),
    ),
    Tabel(
        "leerplicht.verlof", "Verlof", "jongere",
        (
            "soort van tot dagen ingediend_op beslisser besluit besluitdatum school omstandigheid"
            " plichtdagen aard_beroep toelichting dagen_toegekend motivering"
        ),
        _weg(),
    ),
    Tabel(
        "leerplicht.luxeverzuim", "Luxeverzuim", "jongere",
        "van tot verlof oordeel oordeel_op motivering",
        _weg(technisch="gezinszaak"), _MET_WPG,
    ),
    Tabel(
        "leerplicht.noshow", "Lijst van wie na de zomer niet verscheen", "jongere",
        "gezien resultaat notitie bijgewerkt_op", _weg(technisch="actie"),
    ),
    Tabel(
        "leerplicht.overdracht", "Overdracht aan een collega", "jongere",
        "van naar door notitie op gelezen_op", _weg(),
    ),
    Tabel(
        "leerplicht.thuiszitter", "Thuiszitten", "jongere",
        (
            "bron sinds label_op geoorloofd reden plan_op aanbod_op doorzetting_op"
            " doorzetting_besluit einde_op resultaat"
        ),
        _weg(technisch="melding regisseur", derde="doorzetting_door"), _MET_WPG,
    ),
    Tabel(
        "leerplicht.thuiszitterafspraak", "Afspraken over thuiszitten", "thuiszitter__jongere",
        "tekst uiterlijk_op gedaan_op", _weg(technisch="thuiszitter tafel", derde="eigenaar"),
        {"thuiszitter__werkproces__regime": "WPG"},
    ),
    Tabel(
        "leerplicht.tafelpunt", "Besproken aan de thuiszitterstafel", "thuiszitter__jongere",
        "besproken", _weg(technisch="thuiszitter tafel"),
        {"thuiszitter__werkproces__regime": "WPG"},
    ),
    Tabel(
        "leerplicht.overleg", "Overleg met andere organisaties", "jongere",
        "datum grondslag grondslag_uitleg ouders_weten_op verslag",
        _weg(derde="gemaakt_door"),
    ),
    Tabel(
        "leerplicht.overlegdeelnemer", "Wie bij het overleg waren", "overleg__jongere",
        "organisatie functie", _weg(technisch="overleg"),
    ),
    Tabel(
        "leerplicht.zorgsignaal", "Zorgmeldingen", "jongere",
        "soort datum ouders_weten_op toelichting", _weg(derde="gemaakt_door"),
    ),
    Tabel(
        "leerplicht.plaatswacht", "Wachten op een plaats", "jongere",
        "soort aangevraagd_op klaar_op geplaatst", _weg(),
    ),
    Tabel(
        "leerplicht.haltverwijzing", "Verwijzingen naar Halt", "jongere",
        (
            "datum_verwijzing uren aantal_te_laat instemming_jongere instemming_ouder"
            " datum_retour resultaat verzuimsoort"
        ),
        _weg(politie=_WPG, technisch="melding"), _MET_WPG,
    ),
    Tabel(
        "doorstroompunt.traject", "Trajecten", "jongere",
        (
            "soort bron_melding datum_melding datum_uitval laatste_onderwijssoort reden"
            " benaderd_op begeleid_van intensiteit behandelaar status toestand"
            " toestand_sinds gesloten_op uitstroom uitstroom_onderwijs volgende_benadering"
            " overleg_school_op overleg_school_reden"
        ),
        _weg(technisch="gemeente_uitval gemeente_benaderd melding"),
    ),
    Tabel(
        "doorstroompunt.trajectstap", "Stappen van trajecten", "traject__jongere",
        "datum stap van_toestand naar_toestand gebruiker toelichting gegevens",
        _weg(technisch="traject"),
    ),
    Tabel(
        "doorstroompunt.trajectfase", "Fasen van trajecten", "traject__jongere",
        "fase van tot uitkomst instrument", _weg(technisch="traject"),
    ),
    Tabel(
        "doorstroompunt.contactpoging", "Pogingen om contact te krijgen", "traject__jongere",
        "datum kanaal resultaat door_partner uitkomst uitvoerder opmerking",
        _weg(technisch="traject"),
    ),
    Tabel(
        "doorstroompunt.plan", "Doelen van het plan", "traject__jongere",
        "leefgebied doel actie status datum",
        _weg(technisch="traject", derde="wie"),
    ),
    Tabel(
        "casework.verzoek", "Verzoeken over deze gegevens", "jongere",
        (
            "soort regime aanvrager ontvangen_op uiterlijk_op verlengd_op"
            " verlenging_reden besluit besluit_reden besloten_op besloten_door"
        ),
        _weg(derde="vertegenwoordiger vastgelegd_door", technisch="gezag_gecontroleerd"),
        {"regime": "WPG"},
    ),
    Tabel(
        "casework.rectificatie", "Verbeterde gegevens", "jongere",
        "object_type veld oud nieuw reden op",
        _weg(technisch="verzoek object_id", derde="door"),
    ),
)  # fmt: skip  # read as a table

# Models with a row per youth that an inzage does not show.
WEGGELATEN: Final[Mapping[str, str]] = {
    "leerplicht.thuiszitterstafel": "een overleg; wat over u is besproken staat bij Besproken",
    "casework.afscherming": "wie het dossier mag zien: gaat over de beveiliging",
    "casework.afscherminglid": "namen van medewerkers",
    "casework.afschermingverzoek": "namen van medewerkers",
    "casework.betrokkenheid": "gaat over een medewerker",
    "casework.noodtoegang": "gaat over een medewerker; staat in de lijst van verwerkingen",
    "casework.onderzoek": "politiegegeven: verzoek onder de Wpg",
    "casework.betrokkene": "politiegegeven: verzoek onder de Wpg",
    "casework.regimeverzoek": "politiegegeven: verzoek onder de Wpg",
    "casework.verstrekking": "politiegegeven: verzoek onder de Wpg",
    "leerplicht.haltzaak": "politiegegeven: verzoek onder de Wpg",
    **dict.fromkeys(
        ("leerplicht.meldcodetraject", "leerplicht.meldcodestap", "leerplicht.meldcodelid"),
        "veiligheid van het kind: de gemeente beoordeelt zo'n verzoek apart (AVG 23)",
    ),
    "leerplicht.strafzaak": "politiegegeven: verzoek onder de Wpg",
    "leerplicht.verhoor": "politiegegeven: verzoek onder de Wpg",
    "leerplicht.procesverbaal": "politiegegeven: verzoek onder de Wpg",
    "casework.inzage": "dit pakket zelf",
    "casework.kennisgeving": "wie bericht kreeg; staat bij verstrekkingen",
    "casework.bewaarstop": "waarom gegevens langer blijven: gaat ook over procedures van anderen",
    "casework.vernietigingsregel": "alleen nummers",
    "doorstroompunt.trajectdocument": "koppeling zonder eigen gegevens",
    "doorstroompunt.trajectmelding": "koppeling zonder eigen gegevens",
    "koppelingen.bronsleutel": "nummer van het record in het vorige systeem",
    "koppelingen.quarantaine": "afgekeurde rijen, versleuteld en zonder koppeling met een persoon",
    "koppelingen.persoonsvraag": "vergelijkt twee personen",
    "koppelingen.uitvoer": "staat bij verstrekkingen",
}
