"""Small packages for the tests, written by hand."""

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.core.management import call_command
from django.db import connection

BRON = "proefsysteem"
# Fictional BSNs that pass the elfproef.
BSN1, BSN2, BSN3 = "910000001", "910000013", "910000025"

JONGEREN = "bron_id;bsn;onderwijsnummer;achternaam;voornamen;geboortedatum;gemeentecode\n"
EEN_JONGERE = JONGEREN + f"j1;{BSN1};;Jansen;Sam;2010-05-01;0637\n"
SCHOOL = "bron_id;naam;brin;vestigingscode\ns1;Proefcollege;00ZZ;00ZZ01\n"
MELDINGEN = "bron_id;jongere_id;soort;melddatum;begindatum;status;resultaat;werkproces_id\n"


def manifest_of(files: dict[str, bytes], **anders: Any) -> bytes:
    rows = [
        {
            "naam": naam,
            "rijen": max(data.count(b"\n") - 1, 0),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        for naam, data in files.items()
        if naam.endswith(".csv")
    ]
    manifest = {
        "pakketversie": 1,
        "bronsysteem": BRON,
        "bronversie": "1",
        "gemeentecodes": ["0637"],
        "peilmoment": "2025-12-01T12:00:00+01:00",
        "schooljaren": ["2025-2026"],
        "bestanden": rows,
    }
    return json.dumps(manifest | anders).encode()


def as_files(bestanden: dict[str, str | bytes]) -> dict[str, bytes]:
    """ "jongeren" becomes jongeren.csv; a name with a dot or slash stays."""
    return {
        naam if "." in naam or "/" in naam else f"{naam}.csv": (
            data.encode() if isinstance(data, str) else data
        )
        for naam, data in bestanden.items()
    }


def make_map(pad: Path, bestanden: dict[str, str | bytes], **manifest: Any) -> Path:
    """A folder with these files and a manifest that fits them."""
    files = as_files(bestanden)
    files.setdefault("manifest.json", manifest_of(files, **manifest))
    for naam, data in files.items():
        doel = pad / naam
        doel.parent.mkdir(parents=True, exist_ok=True)
        doel.write_bytes(data)
    return pad


def make_zip(pad: Path, bestanden: dict[str, str | bytes], **manifest: Any) -> Path:
    files = as_files(bestanden)
    files.setdefault("manifest.json", manifest_of(files, **manifest))
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as archive:
        for naam, data in files.items():
            archive.writestr(naam, data)
    return pad


def lees(pad: Path, **opties: Any) -> dict[str, Any]:
    """Read the package and give its report."""
    out = io.StringIO()
    call_command("import_pakket", str(pad), json=True, stdout=out, **opties)
    rapport: dict[str, Any] = json.loads(out.getvalue())
    return rapport


def lees_in(tmp_path: Path, **bestanden: str) -> dict[str, Any]:
    """Write these files as the next package in tmp_path and read it."""
    nummer = sum(1 for _ in tmp_path.glob("pakket*"))
    return lees(make_map(tmp_path / f"pakket{nummer}", dict(bestanden)))


def afgekeurd(rapport: dict[str, Any]) -> list[tuple[str, int, str]]:
    return [(r["bestand"], r["rij"], r["kolom"]) for r in rapport["afgekeurde_rijen"]]


def redenen(rapport: dict[str, Any]) -> list[str]:
    return [r["reden"] for r in rapport["afgekeurde_rijen"]]


def geladen(rapport: dict[str, Any]) -> dict[str, int]:
    return {naam: telling["geladen"] for naam, telling in rapport["bestanden"].items()}


def leeg_database() -> None:
    """As a new installation, for the second half of a round trip."""
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE accounts_gebeurtenis, accounts_gebruiker, casework_gemeente,"
            " casework_regio, casework_school, casework_jongere, koppelingen_bronsleutel,"
            " koppelingen_inleesrun, doorstroompunt_vsvcijfer CASCADE"
        )


DOCUMENT = b"%PDF-1.4 een verslag"

