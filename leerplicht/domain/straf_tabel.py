"""The way of a proces-verbaal as a table: from concept to outcome (Lpw 22, Sv 152-156)."""

from datetime import date
from functools import partial
from typing import Any, Final

from django.utils import timezone

from accounts.models import Gebruiker
from casework.domain.akte import require_akte
from casework.domain.proces import Gegevens, Procestabel, Stap, Toestand, Veld
from casework.domain.verstrekking import Verstrekkinginvoer, register
from casework.errors import DomainError
from casework.parameters import waarde
from casework.politiecodes import Eed, Ontvangersoort
from leerplicht.codes import Afdoening, Verdachte
from leerplicht.models import ProcesVerbaal, Strafzaak
from leerplicht.opsporingscodes import Straf

from . import opsporingszaak
from .mas import BOA
from .mas_velden import AFWIJKEN, DATUM, JA_NEE
from .opsporing import PvInvoer, draw_up_pv
from .strafzaak import last_day_of_verzet

_stap = partial(Stap[Strafzaak], permissie=BOA)
NODIG: Final = (
    ("adres", "adres"),
    ("identiteit_op", "wanneer de identiteit is gecontroleerd"),
    ("feit", "feit"),
    ("feit_plaats", "plaats van het feit"),
    ("bevindingen", "bevindingen"),
    ("geprobeerd", "wat is geprobeerd"),
    ("oordeel", "oordeel over het verwijt"),
)
# The heaviest of what a court decided, for the proces-verbaal that counts; the package has no code
# for hechtenis.
ZWAARSTE: Final = (
    (Straf.HECHTENIS, Afdoening.OVERIG),
    (Straf.TAAKSTRAF, Afdoening.TAAKSTRAF),
    (Straf.BOETE, Afdoening.BOETE),
    (Straf.JEUGDRECLASSERING, Afdoening.TOEZICHT),
    (Straf.VOORWAARDELIJK, Afdoening.VOORWAARDELIJK),
    (Straf.GEEN_STRAF, Afdoening.GEEN_OPLEGGING),
    (Straf.VRIJSPRAAK, Afdoening.VRIJSPRAAK),
)
ALLEEN: Final = frozenset({Straf.VRIJSPRAAK.value, Straf.GEEN_STRAF.value})
VEROORDELING: Final = frozenset(
    {
        Afdoening.BOETE, Afdoening.TAAKSTRAF, Afdoening.TOEZICHT, Afdoening.VOORWAARDELIJK,
        Afdoening.GEEN_OPLEGGING, Afdoening.OVERIG,
    }
)  # fmt: skip  # read as a table
HECHTENIS: Final = Veld("hechtenis_dagen", "Dagen hechtenis", "getal", verplicht=False)
TAAKSTRAF: Final = Veld("taakstraf_uren", "Uren taakstraf", "getal", verplicht=False)
BOETE: Final = Veld("boete", "Bedrag van de boete", "getal", verplicht=False)
TOELICHTING: Final = Veld("toelichting", "Toelichting", "lange_tekst", verplicht=False)
ZITTING: Final = Veld("zitting_op", "Datum van de zitting", "datum", verplicht=False)


def complete(zaak: Strafzaak, day: date) -> str | None:
    if empty := [label for veld, label in NODIG if not getattr(zaak, veld)]:
        return f"Schrijf eerst in het proces-verbaal: {', '.join(empty)}."
    return None


def heard(zaak: Strafzaak, day: date) -> str | None:
    if zaak.niet_gehoord or zaak.verhoren.of_suspect().exists():
        return None
    return "Verhoor de verdachte, of schrijf op waarom dat niet kon."


