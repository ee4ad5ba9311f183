from decimal import Decimal

import pytest

from reporting.cijfer import Cijfer
from reporting.verslag.cijferset import Cijferset
from reporting.verslag.plaatshouders import resolve
from reporting.verslag.rijen import PlaatshouderFout, read_rows, write_rows
from reporting.verslag.tekst import render_line, render_text
from tests.factories_reporting import NU, OUD, make_cijferset, make_kader


@pytest.mark.parametrize(
    ("bron", "tekst"),
    [
        ("lp_meldingen", "1.234"),
        ("lp_meldingen vs=licht", "509"),
        ("lp_meldingen vs=licht+luxe", "534"),
        ("lp_meldingen jaar=-1", "1.121"),
        ("lp_meldingen jaar=2021-2022", "1.121"),
        ("lp_meldingen toon=verschil", "+113"),
        ("lp_meldingen vs=luxe toon=verschil", "-5"),
        ("lp_meldingen toon=verschil_pct", "+10%"),  # 113 / 1121 = 10,08%
        ("lp_meldingen toon=vergelijking", "113 meer dan in 2021-2022"),
        ("lp_meldingen vs=luxe toon=vergelijking", "5 minder dan in 2021-2022"),
        ("lp_meldingen vs=absoluut toon=vergelijking", "evenveel als in 2021-2022"),
        ("lp_meldingen vs=licht toon=aandeel", "41,2%"),  # 509 / 1234 = 41,247
        ("verzuim_pct", "4,25%"),
        ("verzuim_pct decimalen=0", "4%"),
        ("verzuim_pct decimalen=1", "4,3%"),  # 463 / 10884 = 4,2539: not 4,25 rounded again
        ("verzuim_pct toon=teller", "463"),
        ("verzuim_pct toon=noemer", "10.884"),
        ("verzuim_pct toon=vergelijking", "0,85 procentpunt hoger dan in 2021-2022"),
        ("vsv_gem_onderwijs_leeftijd lft=18", "7"),
        ("vsv_gem_onderwijs_leeftijd lft=21", "0"),
        ("hv_pv", "nog niet beschikbaar"),
        ("hv_pv hvs=luxe toon=verschil", "nog niet beschikbaar"),
        ("thz_langdurig", "nog niet beschikbaar"),
        ("schooljaar", "2022-2023"),
        ("vorig_schooljaar", "2021-2022"),
        ("gemeente", "Hengelo"),
        ("peildatum", "15 november 2023"),
    ],
)
def test_a_placeholder_becomes_a_dutch_figure(bron, tekst):
    uitkomst = resolve(bron, make_kader())

    assert (uitkomst.tekst, uitkomst.fout) == (tekst, "")


@pytest.mark.parametrize(
    ("bron", "tekst"),
    [
        ("lp_meldingen", "1.324"),
        ("lp_meldingen gemeente=0147", "90"),
        ("lp_meldingen gemeente=borne", "90"),
        ("lp_meldingen gemeente=totaal", "1.324"),
        ("verzuim_pct gemeente=0147", "n.v.t."),
        ("gemeenten", "Hengelo en Borne"),
        ("heeft", "hebben"),
    ],
)
def test_a_report_of_two_gemeenten_speaks_of_their_total(bron, tekst):
    assert resolve(bron, make_kader("0164", "0147")).tekst == tekst


def test_inside_a_repeated_part_the_gemeente_is_the_one_at_hand():
    kader = make_kader("0164", "0147").for_gemeente("0147")

    assert render_line("{{ gemeente }}: {{ lp_meldingen }}", kader)[0] == "Borne: 90"


