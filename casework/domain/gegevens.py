"""Family, address, school and diploma by hand, of who is not delivered by BRP or DUO (yet)."""

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models import Q

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from casework.codes import Adressoort, Gegevensbron, Gezag
from casework.domain.bevoegd import require
from casework.domain.jongere import Adresinvoer
from casework.errors import DomainError
from casework.models import Adres, Diploma, Gemeente, Inschrijving, Jongere, Relatie, School

SCHRIJVEN = "dossier.schrijven"


@dataclass(frozen=True, slots=True)
class Relatieinvoer:
    soort: str
    achternaam: str
    voorvoegsel: str = ""
    voornamen: str = ""
    gezag: str = Gezag.ONBEKEND
    contactpersoon: bool = False
    telefoon: str = ""
    email: str = ""
    adres_zelfde: bool = False


@dataclass(frozen=True, slots=True)
class Inschrijvinginvoer:
    school: School
    onderwijssoort: str
    begindatum: date
    leerjaar: int | None = None
    opleidingsnaam: str = ""
    einddatum: date | None = None


@dataclass(frozen=True, slots=True)
class Diplomainvoer:
    soort: str
    naam: str
    datum: date
    startkwalificatie: bool
    niveau: str = ""


def _lock(jongere: Jongere, by: Gebruiker) -> Jongere:
    """Raises NotAuthorised."""
    rows = Jongere.objects.select_for_update(of=("self",)).select_related("gemeente")
    jongere = rows.get(pk=jongere.pk)
    require(by, SCHRIJVEN, jongere.gemeente_id)
    return jongere


@transaction.atomic
def add_relatie(
    jongere: Jongere, invoer: Relatieinvoer, adres: Adresinvoer, *, by: Gebruiker
) -> Relatie:
    """Somebody around the youth, with an own address when that is another. Raises NotAuthorised,
    DomainError."""
    jongere = _lock(jongere, by)
    own = {naam: getattr(invoer, naam) for naam in invoer.__slots__}
    if invoer.adres_zelfde and adres:
        raise DomainError("Woont deze persoon op hetzelfde adres? Laat het adres dan leeg.")
    relatie = Relatie.objects.create(jongere=jongere, herkomst=Gegevensbron.EIGEN, **own)
    if adres:
        Adres.objects.create(relatie=relatie, **adres.values())
    record("relatie.toegevoegd", jongere, by=by, soort=relatie.soort)
    return relatie


@transaction.atomic
def change_relatie(
    relatie: Relatie, *, by: Gebruiker, laatste_dag: date | None = None, **velden: object
) -> None:
    """How somebody can be reached, and the last day of a relation; who he is comes from elsewhere
    or was typed. Raises NotAuthorised, DomainError."""
    jongere = _lock(relatie.jongere, by)
    relatie = Relatie.objects.select_for_update(of=("self",)).get(pk=relatie.pk)
    for naam in ("telefoon", "email", "contactpersoon", "gezag"):
        if naam in velden:
            setattr(relatie, naam, velden[naam])
    if laatste_dag:
        if relatie.van and laatste_dag < relatie.van:
            raise DomainError("De laatste dag ligt voor de eerste dag.")
        relatie.tot = date.fromordinal(laatste_dag.toordinal() + 1)
    relatie.save()
    record("relatie.gewijzigd", jongere, by=by, soort=relatie.soort)


@transaction.atomic
def move(
    jongere: Jongere, adres: Adresinvoer, gemeente: Gemeente, van: date, *, by: Gebruiker, day: date
) -> Adres:
    """Where the youth lives since `van`; facts keep the gemeente that they froze.

    Raises NotAuthorised, DomainError.
    """
    jongere = _lock(jongere, by)
    if van > day:
        raise DomainError("Kies vandaag of een eerdere dag.")
    rows = Adres.objects.select_for_update().filter(jongere=jongere, soort=Adressoort.WOON)
    if rows.filter(van__gte=van).exists():
        raise DomainError("Er is al een adres vanaf deze dag, of van later.")
    ended = rows.filter(Q(tot=None) | Q(tot__gt=van))
    # A secret address stays secret until somebody says otherwise.
    secret = jongere.geheimhouding or ended.filter(geheim=True).exists()
    ended.update(tot=van)
    new = Adres.objects.create(
        jongere=jongere, gemeente=gemeente, van=van, geheim=secret, **adres.values()
    )
    record("adres.toegevoegd", jongere, by=by, naar=gemeente.code)
    with connection.cursor() as cursor:  # by a function: afterwards the youth may be out of sight
        cursor.execute("SELECT muur_verhuis(%s, %s)", [jongere.pk, gemeente.pk])
    return new


@transaction.atomic
def enrol(jongere: Jongere, invoer: Inschrijvinginvoer, *, by: Gebruiker) -> Inschrijving:
    """Raises NotAuthorised, DomainError."""
    jongere = _lock(jongere, by)
    if invoer.einddatum and invoer.einddatum < invoer.begindatum:
        raise DomainError("De inschrijving eindigt voor zij begint.")
    same = jongere.inschrijvingen.filter(school=invoer.school, begindatum=invoer.begindatum)
    if same.exists():
        raise DomainError("Deze inschrijving staat er al.")
    own = {naam: getattr(invoer, naam) for naam in invoer.__slots__}
    row = Inschrijving.objects.create(jongere=jongere, herkomst=Gegevensbron.EIGEN, **own)
    record("inschrijving.toegevoegd", jongere, by=by, soort=row.onderwijssoort)
    return row


@transaction.atomic
def leave(row: Inschrijving, laatste_dag: date, reden: str, *, by: Gebruiker) -> None:
    """The last day at the school. Raises NotAuthorised, DomainError."""
    jongere = _lock(row.jongere, by)
    row = Inschrijving.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if laatste_dag < row.begindatum:
        raise DomainError("De inschrijving eindigt voor zij begint.")
    row.einddatum, row.reden_einde = laatste_dag, reden
    row.save(update_fields=["einddatum", "reden_einde"])
    record("inschrijving.beeindigd", jongere, by=by, soort=row.onderwijssoort)


@transaction.atomic
def add_diploma(jongere: Jongere, invoer: Diplomainvoer, *, by: Gebruiker, day: date) -> Diploma:
    """Raises NotAuthorised, DomainError."""
    jongere = _lock(jongere, by)
    if invoer.datum > day:
        raise DomainError("Kies vandaag of een eerdere dag.")
    own = {naam: getattr(invoer, naam) for naam in invoer.__slots__}
    row = Diploma.objects.create(jongere=jongere, **own)
    record("diploma.toegevoegd", jongere, by=by, soort=row.soort)
    return row
