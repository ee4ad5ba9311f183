"""Files of the package: meldingen, werkprocessen, contacts, exemptions and measures."""

from casework.codes import (
    Contactkanaal,
    ContactMet,
    DuoStatus,
    Kanaal,
    Meldingsoort,
    Processtatus,
    Reden,
    Regime,
    Resultaat,
    Richting,
    Route,
    Stapsoort,
    Verzuimsoort,
    Werkprocessoort,
)
from koppelingen.pakket.kolom import Bestand, Volgorde, kolommen
from koppelingen.pakket.politie import VAN_WERKPROCES, politie
from leerplicht.codes import (
    Afdoening,
    Beslisser,
    Besluit,
    Grond,
    Haltresultaat,
    Verdachte,
    Verlofbesluit,
    Verlofsoort,
    Voorziening,
)

AMSTERDAM = "AT TIME ZONE 'Europe/Amsterdam'"

WERKPROCESSEN = Bestand(
    "werkprocessen",
    "casework.Werkproces",
    kolommen(
        "jongere_id*>jongeren soort*:c gestart_op*:d behandelaar_id>gebruikers gemeentecode:gem"
        " route:c status*:c gesloten_op:d resultaat:c toelichting regime:c",
        codes={
            "soort": Werkprocessoort,
            "route": Route,
            "status": Processtatus,
            "resultaat": Resultaat,
            "regime": Regime,
        },
        lijsten={"resultaat": "res"},
        standaard={"regime": "AVG"},
    ),
    volgorde=(Volgorde("gestart_op", "gesloten_op", "Het werkproces is gesloten voor het begon."),),
    niet_opgeslagen=frozenset({"gemeentecode"}),
    vast={
        "toestand": "CASE WHEN s.status = 'GESLOTEN' THEN 'afgesloten' ELSE 'onderzoek' END",
        "toestand_sinds": "COALESCE(s.gesloten_op, s.gestart_op)",
    },
    altijd={
        "taak": "CASE WHEN s.soort = 'VERZUIM_18PLUS' THEN 'doorstroompunt' ELSE 'leerplicht' END",
        "gemeente_opgegeven": "s.gemeentecode <> ''",
        **politie("casework_werkproces", "s.regime = 'WPG'", "s.gestart_op"),
    },
    bevries={"gemeente_id": "s.gestart_op", "gemeente_sluiting_id": "s.gesloten_op"},
    dossier_datum="s.gestart_op",
)

STAPPEN = Bestand(
    "werkproces_stappen",
    "casework.WerkprocesStap",
    kolommen(
        "werkproces_id*>werkprocessen volgorde*:i soort*:c gepland_op:d uitgevoerd_op:d"
        " uitvoerder_id>gebruikers uitkomst:t200 verslag",
        codes={"soort": Stapsoort},
    ),
    jongere="(SELECT w.jongere_id FROM casework_werkproces w WHERE w.id = s.r_werkproces_id)",
    wpg_volgt=True,
)

MELDINGEN = Bestand(
    "verzuimmeldingen",
    "casework.Verzuimmelding",
    kolommen(
        "jongere_id*>jongeren duo_meldingnummer:t40 kanaal:c soort*:c school_id>scholen"
        " melddatum*:d begindatum:d einddatum:d uren:n5.2 aantal_te_laat:i alle_lessen:b reden:c"
        " actie_school actie_gewenst:b melder_naam:t200 melder_functie:t100 melder_telefoon:t40"
        " melder_email:t200 status*:c reden_afgesloten:t200 afgesloten_op:d laatste_mutatie:dt"
        " werkproces_id>werkprocessen resultaat:c",
        codes={
            "kanaal": Kanaal,
            "soort": Meldingsoort,
            "reden": Reden,
            "status": DuoStatus,
            "resultaat": Resultaat,
        },
        lijsten={"resultaat": "res", "reden": "rdn"},
    ),
    volgorde=(Volgorde("begindatum", "einddatum", "Het verzuim eindigt voor het begint."),),
    # What was dealt with elsewhere does not come back into the triage list.
    vast={
        "beoordeeld_op": "CASE WHEN s.status NOT IN ('R', 'LOKAAL') OR s.resultaat <> ''"
        " OR s.r_werkproces_id IS NOT NULL"
        f" THEN (s.melddatum + time '12:00') {AMSTERDAM} END"
    },
    altijd={"taak": "(SELECT k.taak FROM taken k WHERE k.rij = s.rij)"},
    bevries={"gemeente_id": "s.melddatum"},
    dossier_datum="s.melddatum",
)

