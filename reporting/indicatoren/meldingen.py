"""Meldingen: what lp_, verzuim_, abs_, thz_ and dsp_verzuim_ count.

A withdrawn melding and one with result geen_verzuim count in nothing.
"""

from typing import Final

from accounts.rechten import Taak
from reporting.indicatoren.feit import GEZIN, Feit, Telling

SPIJBEL: Final = "lp AND vs IN ('licht', 'wettelijk')"
LRV: Final = "soort = 'LRV'"

_SQL: Final = """
SELECT $sj AS sj, m.id, m.gemeente_id AS gem, m.jongere_id AS jongere, m.melddatum AS dag,
    m.soort, m.taak = 'leerplicht' AS lp, $vs AS vs,
    coalesce(nullif(m.resultaat, ''), nullif(w.resultaat, ''), 'open') AS res,
    coalesce(nullif(m.reden, ''), 'onbekend') AS rdn,
    coalesce(nullif(j.herkomst, ''), 'onbekend') AS herkomst,
    $os_naam AS os,
    CASE WHEN m.taak = 'doorstroompunt' THEN coalesce((
        SELECT nullif(t.uitstroom, '')
        FROM doorstroompunt_traject t
        WHERE t.jongere_id = m.jongere_id AND t.soort = 'VERZUIM_18PLUS'
            AND t.datum_melding <= m.melddatum
            AND (t.gesloten_op IS NULL OR t.gesloten_op >= m.melddatum)
        ORDER BY t.datum_melding DESC, t.id DESC
        LIMIT 1
    ), 'traject_dsp') END AS uit
FROM casework_verzuimmelding m
LEFT JOIN casework_werkproces w ON w.id = m.werkproces_id
LEFT JOIN casework_jongere j ON j.id = m.jongere_id
LEFT JOIN LATERAL (
    SELECT max($os_rang) AS rang
    FROM casework_inschrijving i
    WHERE i.jongere_id = m.jongere_id AND i.begindatum <= m.melddatum
        AND (i.einddatum IS NULL OR i.einddatum >= m.melddatum)
) o ON true
WHERE m.gemeente_id = ANY($gemeenten) AND m.melddatum >= $van AND m.melddatum < $tot
    AND $geldig
"""

_VENSTERS: Final = f"""
    row_number() OVER (
        PARTITION BY sj, gebied, jongere, lp AND vs = 'wettelijk' ORDER BY dag, id
    ) AS nr_wettelijk,
    row_number() OVER (
        PARTITION BY sj, gebied, jongere, {SPIJBEL} ORDER BY dag, id
    ) AS nr_spijbel,
    count(*) OVER (PARTITION BY sj, gebied, jongere, {SPIJBEL}) AS aantal_spijbel,
    row_number() OVER (
        PARTITION BY sj, gebied, jongere, {LRV} ORDER BY dag DESC, id DESC
    ) AS nr_lrv_terug
"""

_JONGEREN: Final = "jongere"

MELDINGEN: Final = Feit(
    naam="meldingen",
    model="casework.Verzuimmelding",
    sql=_SQL,
    vensters=_VENSTERS,
    tellingen=(
        Telling("lp_meldingen", "lp"),
        Telling("lp_meldingen_jongeren", "lp", _JONGEREN),
        Telling("verzuim_jongeren", uniek=_JONGEREN),
        Telling("verzuim_relatief_jongeren", "soort <> 'ABSOLUUT'", _JONGEREN),
        Telling("verzuim_meldingen"),
        Telling("lp_wettelijk_herhaald", "lp AND vs = 'wettelijk' AND nr_wettelijk > 1"),
        Telling("lp_spijbel", SPIJBEL),
        Telling("lp_spijbel_jongeren", SPIJBEL, _JONGEREN),
        Telling("lp_spijbel_eenmalig", f"{SPIJBEL} AND aantal_spijbel = 1", _JONGEREN),
        Telling("lp_spijbel_herhaald", f"{SPIJBEL} AND nr_spijbel > 1"),
        Telling("lp_luxe_gezinnen", "lp AND vs = 'luxe'", GEZIN),
        Telling("lp_zorg_reden", "lp AND vs = 'zorg'"),
        Telling("lp_afhandeling", "lp"),
        Telling("abs_meldingen", "soort = 'ABSOLUUT'"),
        Telling("abs_jongeren", "soort = 'ABSOLUUT'", _JONGEREN),
        Telling("abs_uitstroom", "soort = 'ABSOLUUT'"),
        Telling("thz_langdurig", LRV, _JONGEREN),
        Telling("thz_totaal", "lp AND soort IN ('LRV', 'ABSOLUUT')", _JONGEREN),
        Telling("thz_afhandeling", f"{LRV} AND nr_lrv_terug = 1", _JONGEREN),
        Telling("dsp_verzuim_meldingen", "NOT lp"),
        Telling("dsp_verzuim_jongeren", "NOT lp", _JONGEREN),
        Telling("dsp_prev_resultaat", "NOT lp"),
        Telling("dsp_prev_resultaat_jongeren", "NOT lp", _JONGEREN),
    ),
)

# A melding of the year, or a werkproces that was open on one of its days (the gemeente where it
# began). The last day of a werkproces is a day on which it was open.
BETROKKEN: Final = Feit(
    naam="betrokken",
    model="casework.Jongere",
    taken=frozenset({Taak.LEERPLICHT}),
    sql="""
(SELECT $sj AS sj, m.jongere_id AS id, m.gemeente_id AS gem, m.jongere_id AS jongere
FROM casework_verzuimmelding m
LEFT JOIN casework_werkproces w ON w.id = m.werkproces_id
WHERE m.gemeente_id = ANY($gemeenten) AND m.melddatum >= $van AND m.melddatum < $tot
    AND m.taak = 'leerplicht' AND $geldig
UNION
SELECT $sj, w.jongere_id, w.gemeente_id, w.jongere_id
FROM casework_werkproces w
WHERE w.gemeente_id = ANY($gemeenten) AND w.gestart_op < $tot
    AND (w.gesloten_op IS NULL OR w.gesloten_op >= $van)
    AND w.soort <> 'VERZUIM_18PLUS')
""",
    tellingen=(Telling("lp_betrokkenheid", uniek=_JONGEREN),),
)
