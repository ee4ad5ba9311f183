"""Making a package for somebody else, with the trace it leaves in every dossier."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from casework.errors import DomainError
from casework.models import Gemeente, Jongere
from koppelingen.pakket.uitvoeren import Uitkomst, Vraag, write_pakket

_EVENTS = """
INSERT INTO accounts_gebeurtenis
       (tijd, gebruiker_id, rol, actie, object_type, object_id, jongere_id, gemeente_id, taak,
        reden, gegevens, trace_id)
SELECT now(), %(gebruiker)s, '', 'pakket.uitgevoerd', 'casework.jongere', j.id, j.id,
       j.gemeente_id, '', '', jsonb_build_object('gemeenten', %(codes)s::text), ''
  FROM keuze k JOIN casework_jongere j ON j.id = k.id WHERE k.bestand = 'jongeren'
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
    )
    with transaction.atomic():
        uitkomst = write_pakket(pad, vraag, voortgang)
        codes = ", ".join(vraag.codes)
        with connection.cursor() as cursor:
            cursor.execute(_EVENTS, {"gebruiker": by.pk if by else None, "codes": codes})
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
