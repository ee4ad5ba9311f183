"""Making a package for somebody else, with the trace it leaves in every dossier."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from casework.domain.bevoegd import require
from casework.errors import DomainError
from casework.models import Gemeente, Jongere
from casework.models.zicht import hidden_from
from koppelingen.domain.voortgang import only_worker, outside_transaction
from koppelingen.models import Inleesrun, Uitvoer
from koppelingen.pakket.selectie import POLITIE, TABELLEN
from koppelingen.pakket.spec import BY_NAME
from koppelingen.pakket.uitvoeren import Uitkomst, Vraag, write_pakket
from leerplicht.domain.bijzonder import RECHT

Status = Inleesrun.Status
AFGEBROKEN = "Het uitvoeren is afgebroken. Er is geen pakket; vraag het opnieuw aan."

_EVENTS = """
INSERT INTO accounts_gebeurtenis
       (tijd, gebruiker_id, rol, actie, object_type, object_id, jongere_id, gemeente_id, taak,
        reden, gegevens, trace_id)
SELECT now(), %(gebruiker)s, '', 'pakket.uitgevoerd', 'casework.jongere', j.id, j.id,
       j.gemeente_id, '', '', jsonb_build_object('gemeenten', %(codes)s::text), ''
  FROM keuze k JOIN casework_jongere j ON j.id = k.id WHERE k.bestand = 'jongeren'
"""
# Every piece of police data that goes along leaves a line of its own (Wpg 32a).
_POLITIE = """
INSERT INTO accounts_gebeurtenis
       (tijd, gebruiker_id, rol, actie, object_type, object_id, jongere_id, gemeente_id, taak,
        reden, gegevens, trace_id)
SELECT now(), %(gebruiker)s, '', 'politiegegevens.geraadpleegd', %(soort)s, t.id, t.jongere_id,
       t.gemeente_id, 'opsporing', '', jsonb_build_object('regime', 'WPG', 'handeling',
       'uitvoeren', 'reden_code', 'OVERDRACHT'), ''
  FROM keuze k JOIN {tabel} t ON t.id = k.id WHERE k.bestand = %(bestand)s AND t.regime = 'WPG'