@pytest.mark.parametrize(
    ("bron", "fout"),
    [
        ("lp_melding", "Het cijfer 'lp_melding' bestaat niet. Bedoelt u 'lp_meldingen'?"),
        (
            "lp_meldingen vs=lichd",
            "vs=lichd komt niet voor bij 'lp_meldingen'. Bedoelt u 'licht'?"
            " Mogelijk: absoluut, wettelijk, licht, langdurig, luxe, zorg.",
        ),
        (
            "verzuim_pct vs=licht",
            "'verzuim_pct' is niet uit te splitsen naar 'vs'."
            " Mogelijk: gemeente, jaar, toon, decimalen.",
        ),
        (
            "lp_meldingen jaar=-4",
            "jaar=-4 valt buiten dit verslag (2021-2022 tot en met 2022-2023).",
        ),
        (
            "lp_meldingen gemeente=9999",
            "Gemeente of gebied '9999' hoort niet bij dit verslag.",
        ),
        (
            "lp_meldingen toon=kleur",
            "toon=kleur bestaat niet. Kies uit waarde, verschil, verschil_pct, vergelijking,"
            " aandeel, teller, noemer.",
        ),
        ("lp_meldingen licht", "'licht' is geen optie. Schrijf bijvoorbeeld jaar=-1."),
        ("!", "'{{ ! }}' is geen cijfer. Schrijf bijvoorbeeld {{ lp_meldingen }}."),
        ("lp_meldingen jaar=-1 jaar=0", "'jaar' staat er twee keer."),
        (
            "lp_meldingen jaar=-1 toon=verschil",
            "Voor een vergelijking ontbreekt schooljaar 2020-2021 in dit verslag.",
        ),
    ],
)
def test_what_cannot_be_read_says_why_and_what_was_perhaps_meant(bron, fout):
    assert resolve(bron, make_kader()).fout == fout


def test_text_is_safe_markdown_and_a_figure_never_becomes_markup():
    source = (
        "{{ lp_meldingen_jongeren }}. Eerste zin.\n\n**vet** <script>x</script> [a](javascript:x)"
    )

    html = render_text(source, make_kader()).html

    assert html == (
        "<p>10. Eerste zin.</p>\n<p><strong>vet</strong> &lt;script&gt;x&lt;/script&gt;"
        " [a](javascript:x)</p>\n"
    )


def test_a_typed_table_gets_scopes_and_right_aligned_numbers_without_style():
    html = render_text("| a | n |\n|---|--:|\n| x | 1 |", make_kader()).html

    assert 'style="' not in html
    assert '<th class="num" scope="col">n</th>' in html.replace(
        'scope="col" class="num"', 'class="num" scope="col"'
    )


def test_figures_come_back_from_storage_as_they_were():
    cijfers = make_cijferset()
    cijfers.cijfers.append(Cijfer("lp_meldingen", NU, "0164", {"vs": "luxe", "os": "pro"}, 1))

    back = Cijferset.from_rows(
        cijfers.rows(),
        peildatum=cijfers.peildatum,
        schooljaren=cijfers.schooljaren,
        gemeenten=cijfers.gemeenten,
        gebieden=cijfers.gebieden,
        definities=cijfers.definities,
    )

    assert back.cijfers == cijfers.cijfers
    assert str(back.get("verzuim_pct", OUD, "0164").waarde) == "3.40"


def test_a_figure_reads_and_writes_the_json_of_the_contract():
    row = {
        "indicator": "verzuim_pct",
        "schooljaar": NU,
        "gebied": "0164",
        "dim": {},
        "teller": 463,
        "noemer": 10884,
        "waarde": 4.25,
    }

    assert Cijfer.from_json(row).to_json() == row
    assert Cijfer.from_json(row).waarde == Decimal("4.25")


def test_rows_of_a_table_are_lines_of_text_and_back():
    text = (
        "lp_meldingen per=vs met_lege | Alle meldingen\n"
        "lp_meldingen vs=licht\n"
        "hv_pv per=gebied zonder_totaal\n"
        "hv_pv totaal | Totaal"
    )

    rows = read_rows(text, make_cijferset())

    assert rows == [
        {"indicator": "lp_meldingen", "per": "vs", "leeg_weg": False, "label": "Alle meldingen"},
        {"indicator": "lp_meldingen", "dim": {"vs": "licht"}},
        {"indicator": "hv_pv", "per": "gebied", "totaal": False},
        {"indicator": "hv_pv", "soort": "totaal", "label": "Totaal"},
    ]
    assert write_rows(rows) == text


@pytest.mark.parametrize(
    ("line", "fout"),
    [
        ("lp_melding", "Regel 1: het cijfer 'lp_melding' bestaat niet. Bedoelt u 'lp_meldingen'?"),
        ("hv_pv per=vs", "Regel 1: 'per=vs' kan niet bij hv_pv. Mogelijk: hvs."),
        ("hv_pv hvs=lux", "Regel 1: 'lux' is geen hvs. Bedoelt u 'luxe'?"),
    ],
)
def test_a_wrong_row_is_named_by_its_line(line, fout):
    with pytest.raises(PlaatshouderFout) as error:
        read_rows(line, make_cijferset())

    assert str(error.value) == fout
