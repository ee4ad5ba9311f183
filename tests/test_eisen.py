"""The page about privacy and security says what the tests prove, and nothing else."""

from scripts.eisen import PAGINA, Eis, mistakes, page, proofs, requirements


def test_every_requirement_has_a_test_or_an_explanation():
    assert mistakes(requirements(), proofs()) == []


def test_the_page_is_the_one_that_the_tests_give():
    """After a new mark: python -m scripts.eisen."""
    assert PAGINA.read_text(encoding="utf-8") == page(requirements(), proofs())


def test_a_mark_is_found_wherever_it_stands(tmp_path):
    file = tmp_path / "tests" / "test_x.py"
    file.parent.mkdir()
    file.write_text('@pytest.mark.eis("A7", "S2")\ndef test_one(): pass\ndef test_two(): pass\n')

    assert proofs(file.parent) == {
        "A7": ["tests/test_x.py::test_one"],
        "S2": ["tests/test_x.py::test_one"],
    }


def test_what_is_wrong_is_named():
    eisen = [Eis("A1", "", ""), Eis("A2", "", "later"), Eis("A3", "", "later")]

    assert mistakes(eisen, {"A2": ["x"], "Q1": ["y"]}) == [
        "Q1: staat niet in eisen.csv",
        "A1: geen test en geen uitleg",
    ]


def test_a_row_with_a_test_and_an_explanation_is_met_in_part():
    eisen = [Eis("A1", "Een", ""), Eis("A2", "Twee", "Nog dit."), Eis("A3", "Drie", "Later.")]

    text = page(eisen, {"A1": ["t::a"], "A2": ["t::b"]})

    assert "Van de 3 eisen zijn er 1 bewezen en 1 deels." in text
    assert "| A2 | Twee | `t::b`<br>Deels. Nog dit. |" in text
    assert "| A3 | Drie | Later. |" in text
