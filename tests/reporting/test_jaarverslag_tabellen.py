import pytest

from reporting.cijfer import Cijfer
from reporting.verslag.figuren import build_chart, short_names
from reporting.verslag.opbouw import build
from reporting.verslag.plaatshouders import Kader
from reporting.verslag.secties import Sectiedata, SectieFout
from reporting.verslag.sjabloon import SjabloonFout, all_sjablonen, get_sjabloon
from reporting.verslag.tabellen import TabelFout, build_table
from tests.factories_reporting import NU, make_cijfers, make_cijferset, make_kader


def lines(tabel) -> list[list[str]]:
    return [[rij.label, *(cel.tekst for cel in rij.cellen)] for rij in tabel.rijen]


def test_gemeenten_stand_side_by_side_with_their_years():
    tabel = build_table({"rijen": [{"indicator": "lp_meldingen"}]}, make_kader("0164", "0147"))

    assert tabel.koprijen == [
        [("Hengelo", 2), ("Borne", 2)],
        [("2021-2022", 1), ("2022-2023", 1), ("2021-2022", 1), ("2022-2023", 1)],
    ]
    assert lines(tabel) == [["Meldingen leerplicht", "1.121", "1.234", "100", "90"]]
    assert tabel.telt == "meldingen"


def test_one_gemeente_needs_no_head_with_its_name():
    tabel = build_table({"rijen": [{"indicator": "lp_meldingen"}]}, make_kader())

    assert tabel.koprijen == [[("2021-2022", 1), ("2022-2023", 1)]]


def test_kinds_become_rows_with_a_total_and_kinds_without_any_are_left_out():
    tabel = build_table({"rijen": [{"indicator": "lp_meldingen", "per": "vs"}]}, make_kader())

    assert lines(tabel) == [
        ["Wettelijk verzuim (16 uur in 4 weken)", "600", "700"],
        ["Licht verzuim (onder 16 uur)", "491", "509"],
        ["Luxeverzuim", "30", "25"],
        ["Totaal", "1.121", "1.234"],
    ]
    assert [rij.soort for rij in tabel.rijen] == ["onderdeel"] * 3 + ["totaal"]


def test_shares_stand_beside_the_counts():
    tabel = build_table(
        {"rijen": [{"indicator": "lp_meldingen", "per": "vs"}], "aandeel": True, "jaren": 1},
        make_kader(),
    )

    # 700, 509 and 25 of 1.234
    assert [row[1:] for row in lines(tabel)] == [
        ["700", "56,7%"],
        ["509", "41,2%"],
        ["25", "2,0%"],
        ["1.234", "100,0%"],
    ]


def test_units_are_never_mixed_silently():
    rows = [{"indicator": "lp_meldingen"}, {"indicator": "lp_meldingen_jongeren"}]

    tabel = build_table({"rijen": rows}, make_kader())

    assert tabel.telt == ""
    assert [rij.telt_naam for rij in tabel.rijen] == ["meldingen", "jongeren"]
    with pytest.raises(TabelFout, match="meldingen en jongeren gaan niet samen"):
        build_chart({"rijen": rows, "grafiek": "staaf"}, make_kader(), titel="t", id="g")


def test_what_is_not_known_is_marked_and_explained_and_never_zero():
    tabel = build_table(
        {"rijen": [{"indicator": "hv_pv"}, {"indicator": "verzuim_pct"}], "jaren": 1},
        make_kader("0164", "0147"),
    )

    assert [row[1:] for row in lines(tabel)] == [["n.n.b.", "n.n.b."], ["4,25%", "n.v.t."]]
    assert tabel.noten == (
        "n.n.b.: nog niet beschikbaar.",
        "n.v.t.: niet van toepassing, er is niets om op te delen.",
    )


def test_youths_who_count_in_more_rows_are_explained():
    tabel = build_table(
        {"rijen": [{"indicator": "lp_meldingen_jongeren", "per": "vs"}], "jaren": 1}, make_kader()
    )

    # 8 + 3 is more than the 10 jongeren
    assert tabel.noten == (
        "Een jongere kan in meer regels tellen; in het totaal telt hij één keer.",
    )


def test_country_and_region_stand_above_the_gemeenten():
    cijfers = make_cijferset("0164")
    rows = [
        Cijfer("verzuim_pct", NU, area, {}, cijfers.cijfers[-2].waarde, 1, 2)
        for area in ("0164", "regio:12", "land")
    ]
    wide = make_cijferset("0164", cijfers=rows)
    wide = Kader(
        type(wide)(
            wide.peildatum,
            wide.schooljaren,
            wide.gemeenten,
            {"land": "Nederland", "regio:12": "Twente", "0164": "Hengelo"},
            wide.definities,
            rows,
        ),
        NU,
    )

    tabel = build_table(
        {"rijen": [{"indicator": "verzuim_pct", "per": "gebied"}], "gebieden": "alle"}, wide
    )

    assert [rij.label for rij in tabel.rijen] == ["Nederland", "Twente", "Hengelo"]


