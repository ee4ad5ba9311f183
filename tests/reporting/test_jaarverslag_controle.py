import pytest

from reporting.cijfer import Cijfer
from reporting.verslag.controle import check_report
from reporting.verslag.getallen import find_numbers
from reporting.verslag.plaatshouders import Kader
from reporting.verslag.secties import Sectiedata
from tests.factories_reporting import NU, OUD, make_cijfers, make_cijferset, make_kader


def found(tekst: str, kader: Kader | None = None) -> list[tuple[str, str]]:
    findings = check_report([Sectiedata("tekst", "Kop", 1, tekst)], kader or make_kader())
    return [(f.ernst, f.tekst) for f in findings]


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        (
            "Er waren 1.234 meldingen.",
            (
                "goed",
                "1.234 is gelijk aan Meldingen leerplicht (Hengelo, 2022-2023)."
                " Gebruik liever het cijfer zelf.",
            ),
        ),
        (
            "Er waren 1.121 meldingen.",
            ("verschil", "1.121 is een oud cijfer: Meldingen leerplicht (Hengelo, 2021-2022)."),
        ),
        (
            "Het vorige schooljaar waren er 1.121 meldingen.",
            ("goed", "1.121 is gelijk aan Meldingen leerplicht (Hengelo, 2021-2022)."),
        ),
        (
            "Er waren 1.243 meldingen.",
            (
                "verschil",
                "1.243 lijkt op Meldingen leerplicht (Hengelo, 2022-2023), maar dat is 1.234.",
            ),
        ),
        (
            "Er waren 5.000 meldingen.",
            ("verschil", "5.000 staat bij geen enkel cijfer van dit verslag."),
        ),
        ("Dat zijn er 113 meer.", ("goed", "113 is een verschil tussen twee schooljaren.")),
        (
            "Het verzuim is 4,25%.",
            (
                "goed",
                "4,25% is gelijk aan Verzuim ten opzichte van de leer- en kwalificatieplichtigen"
                " (Hengelo, 2022-2023). Gebruik liever het cijfer zelf.",
            ),
        ),
        (
            "Het verzuim is 4,4 procent.",
            (
                "verschil",
                "4,4 procent lijkt op Verzuim ten opzichte van de leer- en kwalificatieplichtigen"
                " (Hengelo, 2022-2023), maar dat is 4,25%.",
            ),
        ),
        (
            "Licht verzuim was 41%.",  # 509 of 1.234 is 41,2%
            (
                "goed",
                "41% is gelijk aan Meldingen leerplicht, Licht verzuim (onder 16 uur)"
                " (Hengelo, 2022-2023). Gebruik liever het cijfer zelf.",
            ),
        ),
    ],
)
def test_a_typed_number_is_compared_with_the_figures(tekst, verwacht):
    assert found(tekst) == [verwacht]


@pytest.mark.parametrize(
    "tekst",
    [
        "Op 1 oktober 2022 en op 31 juli 2023.",
        "Artikel 5 onder a, artikelen 3a, 3b en art. 25 van de wet.",
        "Jongeren van 5 tot 18 jaar, 18-jarigen, 18+ en boven de 23 jaar.",
        "16 uur in 4 weken, en 3 dagen later.",
        "Mbo niveau 2 tot en met 4, tabel 3, figuur 12.",
        "Bel 0612345678 of kijk op https://voorbeeld.nl/2023/45.",
        "Het kostte € 12.500 of 300 euro.",
        "1. Eerste stap\n2. Tweede stap",
        "In 2022-2023 of 2022/23. Voor de 3e keer.",
        "{{ lp_meldingen }} meldingen",
    ],
)
def test_dates_articles_ages_and_lists_are_no_figures(tekst):
    assert list(find_numbers(tekst)) == []


def test_years_outside_the_report_and_texts_of_last_year_are_named():
    assert found("In 2018-2019 was het anders.") == [
        ("let_op", "Schooljaar 2018-2019 valt buiten dit verslag."),
        (
            "let_op",
            "Deze tekst noemt 2018-2019 en niet 2022-2023. Is hij nog van vorig jaar?",
        ),
    ]
    assert found("In 2022-2023 was het anders dan in 2021-2022.") == []


def test_a_typed_table_must_add_up():
    text = "| soort | n |\n|---|---|\n| licht | 509 |\n| luxe | 25 |\n| Totaal | 544 |"

    sums = [f for f in found(text) if "Getypte tabel" in f[1]]

    assert sums == [("verschil", "Getypte tabel: kolom 2 telt op tot 534, er staat 544.")]


def test_a_counted_table_that_does_not_add_up_is_a_difference():
    rows = [c for c in make_cijfers() if c.dim != {"vs": "luxe"}]
    kader = Kader(make_cijferset("0164", cijfers=rows), NU)
    sectie = Sectiedata(
        "tabel", "Soorten", 1, "", {"rijen": [{"indicator": "lp_meldingen", "per": "vs"}]}
    )

    assert [(f.ernst, f.tekst) for f in check_report([sectie], kader)] == [
        (
            "verschil",
            "Tabel 1. Soorten (aantal meldingen): de regels tellen op tot 1.091,"
            " het totaal is 1.121 (2021-2022).",
        )
    ]


def test_small_numbers_of_youths_get_a_warning_and_of_reports_not():
    settings = {"rijen": [{"indicator": "lp_meldingen_jongeren", "per": "vs"}], "jaren": 1}
    sectie = Sectiedata("tabel", "Jongeren", 1, "", settings)

    assert [f.tekst for f in check_report([sectie], make_kader())] == [
        "Tabel 1. Jongeren (aantal jongeren): 1 aantallen onder 5."
        " Kijk of een jongere te herkennen is."
    ]


def test_placeholders_that_mean_nothing_are_errors_and_missing_figures_are_named():
    assert found("{{ lp_melding }} en {{ hv_pv }}") == [
        ("fout", "Het cijfer 'lp_melding' bestaat niet. Bedoelt u 'lp_meldingen'?"),
        ("let_op", "Processen-verbaal, Hengelo, 2022-2023 is nog niet beschikbaar."),
    ]


def test_a_number_of_another_gemeente_is_found_with_its_name():
    rows = [*make_cijfers(), Cijfer("hv_pv", NU, "0147", {}, 4321)]
    kader = Kader(make_cijferset("0164", "0147", cijfers=rows), NU)

    assert found("Borne maakte 4.321 processen-verbaal.", kader) == [
        (
            "goed",
            "4.321 is gelijk aan Processen-verbaal (Borne, 2022-2023)."
            " Gebruik liever het cijfer zelf.",
        )
    ]


def test_a_year_that_was_perhaps_never_read_in_is_pointed_at():
    rows = [c for c in make_cijfers() if c.indicator != "lp_meldingen"]
    rows += [
        Cijfer("lp_meldingen", OUD, "0164", {}, 24),
        Cijfer("lp_meldingen", NU, "0164", {}, 1234),
    ]
    kader = Kader(make_cijferset("0164", cijfers=rows), NU)

    assert found("Tekst.", kader) == [
        (
            "let_op",
            "Meldingen leerplicht: 24 in 2021-2022 en 1.234 in 2022-2023."
            " Is 2021-2022 wel helemaal ingelezen? Kies anders minder schooljaren.",
        )
    ]
