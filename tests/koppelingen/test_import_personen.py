"""Who is who: BSN, then onderwijsnummer; name and birth date alone are for a person to decide."""

import pytest

from casework.models import Jongere, Verzuimmelding
from koppelingen.models import Bronsleutel, Persoonsvraag
from tests.factories import JongereFactory
from tests.koppelingen.pakketten import BSN1, BSN2, JONGEREN, MELDINGEN, geladen, lees, lees_in
from tests.koppelingen.pakketten import make_map as make

pytestmark = pytest.mark.django_db

ONR, ONR2 = "123456789", "123456780"


def personen() -> list[tuple[str, str, str]]:
    return sorted((j.bsn, j.onderwijsnummer, j.achternaam) for j in Jongere.objects.all())


def keys() -> dict[str, int]:
    rows = Bronsleutel.objects.filter(bestand="jongeren")
    return dict(rows.values_list("bron_id", "object_id"))


@pytest.mark.parametrize(
    ("rijen", "verwacht"),
    [
        # Same BSN.
        ([f"{BSN1};;Jansen", f"{BSN1};;Janssen"], [(BSN1, "", "Jansen")]),
        # BSN with onderwijsnummer, and onderwijsnummer alone; in either order.
        ([f"{BSN1};{ONR};Jansen", f";{ONR};J."], [(BSN1, ONR, "Jansen")]),
        ([f";{ONR};J.", f"{BSN1};{ONR};Jansen"], [(BSN1, ONR, "Jansen")]),
        # A third row ties the first two together.
        ([f"{BSN1};;Jansen", f";{ONR};J.", f"{BSN1};{ONR};Jans"], [(BSN1, ONR, "Jansen")]),
        # The number of two people with a BSN of their own names neither.
        (
            [f"{BSN1};{ONR};Jansen", f"{BSN2};{ONR};Wit", f";{ONR};Bos"],
            [("", ONR, "Bos"), (BSN1, ONR, "Jansen"), (BSN2, ONR, "Wit")],
        ),
        # Different numbers, same name: different people.
        ([f"{BSN1};;Jansen", f"{BSN2};;Jansen"], [(BSN1, "", "Jansen"), (BSN2, "", "Jansen")]),
        # Nothing but a name: two people until somebody decides.
        ([";;Jansen", ";;Jansen"], [("", "", "Jansen"), ("", "", "Jansen")]),
    ],
)
def test_two_rows_of_one_package(tmp_path, rijen, verwacht):
    text = "".join(f"j{n};{rij};Sam;2010-05-01;0637\n" for n, rij in enumerate(rijen))

    rapport = lees_in(tmp_path, jongeren=JONGEREN + text)

    assert personen() == verwacht
    assert geladen(rapport) == {"jongeren.csv": len(rijen)}
    assert rapport["totaal"]["quarantaine"] == 0


def test_both_bron_ids_lead_to_the_one_jongere(tmp_path):
    lees_in(
        tmp_path,
        jongeren=JONGEREN
        + f"j1;{BSN1};{ONR};Jansen;Sam;2010-05-01;0637\nj2;;{ONR};Jansen;;2010-05-01;\n",
        verzuimmeldingen=MELDINGEN + "m1;j1;V3;2023-10-01;;B;;\nm2;j2;V3;2023-10-02;;B;;\n",
    )

    jongere = Jongere.objects.get()
    assert keys() == {"j1": jongere.pk, "j2": jongere.pk}
    assert {m.jongere_id for m in Verzuimmelding.objects.all()} == {jongere.pk}


def test_a_row_finds_the_jongere_that_is_here_and_only_fills_what_is_empty(tmp_path):
    jongere = JongereFactory(bsn=BSN1, achternaam="Eigen", voornamen="", gemeente=None)

    lees_in(tmp_path, jongeren=JONGEREN + f"j1;{BSN1};{ONR};Jansen;Sam;2010-05-01;0637\n")

    jongere.refresh_from_db()
    assert Jongere.objects.count() == 1
    assert (jongere.achternaam, jongere.voornamen) == ("Eigen", "Sam")
    assert (jongere.onderwijsnummer, jongere.gemeente.code) == (ONR, "0637")


def test_a_known_onderwijsnummer_without_bsn_gets_its_bsn(tmp_path):
    jongere = JongereFactory(bsn="", onderwijsnummer=ONR)

    lees_in(tmp_path, jongeren=JONGEREN + f"j1;{BSN1};{ONR};Jansen;Sam;2010-05-01;0637\n")

    jongere.refresh_from_db()
    assert (Jongere.objects.count(), jongere.bsn) == (1, BSN1)
    assert Jongere.objects.with_bsn(BSN1).get() == jongere


