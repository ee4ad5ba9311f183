"""The same answers as the layer in SQL written by hand; see cijfers.py."""

# By hand: one plain statement a fact or indicator. Every statement gives
# indicator, schooljaar, gemeente (NULL: all), one column per code (NULL: not broken down), number.

# The columns of a melding that counts; `os` only where it is asked.
GELDIG = """m.gemeente_id IN %(gemeenten)s AND m.melddatum >= %(van)s AND m.melddatum < %(tot)s
    AND m.status <> 'I'
    AND coalesce(nullif(m.resultaat, ''), w.resultaat, '') <> 'geen_verzuim'"""
SJ = "extract(year FROM m.melddatum - interval '7 months')::int"
VS = """CASE
    WHEN m.soort = 'ABSOLUUT' THEN 'absoluut'
    WHEN m.soort IN ('V1', 'V2', 'V3') THEN 'wettelijk'
    WHEN m.soort = 'V4' THEN 'wettelijk_18plus'
    WHEN m.soort = 'RMC' THEN 'vier_weken_18plus'
    WHEN m.taak = 'doorstroompunt' THEN 'overig_18plus'
    WHEN m.soort IN ('O', 'TELAAT') THEN 'licht'
    WHEN m.soort = 'LRV' THEN 'langdurig'
    WHEN m.soort = 'L' THEN 'luxe'
    ELSE 'zorg' END"""
SPIJBEL = "m.taak = 'leerplicht' AND m.soort IN ('O', 'TELAAT', 'V1', 'V2', 'V3')"
MELDING = """casework_verzuimmelding m LEFT JOIN casework_werkproces w ON w.id = m.werkproces_id"""
RANG = """CASE
    WHEN i.onderwijssoort = 'BRUGJAAR' THEN 7
    WHEN i.leerjaar IN (1, 2)
        AND i.onderwijssoort IN ('VMBO_B', 'VMBO_K', 'VMBO_GT', 'HAVO', 'VWO') THEN 7
    WHEN i.onderwijssoort LIKE 'VMBO%%' THEN 8
    WHEN i.onderwijssoort IN ('BO', 'SBO') THEN 3
    WHEN i.onderwijssoort IN ('EDUCATIE', 'PARTICULIER', 'OVERIG') THEN 2
    ELSE array_position(ARRAY['BUITENLAND', '', '', 'SO', 'VSO', 'PRO', '', '', 'HAVO', 'VWO',
        'VAVO', 'ISK', 'MBO1', 'MBO2', 'MBO3', 'MBO4', 'HO'], i.onderwijssoort::text) END"""
NAMEN = """(ARRAY['buitenland', 'overig', 'bo_sbo', 'so', 'vso', 'pro', 'onderbouw_vo', 'vmbo',
    'havo', 'vwo', 'vavo', 'isk', 'mbo1', 'mbo2', 'mbo3', 'mbo4', 'ho'])"""
OS = f"""coalesce({NAMEN}[(
    SELECT max({RANG})
    FROM casework_inschrijving i
    WHERE i.jongere_id = m.jongere_id AND i.begindatum <= m.melddatum
        AND (i.einddatum IS NULL OR i.einddatum >= m.melddatum)
)], 'geen')"""

