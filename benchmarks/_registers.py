"""Rows of the registers of leerplicht for benchmarks: a country of one million youths at work.

Days are counted from the day that is asked for, so that terms and labels fall due around it.
"""

from datetime import date

from django.db import connection, transaction

# Each about as many as a country has, or more. `%(dag)s` is the day of today.
SQL = (
    # An LRV melding that goes on: 1 in 250 of the meldingen.
    """
    UPDATE casework_verzuimmelding SET soort = 'LRV', afgesloten_op = NULL,
        begindatum = %(dag)s - 20 - (id %% 300)::int, melddatum = %(dag)s - (id %% 200)::int
    WHERE id %% 250 = 0
    """,
    """
    INSERT INTO casework_werkproces (jongere_id, gemeente_id, gemeente_opgegeven, taak, soort,
        toestand, toestand_sinds, gestart_op, route, status, resultaat, toelichting, regime)
    SELECT id, gemeente_id, false, 'leerplicht', 'ABSOLUUT', 'gesignaleerd',
           %(dag)s - (id %% 90)::int, %(dag)s - (id %% 90)::int, '', 'OPEN', '', '', 'AVG'
    FROM casework_jongere WHERE id %% 300 = 1
    """,
    """
    INSERT INTO casework_werkproces (jongere_id, gemeente_id, gemeente_opgegeven, taak, soort,
        toestand, toestand_sinds, gestart_op, route, status, resultaat, toelichting, regime)
    SELECT id, gemeente_id, false, 'leerplicht', 'VRIJSTELLING', 'kg_lopend', date '2026-08-01',
           date '2026-06-01', '', 'OPEN', '', '', 'AVG'
    FROM casework_jongere WHERE id %% 100 = 3
    """,
    """
    INSERT INTO leerplicht_vrijstelling (jongere_id, gemeente_id, grond, aanvraagdatum, nieuw,
        begindatum, einddatum, besluit, besluitdatum, voorziening, tot_einde_leerplicht,
        gemeld_duo_op, werkproces_id)
    SELECT j.id, j.gemeente_id, (ARRAY['5a','5b','5c','5a'])[1 + j.id %% 4], date '2026-06-01',
           true, date '2026-08-01', date '2027-08-01', 'VAN_RECHTSWEGE', date '2026-06-20', '',
           false, CASE WHEN j.id %% 7 = 0 THEN NULL ELSE date '2026-08-01' END, w.id
    FROM casework_jongere j
    LEFT JOIN casework_werkproces w ON w.jongere_id = j.id AND w.soort = 'VRIJSTELLING'
    WHERE j.id %% 50 = 3
    """,
    """
    INSERT INTO leerplicht_verlof (jongere_id, gemeente_id, soort, van, tot, dagen, ingediend_op,
        beslisser, besluit, besluitdatum)
    SELECT id, gemeente_id, (ARRAY['GEWICHTIG','VAKANTIE_BEROEP'])[1 + id %% 2],
           %(dag)s - (id %% 900)::int, %(dag)s - (id %% 900)::int + 12, 8,
           %(dag)s - (id %% 900)::int - 40, 'LEERPLICHT',
           CASE WHEN id %% 900 < 40 THEN '' ELSE 'AFGEWEZEN' END,
           CASE WHEN id %% 900 < 40 THEN NULL ELSE %(dag)s - (id %% 900)::int - 20 END
    FROM casework_jongere WHERE id %% 20 = 5
    """,
    """
    INSERT INTO leerplicht_thuiszitter (jongere_id, gemeente_id, bron, sinds, label_op, reden,
        doorzetting_door, doorzetting_besluit, resultaat, einde_op)
    SELECT id, gemeente_id, 'LRV', %(dag)s - 30 - (id %% 500)::int, %(dag)s - 2 - (id %% 500)::int,
           'psychosociaal', '', '', CASE WHEN id %% 400 = 7 THEN 'school' ELSE '' END,
           CASE WHEN id %% 400 = 7 THEN %(dag)s - 1 END
    FROM casework_jongere WHERE id %% 200 = 7
    """,
    """
    INSERT INTO leerplicht_plaatswacht (jongere_id, gemeente_id, soort, aangevraagd_op)
    SELECT id, gemeente_id, 'VSO', %(dag)s - (id %% 300)::int
    FROM casework_jongere WHERE id %% 500 = 9
    """,
    # A term for each open werkproces.
    """
    INSERT INTO casework_actie (jongere_id, gemeente_id, taak, omschrijving, vervalt_op, grondslag,
        aangemaakt_op, werkproces_id)
    SELECT jongere_id, gemeente_id, taak, 'Termijn', %(dag)s - 20 + (id %% 60)::int,
           'termijn:' || toestand, now(), id
    FROM casework_werkproces WHERE status = 'OPEN'
    """,
    """
    INSERT INTO casework_brievenronde (soort, taak, bulk, verzendwijze, status, aangemaakt_op,
        voortgang, stap, gemaakt_door_id)
    SELECT 'uitnodiging', 'leerplicht', false, 'post', 'klaar', now() - n * interval '1 hour',
           100, '', (SELECT min(id) FROM accounts_gebruiker)
    FROM generate_series(1, 20000) n
    """,
    """
    INSERT INTO casework_brief (taak, soort, partij, geheim, aan, onderwerp, tekst, datum, status,
        melding, gemeente_id, jongere_id, ronde_id)
    SELECT 'leerplicht', 'uitnodiging', 'ouders', false, 'Ouders', 'Gesprek', 'Tekst', %(dag)s,
           'gemaakt', '',
           j.gemeente_id, j.id, r.id
    FROM casework_brievenronde r JOIN casework_jongere j ON j.id = r.id * 40
    """,
    """
    INSERT INTO casework_afspraak (taak, soort, begin, plaats, uitkomst, gebruiker_id, gemeente_id,
        jongere_id)
    SELECT 'leerplicht', 'gesprek', %(dag)s + interval '9 hours' + (id %% 60) * interval '1 day',
           '', '', (SELECT min(id) FROM accounts_gebruiker), gemeente_id, id
    FROM casework_jongere WHERE id %% 100 = 11
    """,
    # Preventive talks, notices to the SVB, group actions, and what went to DUO of each end.
    """
    INSERT INTO casework_contactmoment (jongere_id, gemeente_id, taak, datum, kanaal, met, richting,
        preventief, uitkomst, verslag)
    SELECT id, gemeente_id, 'leerplicht', %(dag)s - (id %% 300) * interval '1 day', 'SPREEKUUR', '',
           '', true, '', ''
    FROM casework_jongere WHERE id %% 20 = 13
    """,
    """
    INSERT INTO casework_actie (jongere_id, gemeente_id, taak, omschrijving, vervalt_op, grondslag,
        aangemaakt_op)
    SELECT id, gemeente_id, 'leerplicht', 'Meld aan de SVB', %(dag)s - 20 + (id %% 60)::int,
           'svb:melden', now()
    FROM casework_jongere WHERE id %% 400 = 17
    """,
    """
    INSERT INTO leerplicht_groepsactie (gemeente_id, datum, soort, aantal, toelichting, door_id)
    SELECT g.id, %(dag)s - n, 'LES', 20, '', (SELECT min(id) FROM accounts_gebruiker)
    FROM casework_gemeente g, generate_series(1, 60) n
    """,
    """
    INSERT INTO casework_statusbericht (bericht_id, melding_id, jongere_id, gemeente_id, taak,
        nieuwe_status, reden_afgesloten, toelichting, contact_naam, contact_email, stand, poging,
        aangemaakt_op, verzonden_op, foutcode, fouttekst)
    SELECT gen_random_uuid(), id, jongere_id, gemeente_id, taak, 'G', 'TERUG', 'GEEN_ACTIE', '', '',
           CASE WHEN id %% 500 = 0 THEN 'AFGEWEZEN' ELSE 'BEVESTIGD' END, 1, now(), now(), '', ''
    FROM casework_verzuimmelding WHERE status = 'G'
    """,
)
TABLES = (
    "casework_verzuimmelding", "casework_werkproces", "leerplicht_vrijstelling",
    "leerplicht_verlof", "leerplicht_thuiszitter", "leerplicht_plaatswacht", "casework_actie",
    "casework_brievenronde", "casework_brief", "casework_afspraak", "casework_contactmoment",
    "leerplicht_groepsactie", "casework_statusbericht",
)  # fmt: skip  # read as a table


def build(day: date) -> None:
    """Needs the youths of zoeken, the meldingen of lijsten, and a user."""
    with transaction.atomic(), connection.cursor() as cursor:
        for sql in SQL:
            cursor.execute(sql, {"dag": day})
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {', '.join(TABLES)}")
