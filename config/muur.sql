-- The functions of the wall (config/muur.py) and the rights on the log.
-- Those of the rules are parallel safe: else no figure is counted by two processes.

CREATE OR REPLACE FUNCTION muur_gebruiker() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT nullif(current_setting('leerrecht.gebruiker', true), '')::bigint
$$;
CREATE OR REPLACE FUNCTION muur_doel() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(current_setting('leerrecht.doel', true), '')
$$;
-- Where the person of the request does one of these taken today.
CREATE OR REPLACE FUNCTION muur_gemeenten(VARIADIC taken text[]) RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT coalesce(array_agg(DISTINCT b.gemeente_id), '{}')
      FROM accounts_bevoegdheid b JOIN accounts_gebruiker g ON g.id = b.gebruiker_id,
           (SELECT (now() AT TIME ZONE 'Europe/Amsterdam')::date AS dag) v
     WHERE g.id = muur_gebruiker() AND g.is_active AND NOT b.wacht AND b.taak = ANY (taken)
       AND b.van <= v.dag AND (b.tot IS NULL OR b.tot > v.dag)
$$;
CREATE OR REPLACE FUNCTION muur_codes(taak text) RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT coalesce(array_agg(g.code::text), '{}') FROM casework_gemeente g
     WHERE g.id = ANY (muur_gemeenten(taak))
$$;
-- Where a youth lives, also of one out of sight: keys only. A view, because a rule that calls a
-- function for each row costs three times as much; nobody writes through it.
CREATE OR REPLACE VIEW muur_woonplaats AS SELECT id, gemeente_id FROM casework_jongere;
REVOKE ALL ON muur_woonplaats FROM leerrecht_web, leerrecht_doel, leerrecht_werk;
GRANT SELECT ON muur_woonplaats TO leerrecht_web, leerrecht_doel;
CREATE OR REPLACE FUNCTION muur_woont(jongere bigint) RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT gemeente_id FROM casework_jongere WHERE id = jongere
$$;
-- Whoever has or had a right in the gemeenten of a privacy officer.
CREATE OR REPLACE FUNCTION muur_collega() RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT coalesce(array_agg(DISTINCT gebruiker_id), '{}') FROM accounts_bevoegdheid
     WHERE gemeente_id = ANY (muur_gemeenten('privacy'))
$$;
CREATE OR REPLACE FUNCTION muur_verdachten() RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT coalesce(array_agg(DISTINCT jongere_id), '{}') FROM leerplicht_procesverbaal
     WHERE gemeente_id = ANY (muur_gemeenten('opsporing'))
$$;
-- Youths whose dossier is closed to this person, and whom he knows outside work.
CREATE OR REPLACE FUNCTION muur_verborgen() RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT coalesce(array_agg(x.jongere_id), '{}') FROM (
        SELECT a.jongere_id FROM casework_afscherming a
         WHERE a.tot IS NULL
           AND NOT EXISTS (SELECT FROM casework_afscherminglid l
                            WHERE l.afscherming_id = a.id AND l.gebruiker_id = muur_gebruiker())
           AND NOT EXISTS (SELECT FROM casework_noodtoegang n
                            WHERE n.jongere_id = a.jongere_id AND n.tot > now()
                              AND n.gebruiker_id = muur_gebruiker())
         UNION ALL
        SELECT b.jongere_id FROM casework_betrokkenheid b
         WHERE b.gebruiker_id = muur_gebruiker() AND b.vervallen_op IS NULL) x
$$;
-- Meldcode: into which this person was brought, and the gemeenten whose team he leads.
CREATE OR REPLACE FUNCTION muur_meldcode() RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT coalesce(array_agg(traject_id), '{}') FROM leerplicht_meldcodelid
     WHERE gebruiker_id = muur_gebruiker()
