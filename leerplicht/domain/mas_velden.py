"""What the steps of the MAS ask: fields used more than once, and their choices."""

from casework.codes import Resultaat
from casework.domain.proces import Veld

JA_NEE = "ja_nee"
REDEN = Veld("reden", "Reden", "lange_tekst")
DATUM = Veld("datum", "Datum", "datum")
HOE = Veld(
    "hoe",
    "Hoe",
    "keuze",
    keuzes=(
        ("GESPREK", "Gesprek"),
        ("TELEFOON", "Telefoon"),
        ("HUISBEZOEK", "Huisbezoek"),
        ("MAIL", "E-mail"),
    ),
)
WIE = Veld(
    "wie",
    "Wie",
    "keuze",
    keuzes=(("jongere", "Jongere"), ("ouders", "Ouders"), ("beiden", "Jongere en ouders")),
)
VERWIJT = (
    ("verwijtbaar", "Verwijtbaar"),
    ("deels", "Deels verwijtbaar"),
    ("niet", "Niet verwijtbaar"),
    ("onbekend", "Nog onbekend"),
)
SIGNALEN = (
    ("patroon", "Patroon in dagen of lessen"),
    ("herhaling", "Herhaald verzuim"),
    ("thuis", "Zorgen over de thuissituatie"),
    ("gezondheid", "Belastbaarheid is beperkt"),
    ("schulden", "Schulden of werk"),
    ("politie", "Contact met politie, Halt of Raad"),
    ("medewerking", "Weinig medewerking"),
    ("taal", "Taal is een drempel, tolk nodig"),
)
SLUITRESULTATEN = tuple((r.value, r.label) for r in Resultaat if r != Resultaat.OPEN)
MELDINGEN_SLUITEN = Veld(
    "meldingen_sluiten",
    "Sluit ook de meldingen van dit werkproces",
    "vink",
    verplicht=False,
    hulp="DUO krijgt dan de status 'Afgesloten' of 'Ter kennisgeving aangenomen'.",
)
TOELICHTING = Veld("toelichting", "Toelichting", "lange_tekst", verplicht=False)