def _sign(zaak: Strafzaak, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    """From here it counts as a proces-verbaal, and the werkproces goes to route 4."""
    if zaak.boa_id != by.pk:
        raise DomainError("Alleen de verbalisant ondertekent.")
    zaak.akte = require_akte(by, day)
    if gegevens.get("eed") != zaak.akte.eed:
        raise DomainError("De eed of belofte is een andere dan in uw akte.")
    assert zaak.werkproces is not None  # a case is opened at a werkproces
    invoer = PvInvoer(
        zaak.soort,
        day,
        zaak.pv_nummer,
        afwijking=gegevens.get("afwijking") or "",
        afwijking_uitleg=gegevens.get("afwijking_uitleg") or "",
    )
    zaak.pv = draw_up_pv(zaak.werkproces, by=by, day=day, invoer=invoer)
    zaak.ondertekend_op = day


def _send(zaak: Strafzaak, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    """To the officier van justitie; the Raad gets a copy of a youth from 12, and of an adult who
    was convicted before (Lpw 22 lid 5).
    """
    zaak.verzonden_op = day
    _write_pv(zaak, ingezonden_op=day)
    receivers = [Ontvangersoort.OM]
    convicted = gegevens.get("eerder_veroordeeld") == "ja"
    if zaak.soort == Verdachte.JONGERE or gegevens.get("rvdk") or convicted:
        receivers.append(Ontvangersoort.RVDK)
    for wie in receivers:
        invoer = Verstrekkinginvoer(wie, "Proces-verbaal (Lpw 22)", day)
        register(zaak, invoer, by=by, now=timezone.now())


def convicted_before(zaak: Strafzaak) -> bool:
    """By a court, for absence of this youth; of other children this dossier does not know."""
    rows = ProcesVerbaal.objects.filter(jongere=zaak.jongere_id, verdachte=zaak.soort)
    found = rows.filter(afdoening__in=VEROORDELING, zittingsdatum__isnull=False)
    return found.exclude(zaak=zaak).exists()


def says_convicted(zaak: Strafzaak, gegevens: Gegevens, day: date) -> str | None:
    answer = gegevens.get("eerder_veroordeeld")
    if zaak.soort == Verdachte.JONGERE or answer == "ja":
        return None
    if convicted_before(zaak):
        return "In dit dossier staat een veroordeling van deze verdachte. Kies ja."
    return None if answer else "Vul in of deze verdachte eerder is veroordeeld (Lpw 22 lid 5)."


def _write_pv(zaak: Strafzaak, **fields: Any) -> None:
    if zaak.pv:
        for veld, value in fields.items():
            setattr(zaak.pv, veld, value)
        zaak.pv.save(update_fields=list(fields))


def _dismiss(zaak: Strafzaak, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    _write_pv(zaak, afdoening=Afdoening.SEPOT)


def _penalty_order(zaak: Strafzaak, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    zaak.verzet_tot = last_day_of_verzet(gegevens["datum"])
    zaak.taakstraf_uren, zaak.boete = gegevens.get("taakstraf_uren"), gegevens.get("boete")
    zaak.straffen = [
        straf.value
        for straf, amount in ((Straf.TAAKSTRAF, zaak.taakstraf_uren), (Straf.BOETE, zaak.boete))
        if amount
    ]
    _write_pv(zaak, afdoening=_heaviest(zaak.straffen), geldboete=zaak.boete)


def _summon(zaak: Strafzaak, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    zaak.zitting_op = gegevens.get("zitting_op")
    zaak.verzet_tot = None
    _write_pv(zaak, zittingsdatum=zaak.zitting_op)


def _in_court(zaak: Strafzaak, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    zaak.zitting_op = gegevens["datum"]
    _write_pv(zaak, zittingsdatum=zaak.zitting_op)


def _verdict(zaak: Strafzaak, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    zaak.vonnis_op, zaak.straffen = gegevens["datum"], list(gegevens["straffen"])
    zaak.hechtenis_dagen = gegevens.get("hechtenis_dagen")
    zaak.taakstraf_uren, zaak.boete = gegevens.get("taakstraf_uren"), gegevens.get("boete")
    zaak.voorwaardelijk = gegevens.get("voorwaardelijk") or ""
    _write_pv(
        zaak,
        afdoening=_heaviest(zaak.straffen),
        geldboete=zaak.boete,
        uitspraak=gegevens.get("toelichting") or "",
    )


def _heaviest(straffen: list[str]) -> str:
    return next((code for straf, code in ZWAARSTE if straf in straffen), Afdoening.OVERIG)


def one_penalty(zaak: Strafzaak, gegevens: Gegevens, day: date) -> str | None:
    if gegevens.get("taakstraf_uren") or gegevens.get("boete"):
        return None
    return "Vul de uren taakstraf of het bedrag van de boete in."


def fitting(zaak: Strafzaak, gegevens: Gegevens, day: date) -> str | None:
    """What the court decided fits together."""
    chosen = set(gegevens.get("straffen") or ())
    if chosen & ALLEEN and len(chosen) > 1:
        return "Vrijspraak en schuldig zonder straf gaan niet samen met iets anders."
    needs = (
        (Straf.HECHTENIS, "hechtenis_dagen", "de dagen hechtenis"),
        (Straf.TAAKSTRAF, "taakstraf_uren", "de uren taakstraf"),
        (Straf.BOETE, "boete", "het bedrag van de boete"),
        (Straf.VOORWAARDELIJK, "voorwaardelijk", "wat voorwaardelijk is"),
    )
    if missing := [text for s, veld, text in needs if s in chosen and not gegevens.get(veld)]:
        return f"Vul in: {', '.join(missing)}."
    return None


def allowed_by_law(zaak: Strafzaak, gegevens: Gegevens, day: date) -> str | None:
    """Lpw 26: hechtenis for adults only; a taakstraf is possible for both (for adults by Sr 9)."""
    chosen, youth = set(gegevens.get("straffen") or ()), zaak.soort == Verdachte.JONGERE
    if youth and Straf.HECHTENIS in chosen:
        return "Een jongere kan voor verzuim geen hechtenis krijgen (Lpw 26 lid 2)."
    if not youth and Straf.JEUGDRECLASSERING in chosen:
        return "Jeugdreclassering is er alleen voor een jongere."
    most = waarde("hechtenis_dagen_hoogstens", day)
    if (gegevens.get("hechtenis_dagen") or 0) > most:
        return f"Hechtenis duurt hoogstens een maand, {most} dagen (Lpw 26 lid 1)."
    return None


def in_time(zaak: Strafzaak, gegevens: Gegevens, day: date) -> str | None:
    """Late is possible when somebody says why: the court decides."""
    given = gegevens.get("datum")
    if not zaak.verzet_tot or not given or given <= zaak.verzet_tot or gegevens.get("toelichting"):
        return None
    return f"Verzet kon tot en met {zaak.verzet_tot:%d-%m-%Y}. Leg uit waarom dit later is."


def verzet_over(zaak: Strafzaak, day: date) -> str | None:
    running = zaak.toestand == "strafbeschikking" and zaak.verzet_tot and day <= zaak.verzet_tot
    return f"Verzet kan nog tot en met {zaak.verzet_tot:%d-%m-%Y}." if running else None


TOESTANDEN: Final = {
    row.naam: row
    for row in (
        Toestand("concept", "Concept", "Schrijf het proces-verbaal en verhoor de verdachte.",
                 plaats=(0, 1)),
        Toestand("ondertekend", "Ondertekend", "Verzend het naar de officier van justitie.",
                 plaats=(1, 1)),
        Toestand("verzonden", "Verzonden", "Wacht op de beslissing van de officier.",
                 plaats=(2, 1)),
        Toestand("sepot", "Sepot", "De officier vervolgt niet.", plaats=(3, 0)),
        Toestand("strafbeschikking", "Strafbeschikking", "De verdachte kan nog in verzet.",
                 plaats=(3, 1)),
        Toestand("tul", "Gesprek bij het parket", "Jeugd Casusoverleg of TUL-gesprek.",
                 plaats=(3, 3)),
        Toestand("dagvaarding", "Dagvaarding", "De zaak gaat naar de rechter.", plaats=(4, 2)),
        Toestand("zitting", "Zitting", "De rechter heeft de zaak behandeld.", plaats=(5, 2)),
        Toestand("vonnis", "Vonnis", "Er is een uitspraak.", plaats=(6, 2)),
        Toestand("gesloten", "Gesloten", final=True, plaats=(7, 1)),
        Toestand("vervallen", "Vervallen", final=True, plaats=(1, 3)),
    )
}  # fmt: skip  # read as a table
_OPEN: Final = frozenset(naam for naam, row in TOESTANDEN.items() if not row.final)
_BESLIST: Final = frozenset({"verzonden", "tul"})
_ROWS: Final = (
    _stap(
        "ondertekenen", "Ondertekenen", frozenset({"concept"}), "ondertekend",
        velden=(Veld("eed", "Opgemaakt op", "keuze", keuzes=tuple(Eed.choices)), *AFWIJKEN),
        voorwaarden=(complete, heard),
        effect=_sign,
        uitleg="Daarna verandert de tekst niet meer, en telt het als proces-verbaal.",
        artikel="Sv 152, 153",
    ),
    _stap(
        "verzenden", "Verzenden naar de officier van justitie", frozenset({"ondertekend"}),
        "verzonden",
        velden=(
            Veld("rvdk", "Ook een afschrift naar de Raad voor de Kinderbescherming", "vink",
                 verplicht=False, hulp="Bij een jongere gaat dat altijd mee."),
            Veld("eerder_veroordeeld", "De verdachte is eerder veroordeeld voor verzuim", JA_NEE,
                 verplicht=False, hulp="Verplicht bij een ouder of verzorger. Bij ja gaat er een"
                 " afschrift naar de Raad."),
        ),
        controles=(says_convicted,),
        effect=_send,
        artikel="Lpw 22, Sv 156",
    ),
    _stap(
        "sepot", "Sepot", _BESLIST, "sepot", velden=(DATUM, TOELICHTING), effect=_dismiss,
    ),
    _stap(
        "strafbeschikking", "Strafbeschikking", _BESLIST, "strafbeschikking",
        velden=(DATUM, TAAKSTRAF, BOETE), controles=(one_penalty,), effect=_penalty_order,
        artikel="Sv 257a",
    ),
    _stap("tul_gesprek", "Gesprek bij het parket (JCO of TUL)", frozenset({"verzonden"}), "tul",
          velden=(DATUM, TOELICHTING)),
    _stap("dagvaarden", "Dagvaarding", _BESLIST, "dagvaarding", velden=(DATUM, ZITTING),
          effect=_summon),
    _stap(
        "verzet", "Verzet tegen de strafbeschikking", frozenset({"strafbeschikking"}),
        "dagvaarding", velden=(DATUM, ZITTING, TOELICHTING), controles=(in_time,),
        effect=_summon, artikel="Sv 257e",
    ),
    _stap(
        "zitting", "Zitting is geweest", frozenset({"dagvaarding"}), "zitting",
        velden=(
            DATUM,
            Veld("rechter", "Rechter", "keuze", keuzes=(("KANTON", "Kantonrechter"),
                                                        ("KINDER", "Kinderrechter"))),
            TOELICHTING,
        ),
        effect=_in_court,
    ),
    _stap(
        "vonnis", "Vonnis vastleggen", frozenset({"zitting"}), "vonnis",
        velden=(
            DATUM,
            Veld("straffen", "Uitspraak", "meerkeuze", keuzes=tuple(Straf.choices)),
            HECHTENIS,
            TAAKSTRAF,
            BOETE,
            Veld("voorwaardelijk", "Wat is voorwaardelijk", verplicht=False),
            TOELICHTING,
        ),
        controles=(fitting, allowed_by_law),
        effect=_verdict,
        artikel="Lpw 26",
    ),
    _stap("sluiten", "Zaak sluiten",
          frozenset({"sepot", "strafbeschikking", "tul", "vonnis"}), "gesloten",
          velden=(TOELICHTING,), voorwaarden=(verzet_over,)),
    _stap("vervallen", "Concept laten vervallen", frozenset({"concept"}), "vervallen",
          velden=(Veld("reden", "Reden", "lange_tekst"),), bijzonder=True),
)  # fmt: skip  # read as a table

STRAF: Final = Procestabel(
    naam="straf",
    titel="Toestanden van een proces-verbaal",
    onderwerp="de zaak",
    begin="concept",
    toestanden=TOESTANDEN,
    open=_OPEN,
    stappen={stap.naam: stap for stap in _ROWS},
    lock=opsporingszaak.lock,
    write=opsporingszaak.write,
)
