"""The status of a melding and the outbox for DUO: both tables walked, every pair."""

import uuid
from datetime import UTC, date, datetime
from itertools import product

import pytest

from casework.codes import DuoStatus, Resultaat
from casework.domain.melding import close_melding
from casework.domain.meldingstatus import REDENCODE, Door, change_status, may_move
from casework.domain.statusbericht import (
    OVERGANGEN,
    Antwoord,
    Intrekking,
    mark_sent,
    process_antwoord,
    process_intrekking,
    send_again,
    to_send,
    withdraw_local,
)
from casework.errors import DomainError, NotAuthorised
from casework.models import Actie, Berichtstand, Statusbericht
from tests.factories import (
    GemeenteFactory,
    JongereFactory,
    VerzuimmeldingFactory,
    WerkprocesFactory,
    make_ambtenaar,
)

NU = datetime(2025, 9, 10, 10, 0, tzinfo=UTC)
DAG = date(2025, 9, 10)
# As DUO and the texts of the register say it, written out once more.
MAG = {
    ("R", "B", "gemeente"), ("R", "K", "gemeente"), ("B", "G", "gemeente"), ("B", "K", "gemeente"),
    ("R", "G", "gemeente"),  # by way of B
    ("R", "I", "melder"), ("B", "I", "melder"), ("LOKAAL", "I", "melder"),
    ("R", "I", "DUO"), ("B", "I", "DUO"), ("G", "I", "DUO"), ("K", "I", "DUO"),
}  # fmt: skip  # read as a table


@pytest.fixture
def gemeente(db):
    return GemeenteFactory()


@pytest.fixture
def ambtenaar(gemeente):
    return make_ambtenaar(gemeente)


@pytest.fixture
def melding(gemeente):
    return VerzuimmeldingFactory(jongere=JongereFactory(gemeente=gemeente))


@pytest.mark.parametrize(("van", "naar", "door"), [*product(DuoStatus, DuoStatus, Door)])
def test_every_move_of_a_melding(melding, van, naar, door):
    melding.status = van
    if (van, naar, door) in MAG:
        change_status(melding, naar, door=door)
        assert melding.status == naar
    else:
        with pytest.raises(DomainError):
            change_status(melding, naar, door=door)
        assert melding.status == van


@pytest.mark.parametrize(("waarde", "mag"), [(True, True), (False, False)])
def test_whether_school_can_withdraw_after_pick_up_is_a_setting(melding, settings, waarde, mag):
    settings.LEERRECHT_REGELS = {"melding_intrekken_na_oppakken": waarde}
    melding.status = DuoStatus.B
    if mag:
        change_status(melding, "I", door=Door.MELDER)
        return
    with pytest.raises(DomainError):
        change_status(melding, "I", door=Door.MELDER)


def test_closing_what_nobody_took_up_tells_duo_in_two_steps(melding, ambtenaar):
    close_melding(melding, "naar_school", by=ambtenaar, day=DAG)

    rows = Statusbericht.objects.order_by("pk")
    assert list(rows.values_list("nieuwe_status", "reden_afgesloten", "toelichting")) == [
        ("B", "", "ACTIE"),
        ("G", "TERUG", "GEEN_ACTIE"),
    ]


def test_a_report_outside_duo_tells_nothing(gemeente, ambtenaar):
    melding = VerzuimmeldingFactory(
        jongere=JongereFactory(gemeente=gemeente), status="LOKAAL", duo_meldingnummer=""
    )

    close_melding(melding, "naar_school", by=ambtenaar, day=DAG)

    assert melding.status == "LOKAAL"
    assert not Statusbericht.objects.exists()


def test_messages_of_one_melding_go_one_at_a_time_with_the_last_change_seen(melding, ambtenaar):
    close_melding(melding, "naar_school", by=ambtenaar, day=DAG)
    eerste, tweede = Statusbericht.objects.order_by("pk")

    assert mark_sent([eerste.pk, tweede.pk], now=NU) == [eerste]
    assert not to_send().exists()
    assert process_antwoord(Antwoord(eerste.bericht_id, True, mutatie=NU), now=NU)
    [sent] = mark_sent([tweede.pk], now=NU)

    assert sent.gezien_mutatie == NU
    assert not process_antwoord(Antwoord(eerste.bericht_id, False), now=NU), "read twice"
    assert not process_antwoord(Antwoord(uuid.uuid4(), True), now=NU)