HAND = {
    "lp_meldingen": f"""
        SELECT 'lp_meldingen', sj, gem, vs, os, count(*)
        FROM (SELECT {SJ} AS sj, m.gemeente_id AS gem, {VS} AS vs, {OS} AS os
              FROM {MELDING} WHERE {GELDIG} AND m.taak = 'leerplicht') m
        GROUP BY GROUPING SETS ((sj, gem), (sj), (sj, gem, vs), (sj, vs), (sj, gem, os), (sj, os),
            (sj, gem, vs, os), (sj, vs, os))""",
    "lp_afhandeling": f"""
        SELECT 'lp_afhandeling', sj, gem, vs, res, count(*)
        FROM (SELECT {SJ} AS sj, m.gemeente_id AS gem, {VS} AS vs,
                  coalesce(nullif(m.resultaat, ''), nullif(w.resultaat, ''), 'open') AS res
              FROM {MELDING} WHERE {GELDIG} AND m.taak = 'leerplicht') m
        GROUP BY GROUPING SETS ((sj, gem), (sj), (sj, gem, vs), (sj, vs), (sj, gem, res),
            (sj, res), (sj, gem, vs, res), (sj, vs, res))""",
    "verzuim_meldingen": f"""
        SELECT 'verzuim_meldingen', {SJ} AS sj, m.gemeente_id AS gem, {VS} AS vs, count(*)
        FROM {MELDING} WHERE {GELDIG}
        GROUP BY GROUPING SETS ((2, 3), (2), (2, 3, 4), (2, 4))""",
    "lp_meldingen_jongeren": f"""
        SELECT 'lp_meldingen_jongeren', {SJ} AS sj, m.gemeente_id AS gem, {VS} AS vs,
            count(DISTINCT m.jongere_id)
        FROM {MELDING} WHERE {GELDIG} AND m.taak = 'leerplicht'
        GROUP BY GROUPING SETS ((2, 3), (2), (2, 3, 4), (2, 4))""",
    "verzuim_jongeren": f"""
        SELECT 'verzuim_jongeren', {SJ} AS sj, m.gemeente_id AS gem, count(DISTINCT m.jongere_id)
        FROM {MELDING} WHERE {GELDIG} GROUP BY GROUPING SETS ((2, 3), (2))""",
    "lp_spijbel_eenmalig": f"""
        SELECT 'lp_spijbel_eenmalig', sj, gem, count(*)
        FROM (SELECT {SJ} AS sj, m.gemeente_id AS gem, m.jongere_id
              FROM {MELDING}
              WHERE {GELDIG} AND {SPIJBEL}
              GROUP BY GROUPING SETS ((1, 2, 3), (1, 3)) HAVING count(*) = 1) m
        GROUP BY sj, gem""",
    "thz_langdurig": f"""
        SELECT 'thz_langdurig', sj, gem, os, count(DISTINCT jongere_id)
        FROM (SELECT {SJ} AS sj, m.gemeente_id AS gem, {OS} AS os, m.jongere_id
              FROM {MELDING} WHERE {GELDIG} AND m.soort = 'LRV') m
        GROUP BY GROUPING SETS ((sj, gem), (sj), (sj, gem, os), (sj, os))""",
    "verzuim_relatief_jongeren": f"""
        SELECT 'verzuim_relatief_jongeren', {SJ} AS sj, m.gemeente_id, count(DISTINCT m.jongere_id)
        FROM {MELDING} WHERE {GELDIG} AND m.soort <> 'ABSOLUUT'
        GROUP BY GROUPING SETS ((2, 3), (2))""",
    "lp_spijbel": f"""
        SELECT 'lp_spijbel', sj, gem, os, rdn, count(*)
        FROM (SELECT {SJ} AS sj, m.gemeente_id AS gem, {OS} AS os,
                  coalesce(nullif(m.reden, ''), 'onbekend') AS rdn
              FROM {MELDING} WHERE {GELDIG} AND {SPIJBEL}) m
        GROUP BY GROUPING SETS ((sj, gem), (sj), (sj, gem, os), (sj, os), (sj, gem, rdn),
            (sj, rdn))""",
    "lp_spijbel_jongeren": f"""
        SELECT 'lp_spijbel_jongeren', {SJ} AS sj, m.gemeente_id, count(DISTINCT m.jongere_id)
        FROM {MELDING} WHERE {GELDIG} AND {SPIJBEL} GROUP BY GROUPING SETS ((2, 3), (2))""",
    "lp_spijbel_herhaald": f"""
        SELECT 'lp_spijbel_herhaald', {SJ} AS sj, m.gemeente_id,
            count(*) - count(DISTINCT m.jongere_id)
        FROM {MELDING} WHERE {GELDIG} AND {SPIJBEL} GROUP BY GROUPING SETS ((2, 3), (2))""",
    "lp_zorg_reden": f"""
        SELECT 'lp_zorg_reden', {SJ} AS sj, m.gemeente_id AS gem,
            coalesce(nullif(m.reden, ''), 'onbekend'), count(*)
        FROM {MELDING}
        WHERE {GELDIG} AND m.taak = 'leerplicht' AND m.soort IN ('ZORG', 'ZIEK')
        GROUP BY GROUPING SETS ((2, 3), (2), (2, 3, 4), (2, 4))""",
    "abs_meldingen": f"""
        SELECT 'abs_meldingen', {SJ} AS sj, m.gemeente_id AS gem,
            coalesce(nullif(j.herkomst, ''), 'onbekend'), count(*)
        FROM {MELDING} JOIN casework_jongere j ON j.id = m.jongere_id
        WHERE {GELDIG} AND m.soort = 'ABSOLUUT'
        GROUP BY GROUPING SETS ((2, 3), (2), (2, 3, 4), (2, 4))""",
    "abs_uitstroom": f"""
        SELECT 'abs_uitstroom', {SJ} AS sj, m.gemeente_id AS gem,
            coalesce(nullif(m.resultaat, ''), nullif(w.resultaat, ''), 'open'), count(*)
        FROM {MELDING} WHERE {GELDIG} AND m.soort = 'ABSOLUUT'
        GROUP BY GROUPING SETS ((2, 3), (2), (2, 3, 4), (2, 4))""",
    "thz_totaal": f"""
        SELECT 'thz_totaal', {SJ} AS sj, m.gemeente_id, count(DISTINCT m.jongere_id)
        FROM {MELDING}
        WHERE {GELDIG} AND m.taak = 'leerplicht' AND m.soort IN ('LRV', 'ABSOLUUT')
        GROUP BY GROUPING SETS ((2, 3), (2))""",
    "dsp_verzuim_meldingen": f"""
        SELECT 'dsp_verzuim_meldingen', {SJ} AS sj, m.gemeente_id AS gem, {VS} AS vs, count(*)
        FROM {MELDING} WHERE {GELDIG} AND m.taak = 'doorstroompunt'
        GROUP BY GROUPING SETS ((2, 3), (2), (2, 3, 4), (2, 4))""",
    "dsp_prev_resultaat": f"""
        SELECT 'dsp_prev_resultaat', sj, gem, uit, count(*)
        FROM (SELECT {SJ} AS sj, m.gemeente_id AS gem, coalesce((
                  SELECT nullif(t.uitstroom, '') FROM doorstroompunt_traject t
                  WHERE t.jongere_id = m.jongere_id AND t.soort = 'VERZUIM_18PLUS'
                      AND t.datum_melding <= m.melddatum
                      AND (t.gesloten_op IS NULL OR t.gesloten_op >= m.melddatum)
                  ORDER BY t.datum_melding DESC, t.id DESC LIMIT 1), 'traject_dsp') AS uit
              FROM {MELDING} WHERE {GELDIG} AND m.taak = 'doorstroompunt') m
        GROUP BY GROUPING SETS ((sj, gem), (sj), (sj, gem, uit), (sj, uit))""",
    "lp_betrokkenheid": f"""
        SELECT 'lp_betrokkenheid', sj, gem, count(DISTINCT jongere_id)
        FROM (SELECT {SJ} AS sj, m.gemeente_id AS gem, m.jongere_id
              FROM {MELDING} WHERE {GELDIG} AND m.taak = 'leerplicht'
              UNION
              SELECT j.sj, w.gemeente_id, w.jongere_id
              FROM casework_werkproces w
              JOIN (SELECT generate_series(2020, 2024) AS sj) j
                  ON w.gestart_op < make_date(j.sj + 1, 8, 1)
                  AND (w.gesloten_op IS NULL OR w.gesloten_op >= make_date(j.sj, 8, 1))
              WHERE w.gemeente_id IN %(gemeenten)s AND w.soort <> 'VERZUIM_18PLUS') b
        GROUP BY GROUPING SETS ((sj, gem), (sj))""",
    "wp_gestart": """
        SELECT 'wp_gestart', extract(year FROM gestart_op - interval '7 months')::int,
            gemeente_id, soort, count(*)
        FROM casework_werkproces
        WHERE gemeente_id IN %(gemeenten)s AND gestart_op >= %(van)s AND gestart_op < %(tot)s
        GROUP BY GROUPING SETS ((2, 3), (2), (2, 3, 4), (2, 4))""",
    "wp_afgesloten": """
        SELECT 'wp_afgesloten', sj, gem, soort, res, count(*)
        FROM (SELECT extract(year FROM gesloten_op - interval '7 months')::int AS sj,
                  gemeente_sluiting_id AS gem, soort,
                  coalesce(nullif(resultaat, ''), 'open') AS res
              FROM casework_werkproces
              WHERE gemeente_sluiting_id IN %(gemeenten)s
                  AND gesloten_op >= %(van)s AND gesloten_op < %(tot)s) w
        GROUP BY GROUPING SETS ((sj, gem), (sj), (sj, gem, soort), (sj, soort), (sj, gem, res),
            (sj, res))""",
    "hv_halt": """
        SELECT 'hv_halt', extract(year FROM h.datum_verwijzing - interval '7 months')::int,
            h.gemeente_id,
            CASE WHEN h.verzuimsoort <> '' THEN lower(h.verzuimsoort)
                WHEN m.soort = 'ABSOLUUT' THEN 'absoluut' WHEN m.soort = 'L' THEN 'luxe'
                WHEN m.id IS NOT NULL THEN 'relatief' ELSE '' END AS hvs,
            count(*)
        FROM leerplicht_haltverwijzing h
        LEFT JOIN casework_verzuimmelding m ON m.id = h.melding_id
        WHERE h.gemeente_id IN %(gemeenten)s
            AND h.datum_verwijzing >= %(van)s AND h.datum_verwijzing < %(tot)s
        GROUP BY GROUPING SETS ((2, 3), (2), (2, 3, 4), (2, 4))""",
    "vst_verleend": """
        SELECT 'vst_verleend', sj, gem, grond, voorziening, count(*)
        FROM (SELECT extract(year FROM begindatum - interval '7 months')::int AS sj,
                  gemeente_id AS gem, grond,
                  coalesce(nullif(voorziening, ''), 'onbekend') AS voorziening
              FROM leerplicht_vrijstelling
              WHERE gemeente_id IN %(gemeenten)s AND begindatum >= %(van)s
                  AND begindatum < %(tot)s AND besluit IN ('VERLEEND', 'VAN_RECHTSWEGE')) v
        GROUP BY GROUPING SETS ((sj, gem), (sj), (sj, gem, grond), (sj, grond),
            (sj, gem, voorziening), (sj, voorziening), (sj, gem, grond, voorziening),
            (sj, grond, voorziening))""",
    "vsv_gem_reden": """
        SELECT 'vsv_gem_reden', extract(year FROM datum_uitval - interval '7 months')::int,
            gemeente_uitval_id, coalesce(nullif(reden, ''), 'onbekend'),
            count(DISTINCT jongere_id)
        FROM doorstroompunt_traject
        WHERE gemeente_uitval_id IN %(gemeenten)s AND soort = 'VSV'
            AND datum_uitval >= %(van)s AND datum_uitval < %(tot)s
        GROUP BY GROUPING SETS ((2, 3), (2), (2, 3, 4), (2, 4))""",
    "hb_bezoeken": """
        SELECT 'hb_bezoeken',
            extract(year FROM (datum AT TIME ZONE 'Europe/Amsterdam') - interval '7 months')::int,
            gemeente_id, count(*)
        FROM doorstroompunt_contactpoging
        WHERE gemeente_id IN %(gemeenten)s AND kanaal = 'HUISBEZOEK' AND door_partner
            AND (datum AT TIME ZONE 'Europe/Amsterdam')::date >= %(van)s
            AND (datum AT TIME ZONE 'Europe/Amsterdam')::date < %(tot)s
        GROUP BY GROUPING SETS ((2, 3), (2))""",
}
# The population, one statement a year: three numbers at once, and who is enrolled where. The birth
# dates of the law come from the same table as in the application; who lives where and who is
# exempted by a diploma does not.
BEWONER = """
    WITH woon AS (
        SELECT DISTINCT ON (a.jongere_id) a.jongere_id, a.gemeente_id
        FROM casework_adres a
        WHERE a.soort = 'WOON' AND (a.van IS NULL OR a.van <= %(dag)s)
            AND (a.tot IS NULL OR a.tot > %(dag)s)
        ORDER BY a.jongere_id, a.van DESC NULLS LAST, a.id DESC
    ), bewoner AS (
        SELECT j.*, CASE
            WHEN w.jongere_id IS NOT NULL THEN w.gemeente_id
            WHEN NOT EXISTS (
                SELECT 1 FROM casework_adres a WHERE a.jongere_id = j.id AND a.soort = 'WOON'
            ) THEN j.gemeente_id END AS gem
        FROM casework_jongere j
        LEFT JOIN woon w ON w.jongere_id = j.id
        WHERE (j.datum_overlijden IS NULL OR j.datum_overlijden > %(dag)s)
            AND CASE WHEN j.datum_vestiging_nl > j.datum_vertrek
                THEN j.datum_vestiging_nl <= %(dag)s OR j.datum_vertrek > %(dag)s
                ELSE (j.datum_vestiging_nl IS NULL OR j.datum_vestiging_nl <= %(dag)s)
                    AND (j.datum_vertrek IS NULL OR j.datum_vertrek > %(dag)s) END
    )"""