def test_a_known_onderwijsnummer_with_another_bsn_is_another_person(tmp_path):
    JongereFactory(bsn=BSN2, onderwijsnummer=ONR)

    lees_in(tmp_path, jongeren=JONGEREN + f"j1;{BSN1};{ONR};Jansen;Sam;2010-05-01;0637\n")

    assert Jongere.objects.count() == 2


def test_name_and_birth_date_alone_are_asked(tmp_path):
    bestaand = JongereFactory(
        bsn=BSN1, achternaam="Jansen", voornamen="Sam", geboortedatum="2010-05-01"
    )

    rapport = lees_in(
        tmp_path,
        jongeren=JONGEREN
        + f"j1;;;Jansen;Sam;2010-05-01;0637\nj2;{BSN2};;Jansen;Sam;2010-05-01;0637\n"
        + "j3;;;Jansen;Sam;2010-05-02;0637\n",
    )

    # j2 has a BSN of his own: not the one who is here, perhaps the one without a number.
    assert set(Persoonsvraag.objects.values_list("nieuw_id", "bestaand_id")) == {
        (keys()["j1"], bestaand.pk),
        (keys()["j2"], keys()["j1"]),
    }
    assert rapport["personen_te_beslissen"] == 2
    assert Jongere.objects.count() == 4


def test_the_questions_do_not_depend_on_the_order_of_the_rows(tmp_path):
    bestaand = JongereFactory(
        bsn=BSN1, achternaam="Jansen", voornamen="Sam", geboortedatum="2010-05-01"
    )

    lees_in(
        tmp_path,
        jongeren=JONGEREN
        + f"j2;{BSN2};;Jansen;Sam;2010-05-01;0637\nj1;;;Jansen;Sam;2010-05-01;0637\n",
    )

    assert set(Persoonsvraag.objects.values_list("nieuw_id", "bestaand_id")) == {
        (keys()["j1"], bestaand.pk),
        (keys()["j1"], keys()["j2"]),
    }


def test_many_rows_with_one_name_ask_a_few_questions_each(tmp_path):
    """A system that fills in one name for everybody does not ask about every pair."""
    rijen = "".join(f"j{n};;;Onbekend;;2010-05-01;0637\n" for n in range(30))

    rapport = lees_in(tmp_path, jongeren=JONGEREN + rijen)

    assert rapport["personen_te_beslissen"] == 0 + 1 + 2 + 27 * 3


def test_a_bsn_of_somebody_else_is_not_taken_over(tmp_path):
    lees_in(tmp_path, jongeren=JONGEREN + "j1;;;Jansen;Sam;2010-05-01;0637\n")
    ander = JongereFactory(bsn=BSN1, achternaam="Ander")

    rapport = lees_in(tmp_path, jongeren=JONGEREN + f"j1;{BSN1};;Jansen;Sam;2010-05-01;0637\n")

    eigen = Jongere.objects.get(pk=keys()["j1"])
    vraag = Persoonsvraag.objects.get()
    assert eigen.bsn == ""
    assert (vraag.nieuw_id, vraag.bestaand_id) == (eigen.pk, ander.pk)
    assert rapport["bestanden"]["jongeren.csv"]["bijgewerkt"] == 1


def test_persons_of_two_systems_meet(tmp_path):
    een = make(tmp_path / "een", {"jongeren": JONGEREN + f"1;{BSN1};;Jansen;Sam;2010-05-01;0637\n"})
    twee = make(
        tmp_path / "twee",
        {"jongeren": JONGEREN + f"A;{BSN1};;Jansen;Samuel;2010-05-01;0518\n"},
        bronsysteem="ander systeem",
    )

    lees(een)
    lees(twee)

    jongere = Jongere.objects.get()
    assert (jongere.voornamen, jongere.gemeente.code) == ("Sam", "0637")
    assert Bronsleutel.objects.count() == 2


def test_secrecy_of_any_row_holds(tmp_path):
    kop = "bron_id;bsn;achternaam;geboortedatum;geheimhouding\n"
    lees_in(
        tmp_path,
        jongeren=kop + f"j1;{BSN1};Jansen;2010-05-01;N\nj2;{BSN1};Jansen;2010-05-01;J\n",
    )

    assert Jongere.objects.get().geheimhouding is True