def test_a_refusal_is_a_thing_to_do_and_can_be_tried_again(melding, ambtenaar):
    change_status(melding, "B", by=ambtenaar)
    bericht = Statusbericht.objects.get()
    mark_sent([bericht.pk], now=NU)
    process_antwoord(Antwoord(bericht.bericht_id, False, "VERLOPEN", "Andere mutatie"), now=NU)

    assert Actie.objects.get().omschrijving.startswith("DUO weigerde")
    again = send_again(bericht, by=ambtenaar)

    assert (again.stand, again.poging) == ("KLAAR", 2)
    assert again.bericht_id != bericht.bericht_id
    with pytest.raises(DomainError):
        send_again(again, by=ambtenaar)
    with pytest.raises(NotAuthorised):
        send_again(again, by=make_ambtenaar(GemeenteFactory()))


@pytest.mark.parametrize("van", Berichtstand)
def test_every_state_of_a_message(melding, ambtenaar, van):
    change_status(melding, "B", by=ambtenaar)
    bericht = Statusbericht.objects.get()
    Statusbericht.objects.update(stand=van)

    assert bool(mark_sent([bericht.pk], now=NU)) == ("VERZONDEN" in OVERGANGEN[van])
    Statusbericht.objects.update(stand=van)
    answered = process_antwoord(Antwoord(bericht.bericht_id, True), now=NU)
    assert answered == ("BEVESTIGD" in OVERGANGEN[van])
    Statusbericht.objects.update(stand=van)
    if van == Berichtstand.AFGEWEZEN:
        assert send_again(bericht, by=ambtenaar).stand == "KLAAR"
    else:
        with pytest.raises(DomainError):
            send_again(bericht, by=ambtenaar)


def test_withdrawn_at_duo_drops_what_waits_and_asks_about_the_werkproces(gemeente, ambtenaar):
    jongere = JongereFactory(gemeente=gemeente)
    werkproces = WerkprocesFactory(jongere=jongere, behandelaar=ambtenaar)
    melding = VerzuimmeldingFactory(jongere=jongere, werkproces=werkproces)
    change_status(melding, "B", by=ambtenaar)
    melding.save()
    line = Intrekking(melding.duo_meldingnummer, "", NU)

    assert process_intrekking(line, now=NU)
    assert not process_intrekking(line, now=NU)

    melding.refresh_from_db()
    assert (melding.status, melding.laatste_mutatie) == ("I", NU)
    assert Statusbericht.objects.get().stand == "VERVALLEN"
    assert Actie.objects.get().toegewezen_aan == ambtenaar


@pytest.mark.eis("P01")
def test_what_is_asked_about_a_police_process_is_police_data(gemeente, ambtenaar):
    jongere = JongereFactory(gemeente=gemeente)
    werkproces = WerkprocesFactory(jongere=jongere, behandelaar=ambtenaar, regime="WPG")
    melding = VerzuimmeldingFactory(jongere=jongere, werkproces=werkproces)

    process_intrekking(Intrekking(melding.duo_meldingnummer, "", NU), now=NU)

    actie = Actie.objects.get()
    assert (actie.regime, actie.werkproces) == ("WPG", werkproces)
    assert not Actie.objects.visible_to(ambtenaar).exists()


@pytest.mark.parametrize(("reden", "kan"), [("", False), ("V", True)])
def test_only_duo_withdraws_what_was_closed(melding, reden, kan):
    melding.status = "G"
    melding.save()

    assert process_intrekking(Intrekking(melding.duo_meldingnummer, reden, NU), now=NU) == kan
    assert not process_intrekking(Intrekking("", "V", NU), now=NU)
    assert may_move("G", "I", Door.DUO)


def test_by_phone_only_what_did_not_come_through_duo(gemeente, ambtenaar, melding):
    eigen = VerzuimmeldingFactory(
        jongere=melding.jongere, gemeente=gemeente, status="LOKAAL", duo_meldingnummer=""
    )

    withdraw_local(eigen, by=ambtenaar, now=NU)

    eigen.refresh_from_db()
    assert (eigen.status, eigen.afgesloten_op) == ("I", DAG)
    with pytest.raises(DomainError):
        withdraw_local(melding, by=ambtenaar, now=NU)


DUO_REDENEN = {
    "TERUG",
    "UIT_ANDERS",
    "UIT_WERK",
    "UIT_OVERIG",
    "OVERLEDEN",
    "ZIEK",
    "LEGITIEM",
    "VRIJSTELLING",
}  # the list of the interface


def test_every_result_has_a_reason_that_duo_knows():
    """Of a report that is open, or only noted, no reason goes."""
    assert set(REDENCODE.values()) <= DUO_REDENEN
    assert set(Resultaat) - REDENCODE.keys() == {Resultaat.OPEN, Resultaat.TER_KENNISNAME}


def test_of_who_died_duo_hears_that(melding, ambtenaar):
    melding.jongere.datum_overlijden, melding.resultaat = DAG, "naar_school"
    melding.status = "B"
    change_status(melding, "G", by=ambtenaar)

    bericht = Statusbericht.objects.get()
    assert (bericht.reden_afgesloten, bericht.contact_functie) == ("OVERLEDEN", ambtenaar.functie)
