"""Statuses to the verzuimregister and back, by files and by the simulator; and the list of them."""

import csv
from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Gebeurtenis
from casework.codes import DuoStatus
from casework.domain.melding import close_melding
from casework.domain.meldingstatus import change_status
from casework.domain.statusbericht import send_again
from casework.models import Actie, Statusbericht
from koppelingen.domain.duo import exchange
from leerplicht.codes import Grond
from leerplicht.domain.vrijstelling_proces import SOORT_REGISTER
from tests.factories import (
    GemeenteFactory,
    JongereFactory,
    SchoolFactory,
    VerzuimmeldingFactory,
    VrijstellingFactory,
    WerkprocesFactory,
    make_ambtenaar,
)

pytestmark = pytest.mark.django_db
NU = datetime(2025, 9, 10, 10, 0, tzinfo=UTC)
LATER = datetime(2025, 9, 10, 10, 15, tzinfo=UTC)


@pytest.fixture
def gemeente():
    return GemeenteFactory(code="0637")


@pytest.fixture
def ambtenaar(gemeente):
    return make_ambtenaar(gemeente)


@pytest.fixture
def melding(gemeente):
    return VerzuimmeldingFactory(
        jongere=JongereFactory(gemeente=gemeente),
        gemeente=gemeente,
        school=SchoolFactory(),
        duo_meldingnummer="990001",
        status=DuoStatus.R,
    )


@pytest.fixture
def map_(settings, tmp_path):
    settings.DUO_REGISTER, settings.DUO_MAP = "csv", tmp_path / "duo"
    return settings.DUO_MAP


def move(melding, naar, by=None):
    change_status(melding, naar, by=by)
    melding.save()


def stands() -> list[tuple[str, str]]:
    return list(Statusbericht.objects.order_by("pk").values_list("nieuwe_status", "stand"))


def sent_rows(map_) -> list[dict[str, str]]:
    rows = []
    for pad in sorted((map_ / "uit").iterdir()):
        with pad.open(newline="") as stream:
            rows += csv.DictReader(stream, delimiter=";")
    return rows


def answer(map_, *rijen: str, naam: str = "verzuimstatus_terug_1.csv") -> None:
    kop = "versie;bericht_id;resultaat;foutcode;fouttekst;nieuwe_mutatie"
    (map_ / "in").mkdir(parents=True, exist_ok=True)
    (map_ / "in" / naam).write_text("\n".join([kop, *rijen]) + "\n")


def test_one_message_of_a_melding_at_a_time_and_each_once(melding, ambtenaar, map_):
    """Closing what nobody took up gives two messages: the second waits for the first answer."""
    melding.resultaat = "naar_school"
    move(melding, DuoStatus.G, by=ambtenaar)

    assert exchange(NU)["verzonden"] == 1
    assert exchange(NU)["verzonden"] == 0
    first = Statusbericht.objects.earliest("pk")
    answer(map_, f"1;{first.bericht_id};OK;;;2025-09-10T12:05:00+02:00")
    telling = exchange(LATER)

    assert {naam: n for naam, n in telling.items() if n} == {"antwoorden": 1, "verzonden": 1}
    assert stands() == [("B", "BEVESTIGD"), ("G", "VERZONDEN")]
    taken_up, closed = sent_rows(map_)
    assert (taken_up["nieuwe_status"], taken_up["toelichting_code"]) == ("B", "ACTIE")
    assert (closed["nieuwe_status"], closed["reden_afgesloten"]) == ("G", "TERUG")
    assert closed["gezien_mutatie"] == "2025-09-10T12:05:00+02:00"
    assert {row["meldingnummer"] for row in (taken_up, closed)} == {"990001"}
    assert Gebeurtenis.objects.filter(actie="melding.duo_verzonden").count() == 2


def test_nothing_of_the_dossier_leaves(melding, ambtenaar, map_):
    melding.resultaat = "naar_school"
    move(melding, DuoStatus.B, by=ambtenaar)
    exchange(NU)

    [pad] = (map_ / "uit").iterdir()

    assert pad.name.startswith("verzuimstatus_uit_0637_20250910T120000_")
    assert [path.stat().st_mode & 0o777 for path in (pad, pad.parent)] == [0o600, 0o700]
    text = pad.read_text()
    assert melding.jongere.achternaam not in text
    assert ambtenaar.naam in text


