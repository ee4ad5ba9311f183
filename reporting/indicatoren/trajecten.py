"""Trajecten of the Doorstroompunt, their phases and attempts to reach the youth."""

from typing import Final

from accounts.rechten import Taak
from reporting.indicatoren.feit import Feit, Telling

DOORSTROOMPUNT: Final = frozenset({Taak.DOORSTROOMPUNT})
_JONGEREN: Final = "jongere"
BEGELEID: Final = "geb = 'begeleid'"

GEMELD: Final = Feit(
    naam="trajecten_gemeld",
    model="doorstroompunt.Traject",
    taken=DOORSTROOMPUNT,
    sql="""
SELECT $sj AS sj, t.gemeente_id AS gem, $traject,
    coalesce(nullif(t.intensiteit, ''), 'onbekend') AS intensiteit,
    extract(year FROM age(t.datum_melding, j.geboortedatum))::int AS lft
FROM doorstroompunt_traject t
JOIN casework_jongere j ON j.id = t.jongere_id
WHERE t.gemeente_id = ANY($gemeenten) AND t.datum_melding >= $van AND t.datum_melding < $tot
""",
    tellingen=(
        Telling("dsp_zorg_jongeren", "soort = 'ZORG_18PLUS'", _JONGEREN),
        Telling("kwb_uitstroom", "soort = 'KWETSBAAR'", _JONGEREN),
        Telling("ovc_jongeren", "soort = 'OVERSTAPCOACH'"),
        Telling("bwj_resultaat", "soort = 'BWJ'"),
        Telling("det_gemeld", "soort = 'DETENTIE'", _JONGEREN),
    ),
)

# Stopped with their education. Back is who is enrolled on 1 October after the schooljaar.
UITVAL: Final = Feit(
    naam="trajecten_uitval",
    model="doorstroompunt.Traject",
    taken=DOORSTROOMPUNT,
    sql="""
SELECT $sj AS sj, t.gemeente_uitval_id AS gem, $traject,
    CASE WHEN t.begeleid_van IS NULL
        THEN coalesce(nullif(t.uitstroom, ''), 'traject_dsp') ELSE '' END AS uit_zonder,
    $os_laatste AS os,
    $os_uitstroom AS os_uitstroom,
    extract(year FROM age(t.datum_uitval, j.geboortedatum))::int AS lft,
    EXISTS (
        SELECT 1 FROM casework_inschrijving i
        WHERE i.jongere_id = t.jongere_id AND i.begindatum <= $peildatum_erna
            AND (i.einddatum IS NULL OR i.einddatum >= $peildatum_erna)
    ) AS terug
FROM doorstroompunt_traject t
JOIN casework_jongere j ON j.id = t.jongere_id
WHERE t.gemeente_uitval_id = ANY($gemeenten) AND t.soort = 'VSV'
    AND t.datum_uitval >= $van AND t.datum_uitval < $tot
""",
    tellingen=(
        Telling("vsv_gem_gestopt", uniek=_JONGEREN),
        Telling("vsv_gem_teruggeleid", "terug", _JONGEREN),
        Telling("vsv_gem_nieuw", "NOT terug", _JONGEREN),
        Telling("vsv_gem_begeleidingsaanbod", uniek=_JONGEREN, kolommen={"uit": "uit_zonder"}),
        Telling("vsv_gem_reden", uniek=_JONGEREN),
        Telling("vsv_gem_onderwijs_leeftijd", uniek=_JONGEREN),
        Telling("vsv_gem_uitstroom", BEGELEID, _JONGEREN, {"os": "os_uitstroom"}),
    ),
)

BENADERD: Final = Feit(
    naam="trajecten_benaderd",
    model="doorstroompunt.Traject",
    taken=DOORSTROOMPUNT,
    sql="""
SELECT $sj AS sj, t.gemeente_benaderd_id AS gem, $traject,
    coalesce(t.datum_uitval < $van, false) AS oud
FROM doorstroompunt_traject t
WHERE t.gemeente_benaderd_id = ANY($gemeenten) AND t.soort = 'VSV'
    AND t.benaderd_op >= $van AND t.benaderd_op < $tot
""",
    tellingen=(
        Telling("vsv_gem_benaderd", uniek=_JONGEREN),
        Telling("vsv_gem_benaderd_resultaat", uniek=_JONGEREN),
        Telling("vsv_gem_oud_benaderd", "oud", _JONGEREN),
        Telling("vsv_gem_oud_begeleid", f"oud AND {BEGELEID}", _JONGEREN),
    ),
)

NIEUWJAAR: Final = Feit(
    naam="trajecten_nieuwjaar",
    model="doorstroompunt.Traject",
    taken=DOORSTROOMPUNT,
    sql="""
SELECT $sj AS sj, t.gemeente_id AS gem, t.id, t.jongere_id AS jongere,
    extract(year FROM age($nieuwjaar, j.geboortedatum))::int AS lft
FROM doorstroompunt_traject t
JOIN casework_jongere j ON j.id = t.jongere_id
WHERE t.gemeente_id = ANY($gemeenten) AND t.soort = 'JONGE_MOEDER'
    AND t.datum_melding <= $nieuwjaar
    AND (t.gesloten_op IS NULL OR t.gesloten_op >= $nieuwjaar)
""",
    tellingen=(Telling("jm_jongeren", uniek=_JONGEREN),),
)

FASEN: Final = Feit(
    naam="trajectfasen",
    model="doorstroompunt.Trajectfase",
    taken=DOORSTROOMPUNT,
    sql="""
SELECT $sj AS sj, f.id, f.gemeente_id AS gem, t.jongere_id AS jongere, f.traject_id AS traject,
    f.fase, coalesce(nullif(f.uitkomst, ''), 'traject_dsp') AS uit
FROM doorstroompunt_trajectfase f
JOIN doorstroompunt_traject t ON t.id = f.traject_id
WHERE f.gemeente_id = ANY($gemeenten) AND f.van >= $van AND f.van < $tot
    AND t.soort = 'JOBHUNTER'
""",
    tellingen=(Telling("jh_fase", uniek="traject"),),
)

POGINGEN: Final = Feit(
    naam="contactpogingen",
    model="doorstroompunt.Contactpoging",
    taken=DOORSTROOMPUNT,
    sql="""
SELECT $sj AS sj, c.id, c.gemeente_id AS gem, t.jongere_id AS jongere,
    c.kanaal = 'HUISBEZOEK' AND c.door_partner AS huisbezoek,
    t.soort = 'VERZUIM_18PLUS'
        AND c.resultaat IN ('GESPROKEN_JONGERE', 'GESPROKEN_OUDER', 'AFSPRAAK') AS contact,
    coalesce(nullif(c.uitkomst, ''), 'traject_dsp') AS uit
FROM doorstroompunt_contactpoging c
JOIN doorstroompunt_traject t ON t.id = c.traject_id
WHERE c.gemeente_id = ANY($gemeenten) AND c.datum >= $van_moment AND c.datum < $tot_moment
""",
    tellingen=(
        Telling("dsp_prev_contact", "contact", _JONGEREN),
        Telling("hb_bezoeken", "huisbezoek"),
        Telling("hb_resultaat", "huisbezoek"),
    ),
)