def test_a_matrix_has_codes_as_columns_and_a_total():
    rows = [
        *make_cijfers(),
        Cijfer("lp_meldingen", NU, "0164", {"os": "pro"}, 40),
        Cijfer("lp_meldingen", NU, "0164", {"os": "mbo1"}, 0),
        Cijfer("lp_meldingen", NU, "0164", {"vs": "licht", "os": "pro"}, 40),
        Cijfer("lp_meldingen", NU, "0164", {"vs": "licht", "os": "mbo1"}, 0),
    ]
    kader = Kader(make_cijferset("0164", cijfers=rows), NU)

    tabel = build_table(
        {"rijen": [{"indicator": "lp_meldingen", "dim": {"vs": "licht"}}], "kolommen": ["os"]},
        kader,
    )

    assert tabel.koprijen == [[("Praktijkonderwijs", 1), ("Totaal", 1)]]
    assert lines(tabel) == [["Licht verzuim (onder 16 uur)", "40", "509"]]


@pytest.mark.parametrize(
    ("instellingen", "fout"),
    [
        ({}, "Deze tabel heeft nog geen rijen."),
        ({"rijen": [{"indicator": "x"}]}, "Het cijfer 'x' bestaat niet."),
        (
            {"rijen": [{"indicator": "hv_pv"}], "kolommen": ["os"]},
            "Er is geen uitsplitsing 'os' bij hv_pv.",
        ),
    ],
)
def test_wrong_settings_say_what_is_wrong(instellingen, fout):
    with pytest.raises(TabelFout) as error:
        build_table(instellingen, make_kader())

    assert str(error.value) == fout


def test_a_chart_without_any_figure_draws_nothing_and_keeps_its_table():
    svg, tabel = build_chart(
        {"rijen": [{"indicator": "hv_pv"}], "grafiek": "staaf"}, make_kader(), titel="t", id="g"
    )

    assert svg == ""
    assert lines(tabel) == [["Processen-verbaal", "n.n.b.", "n.n.b."]]


def test_shortened_names_never_become_the_same():
    long = ["Wettelijk verzuim (16 uur in 4 weken)", "Wettelijk verzuim (18 jaar en ouder, lang)"]

    assert short_names(long) == long
    assert short_names([long[0], "Luxeverzuim"]) == ["Wettelijk verzuim", "Luxeverzuim"]


def test_neighbouring_sections_repeat_together_for_each_gemeente():
    secties = [
        Sectiedata("tekst", "{{ gemeente }}", 1, "", {"per_gemeente": True}),
        Sectiedata("tekst", "Verzuim", 2, "{{ lp_meldingen }}", {"per_gemeente": True}),
        Sectiedata("tekst", "Samen", 1, "{{ lp_meldingen }}"),
        Sectiedata("tekst", "Eén", 1, "", {"bij": "een"}),
    ]

    inhoud = build(secties, make_kader("0164", "0147"))

    assert [(b.kop, b.koptag, b.html) for b in inhoud.blokken] == [
        ("Hengelo", "h2", ""),
        ("Verzuim", "h3", "<p>1.234</p>\n"),
        ("Borne", "h2", ""),
        ("Verzuim", "h3", "<p>90</p>\n"),
        ("Samen", "h2", "<p>1.324</p>\n"),
    ]


def test_a_heading_never_skips_a_level():
    inhoud = build([Sectiedata("tekst", "Diep", 3, "# Nog dieper")], make_kader())

    assert (inhoud.blokken[0].koptag, inhoud.blokken[0].html) == ("h2", "<h3>Nog dieper</h3>\n")


def test_tables_and_figures_are_numbered_and_say_what_they_count():
    secties = [
        Sectiedata("tabel", "Verzuim", 1, "", {"rijen": [{"indicator": "lp_meldingen"}]}),
        Sectiedata("grafiek", "Deel", 2, "", {"rijen": [{"indicator": "verzuim_pct"}]}),
        Sectiedata("definities", "Uitleg", 1),
    ]

    inhoud = build(secties, make_kader())

    assert [b.titel for b in inhoud.blokken] == [
        "Tabel 1. Verzuim (aantal meldingen)",
        "Figuur 1. Deel (percentage van jongeren)",
        "",
    ]
    assert [(u.naam, u.telt) for u in inhoud.blokken[2].uitleg] == [
        ("Meldingen leerplicht", "meldingen"),
        ("Verzuim ten opzichte van de leer- en kwalificatieplichtigen", "jongeren"),
    ]


@pytest.mark.parametrize("naam", list(all_sjablonen()))
def test_every_template_builds_without_figures(naam):
    """Nothing counted yet: every figure says so, and nothing is wrong."""
    from tests.reporting.catalogus import full_definitions

    sjabloon = get_sjabloon(naam)
    cijfers = make_cijferset(cijfers=[])
    empty = type(cijfers)(
        cijfers.peildatum,
        [f"{y}-{y + 1}" for y in range(2018, 2023)],
        cijfers.gemeenten,
        cijfers.gebieden,
        full_definitions(),
        [],
    )

    inhoud = build(sjabloon.secties, Kader(empty, NU, sjabloon.titel))

    assert inhoud.fouten == []
    assert sjabloon.indicatoren <= set(full_definitions())


def test_an_unknown_template_or_kind_of_section_is_refused():
    with pytest.raises(SjabloonFout, match="Er is geen sjabloon 'x'"):
        get_sjabloon("x")
    with pytest.raises(SectieFout, match="Er is geen onderdeel 'film'"):
        Sectiedata("film")
