"""Werkprocessen, contacts, Halt, processen-verbaal and exemptions."""

from typing import Final

from accounts.rechten import Taak
from reporting.indicatoren.feit import ALLES, GEZIN, Feit, Telling

LEERPLICHT: Final = frozenset({Taak.LEERPLICHT})

GESTART: Final = Feit(
    naam="werkprocessen_gestart",
    model="casework.Werkproces",
    sql="""
SELECT $sj AS sj, w.id, w.gemeente_id AS gem, w.jongere_id AS jongere, w.soort
FROM casework_werkproces w
WHERE w.gemeente_id = ANY($gemeenten) AND w.gestart_op >= $van AND w.gestart_op < $tot
""",
    tellingen=(
        Telling("wp_gestart"),
        Telling("wp_op_school", "soort IN ('RELATIEF', 'TELAAT', 'LUXE', 'ZORG', 'THUISZITTER')"),
        Telling("wp_niet_op_school", "soort = 'ABSOLUUT'"),
        Telling("abs_onderzoek", "soort = 'ABSOLUUT'"),
    ),
)

GESLOTEN: Final = Feit(
    naam="werkprocessen_gesloten",
    model="casework.Werkproces",
    sql="""
SELECT $sj AS sj, w.id, w.gemeente_sluiting_id AS gem, w.jongere_id AS jongere, w.soort,
    coalesce(nullif(w.resultaat, ''), 'open') AS res
FROM casework_werkproces w
WHERE w.gemeente_sluiting_id = ANY($gemeenten) AND w.gesloten_op >= $van AND w.gesloten_op < $tot
""",
    tellingen=(Telling("wp_afgesloten"),),
)

PREVENTIEF: Final = Feit(
    naam="preventief",
    model="casework.Contactmoment",
    sql="""
SELECT $sj AS sj, c.id, c.gemeente_id AS gem, c.jongere_id AS jongere, c.kanaal
FROM casework_contactmoment c
WHERE c.gemeente_id = ANY($gemeenten) AND c.datum >= $van_moment AND c.datum < $tot_moment
    AND c.preventief
""",
    tellingen=(
        Telling("lp_incidenten"),
        Telling("lp_bas_gesprekken", "kanaal = 'SPREEKUUR'"),
    ),
)

PV: Final = Feit(
    naam="processen_verbaal",
    model="leerplicht.ProcesVerbaal",
    taken=frozenset({Taak.OPSPORING}),
    sql="""
SELECT $sj AS sj, p.id, p.gemeente_id AS gem, p.jongere_id AS jongere, $hvs_pv AS hvs,
    $os_naam AS os
FROM leerplicht_procesverbaal p
LEFT JOIN casework_verzuimmelding m ON m.id = p.melding_id
LEFT JOIN LATERAL (
    SELECT max($os_rang) AS rang
    FROM casework_inschrijving i
    WHERE i.jongere_id = p.jongere_id AND i.begindatum <= p.pv_datum
        AND (i.einddatum IS NULL OR i.einddatum >= p.pv_datum)
) o ON true
WHERE p.gemeente_id = ANY($gemeenten) AND p.pv_datum >= $van AND p.pv_datum < $tot
""",
    tellingen=(
        Telling("hv_pv"),
        Telling("hv_pv_onderwijs"),
        Telling("hv_pv_luxe_gezinnen", "hvs = 'luxe'", GEZIN),
    ),
)

HALT: Final = Feit(
    naam="haltverwijzingen",
    model="leerplicht.Haltverwijzing",
    taken=LEERPLICHT,
    sql="""
SELECT $sj AS sj, h.id, h.gemeente_id AS gem, h.jongere_id AS jongere, $hvs_halt AS hvs
FROM leerplicht_haltverwijzing h
LEFT JOIN casework_verzuimmelding m ON m.id = h.melding_id
WHERE h.gemeente_id = ANY($gemeenten)
    AND h.datum_verwijzing >= $van AND h.datum_verwijzing < $tot
""",
    tellingen=(Telling("hv_halt"),),
)

AANVRAGEN: Final = Feit(
    naam="vrijstellingen_aangevraagd",
    model="leerplicht.Vrijstelling",
    taken=LEERPLICHT,
    sql="""
SELECT $sj AS sj, v.id, v.gemeente_aanvraag_id AS gem, v.jongere_id AS jongere, v.grond AS grd,
    CASE v.nieuw WHEN true THEN 'J' WHEN false THEN 'N' ELSE 'onbekend' END AS nieuw
FROM leerplicht_vrijstelling v
WHERE v.gemeente_aanvraag_id = ANY($gemeenten)
    AND v.aanvraagdatum >= $van AND v.aanvraagdatum < $tot
""",
    tellingen=(Telling("vst_aanvragen"),),
)

VERLEEND: Final = Feit(
    naam="vrijstellingen_verleend",
    model="leerplicht.Vrijstelling",
    taken=LEERPLICHT,
    sql="""
SELECT $sj AS sj, v.id, v.gemeente_id AS gem, v.jongere_id AS jongere, v.grond AS grd,
    coalesce(nullif(v.voorziening, ''), 'onbekend') AS voorziening,
    coalesce(v.tot_einde_leerplicht, false) AS tot_einde
FROM leerplicht_vrijstelling v
WHERE v.gemeente_id = ANY($gemeenten) AND v.begindatum >= $van AND v.begindatum < $tot
    AND v.besluit IN ('VERLEEND', 'VAN_RECHTSWEGE')
""",
    tellingen=(
        Telling("vst_verleend"),
        Telling("vst_5a_tot_einde", "grd = '5a' AND tot_einde"),
    ),
)

# `einddatum` is the last day; the gemeente is that of the day it began.
LOPEND: Final = Feit(
    naam="vrijstellingen_lopend",
    model="leerplicht.Vrijstelling",
    taken=LEERPLICHT,
    sql="""
SELECT $sj AS sj, v.id, v.gemeente_id AS gem, v.jongere_id AS jongere, v.grond AS grd
FROM leerplicht_vrijstelling v
WHERE v.gemeente_id = ANY($gemeenten) AND v.begindatum < $tot
    AND (v.einddatum IS NULL OR v.einddatum >= $van)
    AND v.besluit IN ('VERLEEND', 'VAN_RECHTSWEGE')
""",
    tellingen=(Telling("vst_lopend"),),
)

TERUG: Final = Feit(
    naam="vrijstellingen_terug",
    model="leerplicht.Vrijstelling",
    taken=LEERPLICHT,
    sql="""
SELECT $sj AS sj, v.id, v.gemeente_terug_id AS gem, v.jongere_id AS jongere
FROM leerplicht_vrijstelling v
WHERE v.gemeente_terug_id = ANY($gemeenten) AND v.grond = '5a'
    AND v.terug_naar_school_op >= $van AND v.terug_naar_school_op < $tot
""",
    tellingen=(Telling("vst_5a_terug", ALLES),),
)
