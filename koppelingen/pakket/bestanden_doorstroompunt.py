"""Files of the package: trajecten of the Doorstroompunt, and documents."""

from casework.codes import Documentsoort, Onderwijssoort, Regime
from doorstroompunt.codes import (
    TRAJECTREDENEN,
    Bronmelding,
    Doelstatus,
    Fase,
    Intensiteit,
    Leefgebied,
    Pogingkanaal,
    Pogingresultaat,
    Trajectsoort,
    Trajectstatus,
    Uitstroom,
)
from koppelingen.pakket.kolom import Bestand, Volgorde, kolommen
from koppelingen.pakket.politie import VAN_WERKPROCES, politie

VAN_TRAJECT = "(SELECT x.jongere_id FROM doorstroompunt_traject x WHERE x.id = s.r_traject_id)"

TRAJECTEN = Bestand(
    "trajecten",
    "doorstroompunt.Traject",
    kolommen(
        "jongere_id*>jongeren soort*:c bron_melding:c datum_melding*:d datum_uitval:d"
        " laatste_onderwijssoort:c reden:c benaderd_op:d begeleid_van:d intensiteit:c"
        " behandelaar_id>gebruikers status:c gesloten_op:d uitstroom:c uitstroom_onderwijs:c"
        " volgende_benadering:d",
        codes={
            "soort": Trajectsoort,
            "bron_melding": Bronmelding,
            "laatste_onderwijssoort": Onderwijssoort,
            "reden": [code for code, _ in TRAJECTREDENEN],
            "intensiteit": Intensiteit,
            "status": Trajectstatus,
            "uitstroom": Uitstroom,
            "uitstroom_onderwijs": Onderwijssoort,
        },
        lijsten={
            "uitstroom": "uit",
            "reden": "rdn",
            "laatste_onderwijssoort": "onderwijssoort",
            "uitstroom_onderwijs": "onderwijssoort",
        },
    ),
    volgorde=(Volgorde("datum_melding", "gesloten_op", "Het traject is gesloten voor het begon."),),
    vast={
        "toestand": "CASE WHEN s.status = 'GESLOTEN' THEN 'afgesloten'"
        " WHEN s.begeleid_van IS NOT NULL THEN 'in_begeleiding'"
        " WHEN s.benaderd_op IS NOT NULL THEN 'in_benadering' ELSE 'te_benaderen' END",
        "toestand_sinds": "CASE WHEN s.status = 'GESLOTEN' THEN s.gesloten_op"
        " ELSE COALESCE(s.begeleid_van, s.benaderd_op, s.datum_melding) END",
    },
    bevries={
        "gemeente_id": "s.datum_melding",
        "gemeente_uitval_id": "s.datum_uitval",
        "gemeente_benaderd_id": "s.benaderd_op",
    },
    dossier_taak="'doorstroompunt'",
    dossier_datum="s.datum_melding",
)

FASEN = Bestand(
    "trajectfasen",
    "doorstroompunt.Trajectfase",
    kolommen(
        "traject_id*>trajecten fase*:c van*:d tot:d uitkomst:c instrument:t200",
        codes={"fase": Fase, "uitkomst": Uitstroom},
        lijsten={"uitkomst": "uit"},
    ),
    volgorde=(Volgorde("van", "tot", "De fase eindigt voor zij begint."),),
    bevries={"gemeente_id": "s.van"},
    jongere=VAN_TRAJECT,
)

POGINGEN = Bestand(
    "contactpogingen",
    "doorstroompunt.Contactpoging",
    kolommen(
        "traject_id*>trajecten datum*:dt kanaal*:c resultaat*:c door_partner:b uitkomst:c"
        " uitvoerder_id>gebruikers opmerking",
        codes={"kanaal": Pogingkanaal, "resultaat": Pogingresultaat, "uitkomst": Uitstroom},
        lijsten={"uitkomst": "uit"},
        leeg={"door_partner": "false"},
    ),
    bevries={"gemeente_id": "(s.datum AT TIME ZONE 'Europe/Amsterdam')::date"},
    jongere=VAN_TRAJECT,
)

PLANNEN = Bestand(
    "plannen",
    "doorstroompunt.Plan",
    kolommen(
        "traject_id*>trajecten leefgebied*:c doel* actie wie:t200 status:c datum:d",
        codes={"leefgebied": Leefgebied, "status": Doelstatus},
    ),
    jongere=VAN_TRAJECT,
)

DOCUMENTEN = Bestand(
    "documenten",
    "casework.Document",
    kolommen(
        "jongere_id*>jongeren werkproces_id>werkprocessen traject_id>trajecten pad*:pad"
        " bestandsnaam*:t255 titel:t200 soort:c datum:d bytes*:i sha256*:t64 regime:c",
        codes={"soort": Documentsoort, "regime": Regime},
        standaard={"regime": "AVG"},
    ),
    niet_opgeslagen=frozenset({"pad", "traject_id"}),
    altijd={
        "bestand": "s.opslag",
        **politie(
            "casework_document",
            f"(s.regime = 'WPG' OR {VAN_WERKPROCES})",
            "COALESCE(s.datum, current_date)",
        ),
        "taak": "CASE WHEN s.r_traject_id IS NOT NULL THEN 'doorstroompunt' ELSE COALESCE("
        "(SELECT w.taak FROM casework_werkproces w WHERE w.id = s.r_werkproces_id),"
        " 'leerplicht') END",
    },
    bevries={"gemeente_id": "COALESCE(s.datum, current_date)"},
)