# Every file and nearly every column, filled.
RIJK: dict[str, str | bytes] = {
    "gebruikers": "bron_id;naam;functie;email;actief\n"
    "g1;Anna de Boer;Leerplichtambtenaar;anna@voorbeeld.nl;J\ng2;Bo Vink;;;N\n",
    "scholen": "bron_id;naam;brin;vestigingscode;soort;plaats;gemeentecode;x_denominatie\n"
    "s1;Proefcollege;00ZZ;00ZZ01;VO;Zoetermeer;0637;openbaar\n"
    "s2;Mbo Proef;11ZZ;;MBO;Den Haag;0518;\n",
    "jongeren": "bron_id;bsn;onderwijsnummer;achternaam;voorvoegsel;voornamen;roepnaam;"
    "geboortedatum;geslacht;geboorteland;gemeentecode;gezin_id;geheimhouding;datum_overlijden;datum_vestiging_nl;"
    "datum_vertrek;herkomst;telefoon;email;voorkeurstaal;tolk;opmerking;x_oud_nummer\n"
    f'j1;{BSN1};123456789;"Çağlar; Ñúñez";van;"Zoë ""Zo""";Zo;2008-05-01;V;6030;0637;gz1;J;;'
    '2015-01-02;;STATUSHOUDER;0612345678;zo@voorbeeld.nl;Turks;J;"twee\r\nregels; één cel";7\n'
    f"j2;{BSN2};;Jansen;;Sam;;2004-07;M;;0637;;N;;;;;;;;;;\n"
    "j3;;;De Wit;;Kim;;2003;;;0518;;;2025-10-01;;2024-01-01;;;;;;;\n",
    "relaties": "bron_id;jongere_id;soort;bsn;achternaam;voorvoegsel;voornamen;geboortedatum;gezag;"
    "contactpersoon;telefoon;email;adres_zelfde;van;tot;herkomst\n"
    f"r1;j1;OUDER;{BSN3};Çağlar;;Ali;1980;J;J;0698765432;ali@voorbeeld.nl;J;2008-05-01;;BRP\n",
    "adressen": "bron_id;jongere_id;relatie_id;soort;straat;huisnummer;huisletter;toevoeging;"
    "postcode;woonplaats;gemeentecode;land;geheim;van;tot\n"
    "a1;j1;;WOON;Dorpsstraat;1;a;bis;2711AA;Zoetermeer;0637;;J;2008-05-01;2024-09-01\n"
    "a2;j1;;WOON;Kade;12;;;2511BB;Den Haag;0518;;N;2024-09-01;\n"
    "a3;;r1;BRIEF;Postbus;9;;;2700AA;Zoetermeer;0637;;;;\n",
    "inschrijvingen": "bron_id;jongere_id;school_id;onderwijssoort;uitstroomprofiel;leerjaar;"
    "opleidingscode;opleidingsnaam;leerweg;bekostigd;begindatum;einddatum;reden_einde;herkomst\n"
    "i1;j1;s1;VSO;ARBEID;3;;;;J;2021-08-01;2024-07-31;verhuisd;DUO\n"
    "i2;j2;s2;MBO2;;;25655;Kok;BBL;N;2022-08-01;;;EIGEN\n",
    "diplomas": "bron_id;jongere_id;soort;naam;niveau;datum;startkwalificatie\n"
    "d1;j2;DIPLOMA;Kok;mbo2;2025-07-01;J\n",
    "werkprocessen": "bron_id;jongere_id;soort;gestart_op;behandelaar_id;gemeentecode;route;status;"
    "gesloten_op;resultaat;toelichting;regime\n"
    "w1;j1;RELATIEF;2023-10-02;g1;;2;GESLOTEN;2023-12-01;naar_school;Gesprek gevoerd;AVG\n"
    "w2;j2;VERZUIM_18PLUS;2023-10-02;;0637;;OPEN;;;;AVG\n"
    "w3;j1;LUXE;2023-11-01;g2;;3;OPEN;;;;WPG\n",
    "werkproces_stappen": "bron_id;werkproces_id;volgorde;soort;gepland_op;uitgevoerd_op;"
    "uitvoerder_id;uitkomst;verslag\n"
    "ws1;w1;1;GESPREK;2023-10-10;2023-10-12;g1;gekomen;Goed gesprek\n"
    "ws2;w3;1;PV;;2023-11-05;g2;;Verhoor\n",
    "verzuimmeldingen": "bron_id;jongere_id;duo_meldingnummer;kanaal;soort;school_id;melddatum;"
    "begindatum;einddatum;uren;aantal_te_laat;alle_lessen;reden;actie_school;actie_gewenst;"
    "melder_naam;melder_functie;melder_telefoon;melder_email;status;reden_afgesloten;afgesloten_op;"
    "laatste_mutatie;werkproces_id;resultaat\n"
    "m1;j1;12345678;DUO;V3;s1;2023-10-01;2023-09-20;2023-09-29;16.5;2;J;MOTIVATIE;Gebeld;J;"
    "P. Post;mentor;0701234567;p@voorbeeld.nl;G;klaar;2023-12-01;2023-12-01T10:15:00+01:00;w1;"
    "waarschuwing\n"
    "m2;j2;;EIGEN;RMC;;2023-10-01;;;;;;;;;;;;;LOKAAL;;;;;\n"
    "m3;j1;;DUO;L;s1;2023-11-01;;;;;;;;;;;;;B;;;;w3;\n",
    "verzuimdagen": "melding_id;datum;hele_dag;lesuren;klokuren\nm1;2023-09-20;J;;\n"
    "m1;2023-09-21;N;1,2,3;2.50\n",
    "contactmomenten": "bron_id;jongere_id;werkproces_id;datum;kanaal;met;richting;preventief;"
    "uitkomst;verslag;gebruiker_id\n"
    "c1;j1;w1;2023-10-05T08:30:00+00:00;TELEFOON;OUDER;UIT;N;belt terug;Niemand thuis;g1\n"
    "c2;j2;;2023-10-06;SPREEKUUR;JONGERE;IN;J;;;\n",
    "vrijstellingen": "bron_id;jongere_id;grond;aanvraagdatum;nieuw;begindatum;einddatum;besluit;"
    "besluitdatum;voorziening;tot_einde_leerplicht;terug_naar_school_op;gemeld_duo_op;werkproces_id\n"
    "v1;j1;5a;2023-06-01;J;2023-08-01;2024-07-31;VAN_RECHTSWEGE;2023-07-01;KDC;N;2024-10-01;"
    "2023-07-02;w1\n",
    "verlof": "bron_id;jongere_id;soort;van;tot;dagen;ingediend_op;beslisser;besluit;besluitdatum\n"
    "l1;j1;GEWICHTIG;2023-12-01;2023-12-08;5.5;2023-11-01;LEERPLICHT;TOEGEKEND;2023-11-10\n",
    "halt": "bron_id;jongere_id;melding_id;werkproces_id;datum_verwijzing;uren;aantal_te_laat;"
    "instemming_jongere;instemming_ouder;datum_retour;resultaat;verzuimsoort\n"
    "h1;j1;m1;w1;2023-11-01;16;3;J;N;2024-01-10;POSITIEF;RELATIEF\n",
    "processen_verbaal": "bron_id;jongere_id;melding_id;werkproces_id;pv_nummer;verdachte;"
    "verzuimsoort;pv_datum;verbalisant_id;ingezonden_op;afdoening;zittingsdatum;geldboete;uitspraak\n"
    "p1;j1;m3;w3;PV-1;OUDER1;LUXE;2023-11-05;g2;2023-11-06;BOETE;2024-02-01;150.00;Schuldig\n",
    "trajecten": "bron_id;jongere_id;soort;bron_melding;datum_melding;datum_uitval;"
    "laatste_onderwijssoort;reden;benaderd_op;begeleid_van;intensiteit;behandelaar_id;status;"
    "gesloten_op;uitstroom;uitstroom_onderwijs;volgende_benadering\n"
    "t1;j2;VSV;DUO_A04;2023-10-02;2023-09-30;MBO2;NIET_HAALBAAR;2023-10-05;2023-10-10;INTENSIEF;g1;"
    "GESLOTEN;2024-03-01;werk;MBO2;2024-06-01\n"
    "t2;j2;JOBHUNTER;;2024-04-01;;;;;;;;OPEN;;;;\n",
    "trajectfasen": "bron_id;traject_id;fase;van;tot;uitkomst;instrument\n"
    "f1;t2;INTAKE;2024-04-01;2024-05-01;werk;Gesprek\n",
    "contactpogingen": "bron_id;traject_id;datum;kanaal;resultaat;door_partner;uitkomst;"
    "uitvoerder_id;opmerking\n"
    "cp1;t1;2023-10-05T18:00:00+02:00;APP;GESPROKEN_JONGERE;J;werk;g1;Reageert snel\n",
    "plannen": "bron_id;traject_id;leefgebied;doel;actie;wie;status;datum\n"
    "pl1;t1;WERK;Baan vinden;Cv maken;Sam;BEHAALD;2023-11-01\n",
    "vsv_duo": "gebied_soort;gebied_code;gebied_naam;schooljaar;onderwijssoort;niveau;"
    "startpopulatie;vsv;percentage;niet_terug_pct;status;publicatie\n"
    "land;;Nederland;2022-2023;totaal;;;30246;2.38;;voorlopig;2024-04-15\n"
    "gemeente;0637;Zoetermeer;2022-2023;mbo;2;400;20;5;40.5;definitief;2024-11-15\n",
    "documenten": "bron_id;jongere_id;werkproces_id;traject_id;pad;bestandsnaam;titel;soort;datum;"
    "bytes;sha256;regime\n"
    f"doc1;j1;w1;;documenten/a/verslag.pdf;Verslag.pdf;Verslag;VERSLAG;2023-10-12;{len(DOCUMENT)};"
    f"{hashlib.sha256(DOCUMENT).hexdigest()};AVG\n"
    f"doc2;j2;;t1;plan.pdf;Plan.pdf;;OVERIG;;{len(DOCUMENT)};"
    f"{hashlib.sha256(DOCUMENT).hexdigest()};\n",
    "documenten/a/verslag.pdf": DOCUMENT,
    "documenten/plan.pdf": DOCUMENT,
}


def database_url() -> str:
    """The address of the test database, for a process of its own."""
    db = connection.settings_dict
    who = f"{quote(db['USER'])}:{quote(db['PASSWORD'] or '')}"
    return f"postgres://{who}@{db['HOST']}:{db['PORT']}/{db['NAME']}"
