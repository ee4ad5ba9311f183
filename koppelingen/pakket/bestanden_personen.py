"""Files of the package: users, schools, persons and education (contract pakket.md)."""

from casework.codes import (
    Adressoort,
    Diplomasoort,
    Gegevensbron,
    Geslacht,
    Gezag,
    Herkomst,
    Leerweg,
    Onderwijssoort,
    Relatiesoort,
    Uitstroomprofiel,
)
from doorstroompunt.models import VsvCijfer
from koppelingen.pakket.kolom import Bestand, Volgorde, kolommen

BRP_OF_EIGEN = [Gegevensbron.BRP.value, Gegevensbron.EIGEN.value]
DUO_OF_EIGEN = [Gegevensbron.DUO.value, Gegevensbron.EIGEN.value]
NAMEN = "achternaam*:t200 voorvoegsel:t10 voornamen:t200"

GEBRUIKERS = Bestand(
    "gebruikers",
    "accounts.Gebruiker",
    kolommen("naam*:t200 functie:t100 email:t254 actief:b"),
    niet_opgeslagen=frozenset({"actief", "email"}),
    # Authors cannot log in: not active, and a password that matches nothing.
    vast={
        "is_active": "false",
        "password": "'!' || md5(random()::text)",
        "aangemaakt_op": "now()",
    },
    # An address that is in use stays with its owner.
    altijd={
        "email": "CASE WHEN s.email <> '' AND NOT EXISTS (SELECT 1 FROM accounts_gebruiker g"
        " WHERE lower(g.email) = lower(s.email) AND g.id <> s.object_id)"
        " AND NOT EXISTS (SELECT 1 FROM ok o WHERE lower(o.email) = lower(s.email)"
        " AND o.rij < s.rij) THEN lower(s.email) END"
    },
    # No package changes a colleague who can log in.
    wijzig_als="NOT t.is_active",
    uuid=False,
)

SCHOLEN = Bestand(
    "scholen",
    "casework.School",
    kolommen("naam*:t200 brin:t10 vestigingscode:t10 soort:t20 plaats:t100 gemeentecode:gem"),
    altijd={"zoeknaam": "s.zoeknaam"},
    # What DUO or a colleague entered about a known vestiging stays.
    natuurlijk="t.vestigingscode = s.vestigingscode AND s.vestigingscode <> ''",
    koppel_overschrijft=False,
)

JONGEREN = Bestand(
    "jongeren",
    "casework.Jongere",
    kolommen(
        f"bsn:bsn onderwijsnummer:nr {NAMEN} roepnaam:t100 geboortedatum*:gd geslacht:c"
        " geboorteland:cc gemeentecode:gem gezin_id:t64 geheimhouding:b datum_overlijden:d"
        " datum_vestiging_nl:d datum_vertrek:d herkomst:c telefoon:t40 email:t200"
        " voorkeurstaal:t40 tolk:b opmerking",
        codes={"geslacht": Geslacht, "herkomst": Herkomst},
        standaard={"geslacht": "?"},
        leeg={"geheimhouding": "false", "tolk": "false"},
    ),
    volgorde=(
        Volgorde(
            "geboortedatum", "datum_overlijden", "De overlijdensdatum ligt voor de geboortedatum."
        ),
    ),
    altijd={"zoeknaam": "s.zoeknaam", "sorteernaam": "s.sorteernaam"},
)

RELATIES = Bestand(
    "relaties",
    "casework.Relatie",
    kolommen(
        f"jongere_id*>jongeren soort*:c bsn:bsn {NAMEN} geboortedatum:gd gezag:c contactpersoon:b"
        " telefoon:t40 email:t200 adres_zelfde:b van:d tot:d herkomst:c",
        codes={"soort": Relatiesoort, "gezag": Gezag, "herkomst": BRP_OF_EIGEN},
        standaard={"gezag": "ONBEKEND"},
    ),
    volgorde=(Volgorde("van", "tot", "De einddatum ligt voor de begindatum."),),
)

ADRESSEN = Bestand(
    "adressen",
    "casework.Adres",
    kolommen(
        "jongere_id>jongeren relatie_id>relaties soort:c straat:t100 huisnummer:i huisletter:t5"
        " toevoeging:t10 postcode:t10 woonplaats:t100 gemeentecode:gem land:t60 geheim:b"
        " van:d tot:d",
        codes={"soort": Adressoort},
        standaard={"soort": "WOON"},
        leeg={"geheim": "false"},
    ),
    een_van=("jongere_id", "relatie_id"),
    volgorde=(Volgorde("van", "tot", "De einddatum van het adres ligt voor de begindatum."),),
)

INSCHRIJVINGEN = Bestand(
    "inschrijvingen",
    "casework.Inschrijving",
    kolommen(
        "jongere_id*>jongeren school_id*>scholen onderwijssoort*:c uitstroomprofiel:c leerjaar:i"
        " opleidingscode:t20 opleidingsnaam:t200 leerweg:c bekostigd:b begindatum*:d einddatum:d"
        " reden_einde:t200 herkomst:c",
        codes={
            "onderwijssoort": Onderwijssoort,
            "uitstroomprofiel": Uitstroomprofiel,
            "leerweg": Leerweg,
            "herkomst": DUO_OF_EIGEN,
        },
        standaard={"bekostigd": "J"},
    ),
    volgorde=(Volgorde("begindatum", "einddatum", "De inschrijving eindigt voor zij begint."),),
)

DIPLOMAS = Bestand(
    "diplomas",
    "casework.Diploma",
    kolommen(
        "jongere_id*>jongeren soort:c naam:t200 niveau:t40 datum*:d startkwalificatie*:b",
        codes={"soort": Diplomasoort},
    ),
)

VSV_DUO = Bestand(
    "vsv_duo",
    "doorstroompunt.VsvCijfer",
    kolommen(
        "gebied_soort*:c gebied_code:t20 gebied_naam*:t100 schooljaar*:sj onderwijssoort:c niveau:c"
        " startpopulatie:i vsv:i percentage:n3.4 niet_terug_pct:n3.4 status*:c publicatie:d",
        codes={
            "gebied_soort": VsvCijfer.Gebiedsoort,
            "onderwijssoort": VsvCijfer.Onderwijs,
            "niveau": ["1", "2", "3", "4"],
            "status": VsvCijfer.Status,
        },
        standaard={"onderwijssoort": "totaal"},
    ),
    sleutel=(
        "gebied_soort",
        "gebied_code",
        "gebied_naam",
        "schooljaar",
        "onderwijssoort",
        "niveau",
        "status",
        "publicatie",
    ),
    niet_opgeslagen=frozenset({"schooljaar"}),
    altijd={"beginjaar": "s.schooljaar"},
    natuurlijk=(
        "t.gebied_soort = s.gebied_soort AND t.gebied_code = s.gebied_code"
        " AND t.gebied_naam = s.gebied_naam AND t.beginjaar = s.schooljaar"
        " AND t.onderwijssoort = s.onderwijssoort AND t.niveau = s.niveau"
        " AND t.status = s.status AND t.publicatie IS NOT DISTINCT FROM s.publicatie"
    ),
    uuid=False,
)