$$;
CREATE OR REPLACE FUNCTION muur_leidend() RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT coalesce(array_agg(DISTINCT b.gemeente_id), '{}')
      FROM accounts_bevoegdheid b JOIN accounts_gebruiker g ON g.id = b.gebruiker_id,
           (SELECT (now() AT TIME ZONE 'Europe/Amsterdam')::date AS dag) v
     WHERE g.id = muur_gebruiker() AND g.is_active AND NOT b.wacht AND b.taak = 'leerplicht'
       AND b.rol = 'leidinggevende' AND b.van <= v.dag AND (b.tot IS NULL OR b.tot > v.dag)
$$;
CREATE OR REPLACE FUNCTION muur_onderzoeken() RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT coalesce(array_agg(onderzoek_id), '{}') FROM casework_onderzoek_functionarissen
     WHERE gebruiker_id = muur_gebruiker()
$$;
CREATE OR REPLACE FUNCTION muur_analyseer(tabel regclass) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN EXECUTE format('ANALYZE %s', tabel); END
$$;
REVOKE ALL ON FUNCTION muur_analyseer(regclass) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION muur_analyseer(regclass) TO leerrecht_werk;
-- What must be known of somebody although it happened elsewhere, and no more than that.
CREATE OR REPLACE FUNCTION muur_loopt(wie bigint, welk text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT coalesce(g.naam, 'een andere gemeente')
      FROM doorstroompunt_traject t LEFT JOIN casework_gemeente g ON g.id = t.gemeente_id
     WHERE t.jongere_id = wie AND t.soort = welk AND t.status <> 'GESLOTEN'
     ORDER BY t.datum_melding, t.id LIMIT 1
$$;
-- Leave under art. 11 f and g that a youth had, of any school: the ten days are one sum.
CREATE OR REPLACE FUNCTION muur_verlof(wie bigint)
    RETURNS TABLE (id bigint, soort text, van date, tot date, dagen numeric)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT v.id, v.soort, v.van, v.tot, coalesce(v.dagen_toegekend, v.dagen)
    FROM leerplicht_verlof v
    WHERE v.jongere_id = wie AND v.soort IN ('GEWICHTIG', 'VAKANTIE_BEROEP')
        AND v.besluit IN ('TOEGEKEND', 'DEELS') $$;

-- End of the duty: the Doorstroompunt gets a dossier and something to do, also from who only does
-- leerplicht. Gives the key of the dossier when it was made here.
CREATE OR REPLACE FUNCTION muur_draag_over(
    wie bigint, waar bigint, dag date, tekst text, uiterlijk date
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE nieuw bigint;
BEGIN
    IF current_setting('role') <> 'none'
       AND (NOT muur_rond(wie) && muur_gemeenten('leerplicht') OR wie = ANY (muur_verborgen()))
    THEN RAISE insufficient_privilege; END IF;
    IF NOT EXISTS (SELECT FROM casework_dossier d
                    WHERE d.jongere_id = wie AND d.gemeente_id IS NOT DISTINCT FROM waar
                      AND d.taak = 'doorstroompunt' AND d.gesloten_op IS NULL) THEN
        INSERT INTO casework_dossier (jongere_id, gemeente_id, taak, geopend_op)
        VALUES (wie, waar, 'doorstroompunt', dag) RETURNING id INTO nieuw;
    END IF;
    INSERT INTO casework_actie (jongere_id, gemeente_id, taak, omschrijving, vervalt_op,
                                grondslag, aangemaakt_op)
    VALUES (wie, waar, 'doorstroompunt', tekst, uiterlijk, 'Overdracht', now());
    RETURN nieuw;
END
$$;
-- Whether a colleague may be given work on a youth: active, each of these taken there on that day,
-- and the youth not hidden from him. For rules and for who divides the work of others.
-- A move by hand: of who writes it the youth may be out of sight after that.
CREATE OR REPLACE FUNCTION muur_verhuis(wie bigint, naar bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_setting('role') <> 'none'
       AND ((muur_woont(wie) = ANY (muur_gemeenten('leerplicht', 'doorstroompunt'))) IS NOT TRUE
            OR wie = ANY (muur_verborgen()))
    THEN RAISE insufficient_privilege; END IF;
    UPDATE casework_jongere SET gemeente_id = naar WHERE id = wie;
END
$$;
-- Who supervises the head of this school for the Inspectie (Lpw 16a) does none of its other work.
CREATE OR REPLACE FUNCTION muur_uitgesloten(
    persoon bigint, wie bigint, school bigint, dag date
) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (
        SELECT FROM leerplicht_toewijzingsregel r
         WHERE r.nooit AND r.behandelaar_id = persoon
           AND r.van <= dag AND (r.tot IS NULL OR r.tot > dag)
           AND (r.school_id = school OR r.school_id IN (
                SELECT i.school_id FROM casework_inschrijving i
                 WHERE i.jongere_id = wie AND i.begindatum <= dag
                   AND (i.einddatum IS NULL OR i.einddatum >= dag))))
$$;
CREATE OR REPLACE FUNCTION muur_toewijsbaar(
    persoon bigint, wie bigint, gemeente bigint, dag date, VARIADIC taken text[]
) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT FROM accounts_gebruiker g WHERE g.id = persoon AND g.is_active)
       AND NOT ('leerplicht' = ANY(taken) AND muur_uitgesloten(persoon, wie, NULL, dag))
       AND NOT EXISTS (
            SELECT FROM unnest(taken) t WHERE NOT EXISTS (
                SELECT FROM accounts_bevoegdheid b
                 WHERE b.gebruiker_id = persoon AND b.taak = t AND b.rol <> 'lezer'
                   AND NOT b.wacht AND b.van <= dag AND (b.tot IS NULL OR b.tot > dag)
                   AND b.gemeente_id = coalesce(
                        gemeente, (SELECT j.gemeente_id FROM casework_jongere j WHERE j.id = wie))))
       AND NOT EXISTS (SELECT FROM casework_betrokkenheid k
                        WHERE k.jongere_id = wie AND k.gebruiker_id = persoon
                          AND k.vervallen_op IS NULL)
       AND NOT EXISTS (
            SELECT FROM casework_afscherming a
             WHERE a.jongere_id = wie AND a.tot IS NULL
               AND NOT EXISTS (SELECT FROM casework_afscherminglid l
                                WHERE l.afscherming_id = a.id AND l.gebruiker_id = persoon))
$$;
CREATE OR REPLACE FUNCTION muur_halt_eerder(wie bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT FROM leerplicht_haltverwijzing WHERE jongere_id = wie)
$$;
CREATE OR REPLACE FUNCTION muur_dubbelen() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT coalesce(array_agg(j), '{}') FROM koppelingen_persoonsvraag v
      JOIN koppelingen_inleesrun r ON r.id = v.run_id, unnest(ARRAY[v.nieuw_id, v.bestaand_id]) j
     WHERE j IS NOT NULL AND (r.gebruiker_id = muur_gebruiker()
        OR (r.gebruiker_id IS NULL AND r.gemeentecodes::text[] <@ muur_codes('beheer')))
$$;
-- The gemeenten around a youth: home first, then where there is a dossier.
CREATE OR REPLACE FUNCTION muur_rond(wie bigint) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT coalesce(array_agg(x.gemeente_id ORDER BY x.nr), '{}') FROM (
        SELECT gemeente_id, 0 AS nr FROM casework_jongere WHERE id = wie
         UNION ALL
        SELECT gemeente_id, id FROM casework_dossier WHERE jongere_id = wie) x
     WHERE x.gemeente_id IS NOT NULL
$$;
-- Work on youths whom a person may not open by his taak, and which youths that is about.
CREATE OR REPLACE FUNCTION muur_bij_doel(wie bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT CASE muur_doel()
        WHEN 'inlezen' THEN wie = ANY (muur_dubbelen())
        WHEN 'privacy' THEN muur_rond(wie) && muur_gemeenten('privacy')
        -- Noodtoegang: within the rights, closed or not.
        WHEN 'nood' THEN muur_rond(wie) && muur_gemeenten('leerplicht', 'doorstroompunt')
        -- Whom the person knows: to report that he asked for that one.
        WHEN 'familie' THEN EXISTS (
            SELECT FROM casework_betrokkenheid b
             WHERE b.jongere_id = wie AND b.gebruiker_id = muur_gebruiker()
               AND b.vervallen_op IS NULL)
        ELSE false END
$$;
-- Who knows the number, or the surname and the day of birth, of somebody: for the declaration
-- that it is family, of whoever it is. Gives keys and no more.
CREATE OR REPLACE FUNCTION muur_persoon(nummer bytea, naam text, geboren date)
RETURNS TABLE (id bigint, gemeente_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT j.id, j.gemeente_id FROM casework_jongere j
     WHERE (nummer IS NOT NULL AND nummer IN (j.bsn_index, j.onderwijsnummer_index))
        OR (nummer IS NULL AND j.geboortedatum = geboren AND lower(j.achternaam) = lower(naam))
$$;
-- Whether a BSN is in use, of somebody who may be out of sight: two records for one person harm.
CREATE OR REPLACE FUNCTION muur_bsn_bestaat(gezocht bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT FROM casework_jongere WHERE bsn_index = gezocht)
$$;
-- Names are searched inside a function: under row level security PostgreSQL uses no index for
-- LIKE and similarity. It gives keys of rows in sight, best first.
CREATE OR REPLACE FUNCTION muur_namen(
    woorden text[], grens real, geboren date, hoeveel integer
) RETURNS SETOF bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    vraag text := $q$SELECT casework_jongere.id FROM casework_jongere WHERE /*zicht*/$q$;
    volgorde text := ' ORDER BY ';
    woord text;
BEGIN
    IF grens IS NOT NULL THEN
        PERFORM set_config('pg_trgm.word_similarity_threshold', grens::text, true);
    END IF;
    FOREACH woord IN ARRAY woorden LOOP
        IF grens IS NOT NULL THEN
            vraag := vraag || format(' AND zoeknaam %%> %L', woord);
            volgorde := volgorde || format('word_similarity(%L, zoeknaam) + ', woord);
        ELSE
            vraag := vraag || format(' AND zoeknaam LIKE %L', woord);
        END IF;
    END LOOP;
    IF geboren IS NOT NULL THEN
        vraag := vraag || format(' AND geboortedatum = %L', geboren);
    END IF;
    IF grens IS NOT NULL THEN
        volgorde := volgorde || '0 DESC, ';
    END IF;
    RETURN QUERY EXECUTE vraag || volgorde || 'sorteernaam, id LIMIT ' || hoeveel;
END
$$;

ALTER FUNCTION gebeurtenis_wacht() SECURITY DEFINER SET search_path = pg_catalog, public;
ALTER FUNCTION keten_aansluiten(integer) SECURITY DEFINER SET search_path = pg_catalog, public;
REVOKE ALL ON accounts_gebeurtenis, accounts_ketenregel, accounts_ketenwacht,
    django_migrations FROM leerrecht_web, leerrecht_doel, leerrecht_werk;
GRANT SELECT, INSERT ON accounts_gebeurtenis TO leerrecht_web, leerrecht_doel, leerrecht_werk;
GRANT SELECT ON accounts_ketenregel, accounts_ketenwacht, django_migrations
    TO leerrecht_web, leerrecht_doel, leerrecht_werk;
REVOKE INSERT, UPDATE, DELETE ON accounts_verwerkingsregel, accounts_logboekcontrole
    FROM leerrecht_web, leerrecht_doel;
