from django.db import migrations

# Version 1 of what is hashed: every column by name, so that a later column breaks nothing.
# jsonb writes text, numbers and keys in one fixed way on every version of PostgreSQL.
FORWARD = r"""
create function gebeurtenis_inhoud(g accounts_gebeurtenis) returns bytea language sql immutable as $$
    select convert_to(jsonb_build_array(
        1, g.id, extract(epoch from g.tijd), g.gebruiker_id, g.rol, g.actie, g.object_type,
        g.object_id, g.jongere_id, g.gemeente_id, g.taak, g.reden, g.gegevens, g.trace_id,
        g.resultaat, g.oorsprong)::text, 'UTF8')
$$;
create function keten_hash(vorige bytea, nr bigint, g accounts_gebeurtenis) returns bytea
language sql immutable as $$
    select sha256(vorige || int8send(nr) || gebeurtenis_inhoud(g))
$$;

create function gebeurtenis_wacht() returns trigger language plpgsql as $$
begin
    insert into accounts_ketenwacht (gebeurtenis_id) select id from nieuw;
    return null;
end
$$;
create trigger gebeurtenis_wacht after insert on accounts_gebeurtenis
    referencing new table as nieuw for each statement execute function gebeurtenis_wacht();

-- Gives waiting events their place. The lock makes one chainer at a time; whoever writes an
-- event never waits for it.
create function keten_aansluiten(maximum integer) returns integer language plpgsql as $$
declare
    g accounts_gebeurtenis;
    plaats bigint;
    begin_nr bigint;
    vorige bytea;
    eigen bytea;
begin
    perform pg_advisory_xact_lock(4242, 1);
    select k.nr, k.hash into plaats, vorige from accounts_ketenregel k order by k.nr desc limit 1;
    plaats := coalesce(plaats, 0);
    vorige := coalesce(vorige, decode(repeat('00', 32), 'hex'));
    begin_nr := plaats;
    for g in select e.* from accounts_ketenwacht w
               join accounts_gebeurtenis e on e.id = w.gebeurtenis_id
              order by w.gebeurtenis_id limit maximum
    loop
        plaats := plaats + 1;
        eigen := keten_hash(vorige, plaats, g);
        insert into accounts_ketenregel (nr, gebeurtenis_id, versie, vorige, hash)
        values (plaats, g.id, 1, vorige, eigen);
        vorige := eigen;
    end loop;
    delete from accounts_ketenwacht w using accounts_ketenregel k
     where k.nr > begin_nr and k.gebeurtenis_id = w.gebeurtenis_id;
    return plaats - begin_nr;
end
$$;

-- The first place in the chain that does not fit: changed, removed or moved.
create function keten_breuk() returns table (nr bigint, gebeurtenis_id bigint, soort text)
language sql stable as $$
    select x.nr, x.gebeurtenis_id,
           case when x.nr <> x.vorige_nr + 1 then 'plaats'
                when x.e_id is null then 'gewist'
                else 'gewijzigd' end
      from (select k.nr, k.gebeurtenis_id, k.vorige, k.hash, e.id as e_id, e,
                   lag(k.nr, 1, 0::bigint) over w as vorige_nr,
                   lag(k.hash, 1, decode(repeat('00', 32), 'hex')) over w as vorige_hash
              from accounts_ketenregel k
              left join accounts_gebeurtenis e on e.id = k.gebeurtenis_id
            window w as (order by k.nr)) x
     where x.nr <> x.vorige_nr + 1 or x.e_id is null or x.vorige <> x.vorige_hash
        or x.hash is distinct from keten_hash(x.vorige, x.nr, x.e)
     order by x.nr limit 1
$$;

create function logboek_vast() returns trigger language plpgsql as $$
begin
    raise exception 'Het logboek kan niet worden gewijzigd of gewist.'
        using errcode = 'insufficient_privilege';
end
$$;
create trigger gebeurtenis_niet_leeg before truncate on accounts_gebeurtenis
    for each statement execute function logboek_vast();
create trigger ketenregel_append_only before update or delete on accounts_ketenregel
    for each row execute function logboek_vast();
create trigger ketenregel_niet_leeg before truncate on accounts_ketenregel
    for each statement execute function logboek_vast();

insert into accounts_ketenwacht (gebeurtenis_id) select id from accounts_gebeurtenis;
select keten_aansluiten(2147483647);
"""
BACKWARD = """
drop trigger ketenregel_niet_leeg on accounts_ketenregel;
drop trigger ketenregel_append_only on accounts_ketenregel;
drop trigger gebeurtenis_niet_leeg on accounts_gebeurtenis;
drop trigger gebeurtenis_wacht on accounts_gebeurtenis;
drop function logboek_vast();
drop function keten_breuk();
drop function keten_aansluiten(integer);
drop function gebeurtenis_wacht();
drop function keten_hash(bytea, bigint, accounts_gebeurtenis);
drop function gebeurtenis_inhoud(accounts_gebeurtenis);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_logboek_keten")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