INGESCHREVEN = f"""{BEWONER}
    SELECT gem, {NAMEN}[rang], onderwijssoort, leerweg, count(*)
    FROM (
        SELECT DISTINCT ON (b.id) b.gem, {RANG} AS rang, i.onderwijssoort,
            coalesce(nullif(i.leerweg, ''), 'onbekend') AS leerweg
        FROM bewoner b
        JOIN casework_inschrijving i ON i.jongere_id = b.id AND i.begindatum <= %(dag)s
            AND (i.einddatum IS NULL OR i.einddatum >= %(dag)s)
        WHERE b.gem IN %(gemeenten)s
        ORDER BY b.id, {RANG} DESC, i.begindatum DESC, i.id DESC
    ) b
    GROUP BY GROUPING SETS ((gem), (), (gem, rang), (rang), (gem, onderwijssoort),
        (onderwijssoort), (gem, leerweg), (leerweg))"""
BEWONERS = f"""{BEWONER}
    SELECT gem, count(*) FILTER (WHERE plicht), count(*) FILTER (WHERE jong),
        count(*) FILTER (WHERE jong AND EXISTS (
            SELECT 1 FROM casework_inschrijving i
            WHERE i.jongere_id = b.id AND i.begindatum <= %(dag)s
                AND (i.einddatum IS NULL OR i.einddatum >= %(dag)s)))
    FROM (
        SELECT id, gem, geboortedatum >= %(achttien)s AND geboortedatum < %(vijf)s AS jong,
            geboortedatum < %(begin)s AND (
                (geboortedatum >= %(einde)s AND coalesce(schooljaren_voltooid, 0) < %(genoeg)s)
                OR (geboortedatum >= %(achttien)s
                    AND NOT EXISTS (
                        SELECT 1 FROM casework_diploma d
                        WHERE d.jongere_id = b.id AND d.startkwalificatie AND d.datum <= %(dag)s)
                    AND NOT EXISTS (
                        SELECT 1 FROM casework_diploma d
                        WHERE d.jongere_id = b.id AND NOT d.startkwalificatie
                            AND d.datum <= %(dag)s AND d.soort <> 'CERTIFICAAT'
                            AND (d.naam ~* %(pro)s OR d.niveau ~* %(pro)s))
                    AND NOT EXISTS (
                        SELECT 1 FROM casework_inschrijving i
                        WHERE i.jongere_id = b.id AND i.onderwijssoort = 'VSO'
                            AND i.uitstroomprofiel IN ('ARBEID', 'DAGBESTEDING')
                            AND i.begindatum <= %(dag)s))) AS plicht
        FROM bewoner b
        WHERE gem IN %(gemeenten)s
    ) b
    GROUP BY GROUPING SETS ((gem), ())"""
POPULATIE = ("pop_leer_kwalificatieplichtigen", "pop_5_18", "pop_5_18_ingeschreven")
NAAR_SOORT = "pop_ingeschreven_naar_soort"
GEKOZEN = (*HAND, *POPULATIE, NAAR_SOORT)

# Names of the columns with codes.
DIMS = {
    "lp_meldingen": ("vs", "os"), "lp_afhandeling": ("vs", "res"), "verzuim_meldingen": ("vs",),
    "lp_meldingen_jongeren": ("vs",), "thz_langdurig": ("os",), "wp_gestart": ("soort",),
    "wp_afgesloten": ("soort", "res"), "hv_halt": ("hvs",), "vst_verleend": ("grd", "voorziening"),
    "vsv_gem_reden": ("rdn",), "lp_spijbel": ("os", "rdn"), "lp_zorg_reden": ("rdn",),
    "abs_meldingen": ("herkomst",), "abs_uitstroom": ("res",), "dsp_verzuim_meldingen": ("vs",),
    "dsp_prev_resultaat": ("uit",), NAAR_SOORT: ("os", "onderwijssoort", "leerweg"),
}  # fmt: skip  # read as a table
