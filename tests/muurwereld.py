"""A small made-up world for the wall, and the rule of who sees what in the plainest words.

Random, but the same for the same seed. The rule is written a third time here, from the text of
the requirements: no queries, no sets worked out beforehand, one row and one person at a time.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from accounts.models import Bevoegdheid, Gebruiker
from casework.models import (
    Afscherming,
    AfschermingLid,
    Betrokkenheid,
    Noodtoegang,
    Onderzoek,
)
from tests.factories import (
    ActieFactory,
    AdresFactory,
    AfspraakFactory,
    ContactmomentFactory,
    DiplomaFactory,
    DossierFactory,
    GebruikerFactory,
    GemeenteFactory,
    HaltzaakFactory,
    InschrijvingFactory,
    JongereFactory,
    ProcesVerbaalFactory,
    RelatieFactory,
    SchoolFactory,
    StrafzaakFactory,
    VerlofFactory,
    VerzuimmeldingFactory,
    VrijstellingFactory,
    WerkprocesFactory,
)
from tests.factories_doorstroompunt import PlanFactory, TrajectFactory

DAG = date(2025, 9, 10)
UITVOEREND = ("leerplicht", "doorstroompunt")
# Kinds with a taak and a gemeente of their own, those of one taak, those that follow.
EIGEN_TAAK = ("dossier", "actie", "afspraak", "verzuimmelding", "werkproces", "contactmoment")
LEERPLICHT = ("verlof", "vrijstelling")
VAN_JONGERE = ("relatie", "adres", "inschrijving", "diploma")


@dataclass
class Wereld:
    dobbel: random.Random
    gemeenten: list = field(default_factory=list)
    gebruikers: list = field(default_factory=list)
    jongeren: list = field(default_factory=list)
    rijen: dict = field(default_factory=dict)  # kind -> rows

    def add(self, soort: str, row: object) -> None:
        self.rijen.setdefault(soort, []).append(row)


def build(seed: int, gebruikers: int = 8, jongeren: int = 16) -> Wereld:
    wereld = Wereld(random.Random(seed))
    wereld.gemeenten = [GemeenteFactory() for _ in range(3)]
    wereld.gebruikers = [_user(wereld) for _ in range(gebruikers)]
    school = SchoolFactory()
    onderzoek = Onderzoek.objects.create(
        gemeente=wereld.gemeenten[0], naam="Proef", doel="Proef", geopend_op=DAG
    )
    onderzoek.functionarissen.set(wereld.gebruikers[:2])
    wereld.jongeren = [
        JongereFactory(gemeente=wereld.dobbel.choice([*wereld.gemeenten, None]))
        for _ in range(jongeren)
    ]
    for jongere in wereld.jongeren:
        _rows(wereld, jongere, school, onderzoek)
        _hide(wereld, jongere)
    wereld.rijen["jongere"] = wereld.jongeren
    return wereld


def _user(wereld: Wereld) -> Gebruiker:
    dobbel = wereld.dobbel
    user = GebruikerFactory(is_active=dobbel.random() < 0.9)
    taken = (*UITVOEREND, "opsporing", "beleid", "beheer", "privacy")
    for taak in taken:
        for gemeente in wereld.gemeenten:
            if dobbel.random() < 0.35:
                Bevoegdheid.objects.create(
                    gebruiker=user,
                    taak=taak,
                    gemeente=gemeente,
                    rol=dobbel.choice(["lezer", "behandelaar", "leidinggevende"]),
                    van=date(2020, 1, 1),
                    tot=dobbel.choice([None, None, None, date(2024, 1, 1)]),
                    wacht=dobbel.random() < 0.1,
                )
    return Gebruiker.objects.get(pk=user.pk)


def _rows(wereld: Wereld, jongere, school, onderzoek) -> None:
    dobbel = wereld.dobbel

    def where():
        return dobbel.choice([*wereld.gemeenten, None])

    def police() -> dict:
        if dobbel.random() < 0.5:
            return {}
        own = {"regime": "WPG", "eerste_verwerking": dobbel.choice([DAG, date(2023, 1, 1)])}
        own["verwijderd_op"] = dobbel.choice([None, None, DAG])
        return own | {"onderzoek": dobbel.choice([None, None, onderzoek])}

    makers = {
        "dossier": lambda: DossierFactory(jongere=jongere, gemeente=where(), taak=taak()),
        "verzuimmelding": lambda: VerzuimmeldingFactory(
            jongere=jongere, school=school, gemeente=where(), taak=taak()
        ),
        "werkproces": lambda: WerkprocesFactory(
            jongere=jongere, gemeente=where(), taak=taak(), **police()
        ),
        "contactmoment": lambda: ContactmomentFactory(
            jongere=jongere, gemeente=where(), taak=taak(), **police()
        ),
        "actie": lambda: ActieFactory(jongere=jongere, gemeente=where(), taak=taak(), **police()),
        "afspraak": lambda: AfspraakFactory(
            jongere=jongere,
            gebruiker=wereld.gebruikers[0],
            gemeente=where(),
            taak=taak(),
            **police(),
        ),
        "procesverbaal": lambda: ProcesVerbaalFactory(jongere=jongere, gemeente=where()),
        "haltzaak": lambda: HaltzaakFactory(
            jongere=jongere, gemeente=where(), werkproces=None, boa=wereld.gebruikers[0]
        ),
        "strafzaak": lambda: StrafzaakFactory(
            jongere=jongere, gemeente=where(), werkproces=None, boa=wereld.gebruikers[0]
        ),
        "verlof": lambda: VerlofFactory(jongere=jongere, gemeente=where()),
        "vrijstelling": lambda: VrijstellingFactory(jongere=jongere, gemeente=where()),
        "traject": lambda: TrajectFactory(jongere=jongere, gemeente=where()),
        "relatie": lambda: RelatieFactory(jongere=jongere),
        "adres": lambda: AdresFactory(jongere=jongere),
        "inschrijving": lambda: InschrijvingFactory(jongere=jongere, school=school),
        "diploma": lambda: DiplomaFactory(jongere=jongere),
    }

    def taak():
        return dobbel.choice(UITVOEREND)

    for soort, make in makers.items():
        if dobbel.random() < 0.55:
            row = make()
            wereld.add(soort, row)
            if soort == "traject":
                wereld.add("plan", PlanFactory(traject=row))


def _hide(wereld: Wereld, jongere) -> None:
    dobbel = wereld.dobbel
    some = dobbel.choice(wereld.gebruikers)
    gemeente = dobbel.choice(wereld.gemeenten)
    if dobbel.random() < 0.3:
        row = Afscherming.objects.create(
            jongere=jongere, gemeente=gemeente, reden="COLLEGA", toelichting="p", gesloten_door=some
        )
        for lid in dobbel.sample(wereld.gebruikers, 3):
            AfschermingLid.objects.create(afscherming=row, gebruiker=lid)
        if dobbel.random() < 0.2:
            row.tot = timezone.now()
            row.save()
    if dobbel.random() < 0.2:
        now = timezone.now()
        hours = dobbel.choice([-1, 3])
        Noodtoegang.objects.create(
            gebruiker=dobbel.choice(wereld.gebruikers),
            jongere=jongere,
            gemeente=gemeente,
            reden="proef",
            van=now - timedelta(hours=4),
            tot=now + timedelta(hours=hours),
            beoordelen_voor=DAG,
        )
    if dobbel.random() < 0.2:
        Betrokkenheid.objects.create(
            gebruiker=dobbel.choice(wereld.gebruikers),
            jongere=jongere,
            soort="familie",
            door=some,
            vervallen_op=dobbel.choice([None, None, datetime(2025, 1, 1, tzinfo=UTC)]),
            vervallen_door=None,
        )


def does(user, taak: str, gemeente_id: int | None) -> bool:
    """Holds this person the right today, not waiting for a second person."""
    if gemeente_id is None or not user.is_active:
        return False
    today = timezone.localdate()
    return any(
        b.taak == taak
        and b.gemeente_id == gemeente_id
        and not b.wacht
        and b.van <= today
        and (b.tot is None or today < b.tot)
        for b in user.bevoegdheden.all()
    )


def is_hidden(user, jongere) -> bool:
    for row in jongere.betrokkenen.all():
        if row.gebruiker_id == user.pk and row.vervallen_op is None:
            return True
    for row in jongere.afschermingen.all():
        if row.tot is not None:
            continue
        named = any(lid.gebruiker_id == user.pk for lid in row.lijst.all())
        nood = any(
            n.gebruiker_id == user.pk and n.tot > timezone.now()
            for n in jongere.noodtoegangen.all()
        )
        if not named and not nood:
            return True
    return False


def sees_jongere(user, jongere) -> bool:
    if is_hidden(user, jongere):
        return False
    if any(does(user, taak, jongere.gemeente_id) for taak in UITVOEREND):
        return True
    return any(does(user, d.taak, d.gemeente_id) for d in jongere.dossiers.all())


def place(row) -> int | None:
    return row.gemeente_id if row.gemeente_id is not None else row.jongere.gemeente_id


def police_allowed(user, row) -> bool:
    """Apart from the reason: that is of a session, and only asked in Python."""
    if row.regime == "AVG":
        return True
    if row.verwijderd_op is not None or not does(user, "opsporing", place(row)):
        return False
    return row.onderzoek is None or user in row.onderzoek.functionarissen.all()


def sees(user, soort: str, row) -> bool:
    """What this person may see of the rows of `visible_to`."""
    if soort == "jongere":
        return sees_jongere(user, row)
    if soort == "plan":
        return sees(user, "traject", row.traject)
    if soort in VAN_JONGERE:
        return sees_jongere(user, row.jongere)
    if is_hidden(user, row.jongere):
        return False
    if soort in LEERPLICHT:
        return does(user, "leerplicht", place(row))
    if soort == "traject":
        return does(user, "doorstroompunt", place(row))
    if soort == "procesverbaal":
        return police_allowed(user, row)
    if not does(user, row.taak, place(row)):
        return False
    return police_allowed(user, row) if hasattr(row, "regime") else True


def wall_gives(user, soort: str, row) -> bool:
    """Where the wall lets more through than a page shows; each with its reason in ADR 12."""
    if sees(user, soort, row):
        return True
    if soort == "jongere":
        pvs = row.processen_verbaal.all()
        return not is_hidden(user, row) and any(
            does(user, "opsporing", pv.gemeente_id) for pv in pvs
        )
    if soort in VAN_JONGERE:
        return wall_gives(user, "jongere", row.jongere)
    if soort == "vrijstelling":
        return wall_gives(user, "jongere", row.jongere)
    if getattr(row, "verwijderd_op", None) is not None and not is_hidden(user, row.jongere):
        own = soort == "procesverbaal" or does(user, row.taak, place(row))
        return own and does(user, "privacy", place(row))
    return False
