"""Open work on the day of the demo: what a package does not hold (states, terms, agenda)."""

from datetime import date

from django.db.models import OuterRef, Subquery

from accounts.rechten import Taak
from casework.models import Dossier, Werkproces
from doorstroompunt.models import Traject
from koppelingen.demo.agenda import write_agenda
from koppelingen.demo.maken import Demoregio
from koppelingen.demo.trajectwerk import set_trajecten
from koppelingen.demo.werkproceswerk import set_werkprocessen


def set_open_work(regio: Demoregio) -> None:
    """Call once, after the import, in a transaction."""
    open_processen = set_werkprocessen(regio)
    open_trajecten = set_trajecten(regio)
    _give_dossiers_a_behandelaar(regio.peildatum)
    write_agenda(regio.peildatum, open_processen, open_trajecten)


def _give_dossiers_a_behandelaar(peildatum: date) -> None:
    """Who handled the last werkproces or traject has the dossier."""
    processen = Werkproces.objects.filter(
        jongere=OuterRef("jongere"), taak=OuterRef("taak"), behandelaar__isnull=False
    ).order_by("-gestart_op", "-pk")
    trajecten = Traject.objects.filter(
        jongere=OuterRef("jongere"), behandelaar__isnull=False
    ).order_by("-datum_melding", "-pk")
    dossiers = Dossier.objects.filter(gesloten_op__isnull=True, behandelaar__isnull=True)
    for taak, bron in ((Taak.LEERPLICHT, processen), (Taak.DOORSTROOMPUNT, trajecten)):
        dossiers.filter(taak=taak).update(behandelaar=Subquery(bron.values("behandelaar")[:1]))