"""


def find_gemeenten(codes: Sequence[str]) -> list[Gemeente]:
    """Raises DomainError naming the code that is not known."""
    found = {g.code: g for g in Gemeente.objects.filter(code__in=codes)}
    for code in codes:
        if code not in found:
            raise DomainError(f"Gemeente {code[:10]} is niet bekend.")
    return [found[code] for code in dict.fromkeys(codes)]


def find_jongere(key: str) -> Jongere:
    """By uuid, or by the number of the record."""
    rows = Jongere.objects.all()
    try:
        rows = rows.filter(pk=int(key)) if key.isdigit() else rows.filter(uuid=UUID(key))
    except ValueError:
        rows = rows.none()
    jongere = rows.first()
    if jongere is None:
        raise DomainError("Deze jongere is niet bekend. Geef de uuid uit het adres van de pagina.")
    return jongere


def export_pakket(
    pad: Path,
    gemeenten: Sequence[Gemeente],
    *,
    day: date,
    by: Gebruiker | None,
    jongere: Jongere | None = None,
    wpg_akkoord: str = "",
    voortgang: Callable[[str, int], None] = lambda stap, pct: None,
) -> Uitkomst:
    """Write the package and record for every jongere in it that it left."""
    vraag = Vraag(
        codes=sorted(gemeente.code for gemeente in gemeenten),
        peildatum=day,
        jongere_id=jongere.pk if jongere else None,
        wpg=bool(wpg_akkoord),
        # The operator on the server moves everything; a user no more than he may see.
        geheim=by is None or all(by.may("adres.geheim", g.pk) for g in gemeenten),
        bijzonder=by is None or all(by.may(RECHT, g.pk) for g in gemeenten),
        verborgen=hidden_from(by) if by else (),
    )
    with transaction.atomic():
        uitkomst = write_pakket(pad, vraag, voortgang)
        codes = ", ".join(vraag.codes)
        with connection.cursor() as cursor:
            cursor.execute(_EVENTS, {"gebruiker": by.pk if by else None, "codes": codes})
            for bestand in POLITIE if wpg_akkoord else ():
                soort = BY_NAME[bestand].model.lower()
                cursor.execute(
                    _POLITIE.format(tabel=TABELLEN[bestand]),
                    {"gebruiker": by.pk if by else None, "soort": soort, "bestand": bestand},
                )
            cursor.execute("DROP TABLE keuze")
        if wpg_akkoord:
            record(
                "pakket.wpg_akkoord",
                gemeenten[0],
                by=by,
                gemeente_id=gemeenten[0].pk,
                reden=f"Politiegegevens uitgevoerd met akkoord van {wpg_akkoord}.",
            )
    return uitkomst


@transaction.atomic
def request_uitvoer(gemeente: Gemeente, reden: str, *, by: Gebruiker, wpg: bool) -> Uitvoer:
    """Put the package of a gemeente in the queue, for who asks it and nobody else."""
    require(by, "pakket.uitvoeren", gemeente.pk)
    if wpg:
        require(by, "opsporing.schrijven", gemeente.pk)
    uitvoer = Uitvoer.objects.create(
        gebruiker=by,
        gemeentecodes=[gemeente.code],
        reden=reden,
        wpg_akkoord=by.naam if wpg else "",
    )
    record("pakket.gevraagd", uitvoer, by=by, gemeente_id=gemeente.pk, reden=reden)
    from koppelingen.tasks import write_package

    transaction.on_commit(partial(write_package.delay, uitvoer.pk))
    return uitvoer


def perform_uitvoer(uitvoer_id: int, vandaag: date) -> None:
    """Write the package that waits; a second delivery of the same message changes nothing."""
    uitvoer = Uitvoer.objects.select_related("gebruiker").get(pk=uitvoer_id)
    with only_worker(uitvoer):
        uitvoer.refresh_from_db()
        if not uitvoer.is_bezig:
            return
        Uitvoer.objects.filter(pk=uitvoer.pk).update(status=Status.BEZIG)
        try:
            _write(uitvoer, vandaag)
        except DomainError as error:
            _stopped(uitvoer, Status.GEWEIGERD, str(error))
        except BaseException:
            _stopped(uitvoer, Status.MISLUKT, AFGEBROKEN)
            raise


def _write(uitvoer: Uitvoer, vandaag: date) -> None:
    naam = f"uitvoer/{uitvoer.uuid}.zip"
    pad = Path(default_storage.path(naam))
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.unlink(missing_ok=True)  # of a worker that stopped just after writing
    with outside_transaction(uitvoer) as melden:
        uitkomst = export_pakket(
            pad,
            find_gemeenten(uitvoer.gemeentecodes),
            day=vandaag,
            by=uitvoer.gebruiker,
            wpg_akkoord=uitvoer.wpg_akkoord,
            voortgang=melden,
        )
    uitvoer.bestand.name = naam
    uitvoer.rijen, uitvoer.status = uitkomst.totaal, Status.KLAAR
    weg = dict(uitkomst.weggelaten)
    if uitkomst.weggelaten_wpg and uitvoer.gebruiker.may("opsporing.lezen"):
        weg["politiegegevens (Wpg)"] = uitkomst.weggelaten_wpg
    uitvoer.melding = " ".join(f"Weggelaten: {aantal} {naam}." for naam, aantal in weg.items())
    uitvoer.klaar_op, uitvoer.voortgang, uitvoer.stap = timezone.now(), 100, ""
    uitvoer.save()


def _stopped(uitvoer: Uitvoer, status: str, melding: str) -> None:
    Uitvoer.objects.filter(pk=uitvoer.pk).update(
        status=status, melding=melding, stap="", klaar_op=timezone.now()
    )


def fetched(uitvoer: Uitvoer, *, by: Gebruiker) -> None:
    """The trace of a download; the caller sends the file."""
    gemeenten = find_gemeenten(uitvoer.gemeentecodes)
    with transaction.atomic():
        record("pakket.opgehaald", uitvoer, by=by, gemeente_id=gemeenten[0].pk)


def forget_packages(before: datetime) -> int:
    """A package holds whole dossiers: it is fetched within some days or made again."""
    old = Uitvoer.objects.filter(klaar_op__lt=before).exclude(bestand="")
    for uitvoer in old:
        uitvoer.bestand.delete(save=False)
        Uitvoer.objects.filter(pk=uitvoer.pk).update(bestand="")
    return len(old)
