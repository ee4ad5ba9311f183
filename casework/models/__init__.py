"""The dossier and everything in it, shared by all tasks."""

from casework.models.afscherming import (
    Afscherming,
    AfschermingLid,
    Afschermingverzoek,
    Betrokkenheid,
    Noodtoegang,
)
from casework.models.akte import Ambtseed, BoaAkte
from casework.models.basis import UuidModel
from casework.models.bewaren import Bewaarstop, Vernietigingslijst, Vernietigingsregel
from casework.models.brief import (
    Brief,
    Briefafzender,
    Briefsjabloon,
    Brievenronde,
)
from casework.models.contact import Contactmoment, Document
from casework.models.document import Aangeboden
from casework.models.dossier import Actie, Afspraak, Dossier
from casework.models.gebied import Gemeente, Regio
from casework.models.jongere import Adres, Jongere, Relatie
from casework.models.melding import Verzuimdag, Verzuimmelding
from casework.models.onderwijs import Diploma, Inschrijving, School, Schoolcode
from casework.models.politie import Onderzoek, Politiegegeven, politiemodellen
from casework.models.statusbericht import Berichtstand, Statusbericht
from casework.models.verstrekking import Betrokkene, Regimeverzoek, Verstrekking
from casework.models.verzoek import Datalek, Inzage, Kennisgeving, Rectificatie, Verzoek
from casework.models.werkproces import Werkproces, WerkprocesStap
from casework.models.zaak import Zaak

__all__ = [
    "Aangeboden",
    "Actie",
    "Adres",
    "Afscherming",
    "AfschermingLid",
    "Afschermingverzoek",
    "Afspraak",
    "Ambtseed",
    "Berichtstand",
    "Betrokkene",
    "Betrokkenheid",
    "Bewaarstop",
    "BoaAkte",
    "Brief",
    "Briefafzender",
    "Briefsjabloon",
    "Brievenronde",
    "Contactmoment",
    "Datalek",
    "Diploma",
    "Document",
    "Dossier",
    "Gemeente",
    "Inschrijving",
    "Inzage",
    "Jongere",
    "Kennisgeving",
    "Noodtoegang",
    "Onderzoek",
    "Politiegegeven",
    "Rectificatie",
    "Regimeverzoek",
    "Regio",
    "Relatie",
    "School",
    "Schoolcode",
    "Statusbericht",
    "UuidModel",
    "Vernietigingslijst",
    "Vernietigingsregel",
    "Verstrekking",
    "Verzoek",
    "Verzuimdag",
    "Verzuimmelding",
    "Werkproces",
    "WerkprocesStap",
    "Zaak",
    "politiemodellen",
]