def test_a_refusal_is_something_to_do_and_goes_again_with_a_number_of_its_own(
    melding, ambtenaar, map_
):
    move(melding, DuoStatus.K, by=ambtenaar)
    exchange(NU)
    bericht = Statusbericht.objects.get()
    answer(map_, f"1;{bericht.bericht_id};FOUT;F017;Melding is gewijzigd;")
    exchange(LATER)

    bericht.refresh_from_db()
    assert (bericht.stand, bericht.fouttekst) == ("AFGEWEZEN", "Melding is gewijzigd")
    assert Actie.objects.filter(jongere=melding.jongere).count() == 1
    send_again(bericht, by=ambtenaar)
    exchange(LATER)

    assert len({row["bericht_id"] for row in sent_rows(map_)}) == 2


def test_wrong_rows_are_put_aside_and_the_others_count(melding, ambtenaar, map_):
    move(melding, DuoStatus.B, by=ambtenaar)
    exchange(NU)
    key = Statusbericht.objects.get().bericht_id
    answer(
        map_,
        f"2;{key};OK;;;",
        f"1;{key};JA;;;",
        "1;x;OK;;;",
        f"1;{key};OK;;;2025-09-10",
        f"1;{key};OK;;;2025-09-10T12:00:00+02:00",
    )
    answer(map_, naam="verzuimstatus_terug_2.csv")
    (map_ / "in" / "verzuimstatus_terug_3.csv").write_text("iets;anders\n1;2\n")

    telling = exchange(LATER)

    assert {naam: n for naam, n in telling.items() if n} == {"antwoorden": 1, "foute_rijen": 5}
    assert list((map_ / "in").iterdir()) == []
    fouten = (map_ / "gelezen" / "verzuimstatus_terug_1.csv.fouten.txt").read_text()
    assert fouten.splitlines() == [
        "Rij 2: deze versie kennen wij niet.",
        "Rij 3: het resultaat is OK of FOUT.",
        "Rij 4: dit is geen nummer van een bericht.",
        "Rij 5: het moment van de mutatie mist zijn tijdzone.",
    ]
    kop = (map_ / "gelezen" / "verzuimstatus_terug_3.csv.fouten.txt").read_text()
    assert kop.startswith("De kop mist bericht_id")


def test_reading_the_same_answers_again_changes_nothing(melding, ambtenaar, map_):
    move(melding, DuoStatus.B, by=ambtenaar)
    exchange(NU)
    row = f"1;{Statusbericht.objects.get().bericht_id};OK;;;"
    answer(map_, row)
    exchange(LATER)
    answer(map_, row)

    assert exchange(LATER)["antwoorden"] == 0
    assert stands() == [("B", "BEVESTIGD")]


def test_what_could_not_be_written_stays_to_be_sent(melding, ambtenaar, map_):
    move(melding, DuoStatus.B, by=ambtenaar)
    exchange(NU)  # makes the folders, sends the first
    Statusbericht.objects.update(stand="KLAAR", verzonden_op=None)
    (map_ / "uit").rename(map_ / "weg")
    (map_ / "uit").write_text("geen map")

    with pytest.raises(OSError):
        exchange(LATER)

    assert stands() == [("B", "KLAAR")]


@pytest.mark.parametrize(
    ("steps", "wanted"),
    [
        ("B", [("B", "BEVESTIGD")]),
        ("K", [("K", "BEVESTIGD")]),
        ("BG", [("B", "BEVESTIGD"), ("G", "BEVESTIGD")]),
    ],
)
def test_the_simulator_follows_the_statuses(melding, ambtenaar, settings, steps, wanted):
    settings.DUO_REGISTER = "simulator"
    melding.resultaat = "naar_school"
    for step in steps:
        move(melding, step, by=ambtenaar)
    exchange(NU)

    assert stands() == wanted


def test_the_simulator_refuses_what_the_register_cannot_follow(melding, ambtenaar, settings):
    settings.DUO_REGISTER = "simulator"
    move(melding, DuoStatus.B, by=ambtenaar)
    Statusbericht.objects.update(nieuwe_status="G", reden_afgesloten="TERUG")
    exchange(NU)

    bericht = Statusbericht.objects.get()
    assert (bericht.stand, bericht.foutcode) == ("AFGEWEZEN", "SIM-S")


def test_without_a_connection_all_waits_and_the_command_says_so(melding, ambtenaar, settings):
    settings.DUO_REGISTER = ""
    move(melding, DuoStatus.B, by=ambtenaar)

    assert exchange(NU) == {}
    with pytest.raises(CommandError, match="DUO_REGISTER"):
        call_command("duo_berichten")
    assert stands() == [("B", "KLAAR")]


