"""Leave: registering what the hoofd decided, and asking the leerplichtambtenaar above ten days."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db import transaction

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import Werkprocessoort
from casework.domain.bevoegd import require_for
from casework.domain.dossier import ensure_dossier
from casework.domain.plaats import gemeente_on
from casework.domain.werkproces import make_term
from casework.errors import DomainError
from casework.models import Jongere, School, Werkproces
from casework.schoolvakanties import Regio
from leerplicht.codes import Beslisser
from leerplicht.models import Verlof

from .aanvraag_effecten import start_clock
from .aanvraag_tabel import AANVRAAG
from .tabellen import tabel_of
from .verlof_regels import Aanvraag, per_schooljaar, points, who_decides


@dataclass(frozen=True, slots=True)
class Verlofinvoer:
    soort: str
    van: date
    tot: date
    ingediend_op: date
    dagen: Decimal | None = None
    school: School | None = None
    omstandigheid: str = ""
    plichtdagen: int = 5
    aard_beroep: bool | None = None
    toelichting: str = ""
    besluit: str = ""  # of the hoofd, when he decides
    besluitdatum: date | None = None
    motivering: str = ""


def asked(jongere: Jongere, invoer: Verlofinvoer) -> Aanvraag:
    gemeente = jongere.gemeente
    regio = Regio(gemeente.vakantieregio) if gemeente and gemeente.vakantieregio else None
    return Aanvraag(
        soort=invoer.soort,
        van=invoer.van,
        tot=invoer.tot,
        ingediend_op=invoer.ingediend_op,
        dagen=invoer.dagen,
        omstandigheid=invoer.omstandigheid,
        plichtdagen=invoer.plichtdagen,
        aard_beroep=invoer.aard_beroep,
        regio=regio,
    )


def asked_by(verlof: Verlof) -> Aanvraag:
    """The request as it stands."""
    invoer = Verlofinvoer(
        soort=verlof.soort,
        van=verlof.van,
        tot=verlof.tot,
        ingediend_op=verlof.ingediend_op or verlof.van,
        dagen=verlof.dagen,
        omstandigheid=verlof.omstandigheid,
        plichtdagen=verlof.plichtdagen,
        aard_beroep=verlof.aard_beroep,
    )
    return asked(verlof.jongere, invoer)


@transaction.atomic
def request_verlof(jongere: Jongere, *, by: Gebruiker, day: date, invoer: Verlofinvoer) -> Verlof:
    """Write the leave; above ten days in a schooljaar it opens a werkproces for a decision.

    Raises NotAuthorised, DomainError.
    """
    if invoer.tot < invoer.van:
        raise DomainError("Het verlof eindigt voor het begint.")
    # Two requests at once: the second counts the first.
    Jongere.objects.select_for_update().only("pk").get(pk=jongere.pk)
    gemeente = gemeente_on(jongere, invoer.ingediend_op)
    require_for(by, Taak.LEERPLICHT, jongere, gemeente.pk if gemeente else None)
    aanvraag = asked(jongere, invoer)
    beslisser, _ = who_decides(aanvraag, Verlof.objects.granted_to(jongere.pk))
    if invoer.besluit and beslisser == Beslisser.LEERPLICHT:
        raise DomainError(
            "Met dit verlof komt de jongere boven 10 schooldagen in dit schooljaar. Dan beslist"
            " de leerplichtambtenaar. Laat het besluit leeg."
        )
    if invoer.besluit and invoer.besluitdatum is None:
        raise DomainError("Vul de datum van het besluit in.")
    dagen = sum(
        per_schooljaar(invoer.van, invoer.tot, invoer.dagen, aanvraag.regio).values(), Decimal(0)
    )
    verlof = Verlof.objects.create(
        jongere=jongere,
        gemeente=gemeente,
        beslisser=beslisser,
        **{naam: getattr(replace(invoer, dagen=dagen), naam) for naam in Verlofinvoer.__slots__},
    )
    record("verlof.aangevraagd", verlof, by=by, taak=Taak.LEERPLICHT, soort=verlof.soort)
    if beslisser == Beslisser.LEERPLICHT:
        _open(verlof, by=by, day=day)
    return verlof


def _open(verlof: Verlof, *, by: Gebruiker, day: date) -> None:
    verlof.werkproces = open_request(
        verlof.jongere, Werkprocessoort.VERLOF, AANVRAAG.begin, by=by, day=day
    )
    verlof.save(update_fields=["werkproces"])
    start_clock(verlof.werkproces, verlof.ingediend_op or day)


def open_request(
    jongere: Jongere, soort: str, toestand: str, *, by: Gebruiker, day: date
) -> Werkproces:
    """A werkproces for a notice or a request, with its dossier."""
    gemeente = gemeente_on(jongere, day)
    require_for(by, Taak.LEERPLICHT, jongere, gemeente.pk if gemeente else None)
    werkproces = Werkproces.objects.create(
        jongere=jongere,
        gemeente=gemeente,
        taak=Taak.LEERPLICHT,
        soort=soort,
        toestand=toestand,
        toestand_sinds=day,
        gestart_op=day,
        behandelaar=by,
    )
    record("werkproces.geopend", werkproces, by=by, soort=soort)
    ensure_dossier(jongere, Taak.LEERPLICHT, gemeente, by=by, day=day)
    begin = tabel_of(werkproces).toestanden[toestand]
    if term := make_term(werkproces, begin, day=day):
        term.save()
    return werkproces


def points_of(verlof: Verlof) -> list[str]:
    rows = Verlof.objects.granted_to(verlof.jongere_id)
    return list(points(asked_by(verlof), [row for row in rows if row.pk != verlof.pk]))