DAGEN = Bestand(
    "verzuimdagen",
    "casework.Verzuimdag",
    kolommen("melding_id*>verzuimmeldingen datum*:d hele_dag:b lesuren:t60 klokuren:n3.2"),
    sleutel=("melding_id", "datum"),
    natuurlijk="t.melding_id = s.r_melding_id AND t.datum = s.datum",
    jongere="(SELECT m.jongere_id FROM casework_verzuimmelding m WHERE m.id = s.r_melding_id)",
    uuid=False,
)

CONTACTMOMENTEN = Bestand(
    "contactmomenten",
    "casework.Contactmoment",
    kolommen(
        "jongere_id*>jongeren werkproces_id>werkprocessen datum*:dt kanaal*:c met:c richting:c"
        " preventief:b uitkomst:t200 verslag gebruiker_id>gebruikers",
        codes={"kanaal": Contactkanaal, "met": ContactMet, "richting": Richting},
        leeg={"preventief": "false"},
    ),
    altijd={
        "taak": "COALESCE((SELECT w.taak FROM casework_werkproces w"
        " WHERE w.id = s.r_werkproces_id),"
        " (SELECT CASE WHEN j.geboortedatum + interval '18 years'"
        f" <= (s.datum {AMSTERDAM})::date THEN 'doorstroompunt' ELSE 'leerplicht' END"
        " FROM casework_jongere j WHERE j.id = s.r_jongere_id))",
        **politie("casework_contactmoment", VAN_WERKPROCES, f"(s.datum {AMSTERDAM})::date"),
    },
    bevries={"gemeente_id": f"(s.datum {AMSTERDAM})::date"},
    wpg_volgt=True,
)

VRIJSTELLINGEN = Bestand(
    "vrijstellingen",
    "leerplicht.Vrijstelling",
    kolommen(
        "jongere_id*>jongeren grond*:c aanvraagdatum*:d nieuw:b begindatum*:d einddatum:d"
        " besluit*:c besluitdatum:d voorziening:c tot_einde_leerplicht:b terug_naar_school_op:d"
        " gemeld_duo_op:d werkproces_id>werkprocessen",
        codes={"grond": Grond, "besluit": Besluit, "voorziening": Voorziening},
        lijsten={"grond": "grd"},
    ),
    volgorde=(Volgorde("begindatum", "einddatum", "De vrijstelling eindigt voor zij begint."),),
    bevries={
        "gemeente_id": "s.begindatum",
        "gemeente_aanvraag_id": "s.aanvraagdatum",
        "gemeente_terug_id": "s.terug_naar_school_op",
    },
    dossier_taak="'leerplicht'",
    dossier_datum="s.begindatum",
)

VERLOF = Bestand(
    "verlof",
    "leerplicht.Verlof",
    kolommen(
        "jongere_id*>jongeren soort*:c van*:d tot*:d dagen:n4.1 ingediend_op:d beslisser:c"
        " besluit:c besluitdatum:d",
        codes={"soort": Verlofsoort, "beslisser": Beslisser, "besluit": Verlofbesluit},
    ),
    volgorde=(Volgorde("van", "tot", "Het verlof eindigt voor het begint."),),
    bevries={"gemeente_id": "s.van"},
)

HALT = Bestand(
    "halt",
    "leerplicht.Haltverwijzing",
    kolommen(
        "jongere_id*>jongeren melding_id>verzuimmeldingen werkproces_id>werkprocessen"
        " datum_verwijzing*:d uren:n5.2 aantal_te_laat:i instemming_jongere:b instemming_ouder:b"
        " datum_retour:d resultaat:c verzuimsoort:c",
        codes={"resultaat": Haltresultaat, "verzuimsoort": Verzuimsoort},
        lijsten={"verzuimsoort": "hvs"},
    ),
    volgorde=(
        Volgorde("datum_verwijzing", "datum_retour", "Halt meldde terug voor de verwijzing."),
    ),
    altijd=politie("leerplicht_haltverwijzing", VAN_WERKPROCES, "s.datum_verwijzing"),
    bevries={"gemeente_id": "s.datum_verwijzing"},
)

PROCESSEN_VERBAAL = Bestand(
    "processen_verbaal",
    "leerplicht.ProcesVerbaal",
    kolommen(
        "jongere_id*>jongeren melding_id>verzuimmeldingen werkproces_id>werkprocessen pv_nummer:t64"
        " verdachte:c verzuimsoort*:c pv_datum*:d verbalisant_id>gebruikers ingezonden_op:d"
        " afdoening:c zittingsdatum:d geldboete:n7.2 uitspraak",
        codes={"verdachte": Verdachte, "verzuimsoort": Verzuimsoort, "afdoening": Afdoening},
        lijsten={"verzuimsoort": "hvs"},
    ),
    altijd=politie("leerplicht_procesverbaal", "true", "s.pv_datum"),
    bevries={"gemeente_id": "s.pv_datum"},
    wpg_altijd=True,
)