def test_the_command_counts(melding, ambtenaar, map_, capsys):
    move(melding, DuoStatus.B, by=ambtenaar)

    call_command("duo_berichten")

    assert capsys.readouterr().out.split("\n")[4] == "verzonden: 1"


def test_the_list_shows_what_went_and_came_back(client, gemeente, ambtenaar, settings):
    settings.DUO_REGISTER = "simulator"
    other = JongereFactory(gemeente=GemeenteFactory(), achternaam="Elders")
    for jongere in (JongereFactory(gemeente=gemeente, achternaam="Hier"), other):
        melding = VerzuimmeldingFactory(
            jongere=jongere, gemeente=jongere.gemeente, duo_meldingnummer="99", status=DuoStatus.R
        )
        close_melding(melding, resultaat="naar_school", by=ambtenaar, day=date(2025, 9, 10))
    exchange(NU)
    client.force_login(ambtenaar)

    page = client.get("/meldingen/duo/?stand=BEVESTIGD").content.decode()

    assert "Hier" in page and "Elders" not in page
    assert "2 berichten" in page
    assert "Geen berichten" in client.get("/meldingen/duo/?stand=AFGEWEZEN").content.decode()


def test_queries_of_the_list_do_not_grow(
    client, gemeente, ambtenaar, django_assert_max_num_queries
):
    client.force_login(ambtenaar)
    client.get("/meldingen/duo/")
    counts = []
    for total in (1, 3):
        while Statusbericht.objects.count() < total:
            melding = VerzuimmeldingFactory(
                jongere=JongereFactory(gemeente=gemeente),
                gemeente=gemeente,
                school=SchoolFactory(),
                duo_meldingnummer="99",
                status=DuoStatus.R,
            )
            move(melding, DuoStatus.B, by=ambtenaar)
        with django_assert_max_num_queries(40) as captured:
            client.get("/meldingen/duo/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def exemption(gemeente, toestand="kg_geregistreerd", **velden):
    jongere = JongereFactory(gemeente=gemeente, bsn="900000012", geboortedatum=date(2015, 3, 1))
    own = {"soort": "VRIJSTELLING", "toestand": toestand} | velden.pop("werkproces", {})
    werkproces = WerkprocesFactory(jongere=jongere, gemeente=gemeente, **own)
    return VrijstellingFactory(
        jongere=jongere,
        gemeente=gemeente,
        werkproces=werkproces,
        grond="5b",
        besluit="VAN_RECHTSWEGE",
        begindatum=date(2025, 8, 1),
        einddatum=date(2026, 7, 31),
        **velden,
    )


@pytest.mark.eis("P44")
def test_an_exemption_goes_once_without_its_ground_and_takes_its_step(gemeente, map_):
    row = exemption(gemeente)

    assert [exchange(NU)["vrijstellingen"], exchange(LATER)["vrijstellingen"]] == [1, 0]

    row.refresh_from_db()
    assert (row.gemeld_duo_op, row.werkproces.toestand) == (date(2025, 9, 10), "kg_lopend")
    [sent] = sent_rows(map_)
    assert sent["vrijstelling_id"] == str(row.uuid)
    assert (sent["soort_register"], sent["bsn"]) == ("beroep_5_5a", "900000012")
    # Only of a child who was never in Dutch education (BRO 12).
    assert (sent["geslacht"], sent["geboortedatum"]) == ("", "")
    assert "5b" not in sent.values()
    assert Gebeurtenis.objects.filter(actie="vrijstelling.duo_gemeld").count() == 1


def test_every_ground_has_a_kind_of_the_register():
    assert set(Grond) == SOORT_REGISTER.keys()
    assert set(SOORT_REGISTER.values()) == {
        "vervangende_leerplicht",
        "beroep_5_5a",
        "vrijstelling_15",
    }


def test_an_earlier_end_goes_again(gemeente, map_):
    own = {"status": "GESLOTEN", "resultaat": "vrijstelling", "gesloten_op": date(2025, 9, 9)}
    row = exemption(gemeente, "kg_beeindigd", werkproces=own)

    exchange(NU)

    row.refresh_from_db()
    assert row.gemeld_duo_op == date(2025, 9, 10)
    assert sent_rows(map_)[0]["einddatum"] == "2026-07-31"


@pytest.mark.parametrize("toestand", ["kg_getoetst", "av_besloten"])
def test_what_is_not_made_known_yet_waits(gemeente, map_, toestand):
    exemption(gemeente, toestand)

    assert exchange(NU)["vrijstellingen"] == 0
