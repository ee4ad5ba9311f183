#!/bin/sh
# Restores the newest dump in a database of its own, compares with the dumped database, and removes
# it again: the number of rows of every table and the rules per row; walks the chain of the log, and
# opens the archive of the documents. Fails when one of these differs.
# Run it when nobody writes, or expect the tables that changed after the dump to differ.
set -eu
[ -z "${PGPASSWORD_FILE:-}" ] || PGPASSWORD="$(cat "$PGPASSWORD_FILE")"
export PGPASSWORD
drill="${PGDATABASE}_drill"
work="$(mktemp -d)"
trap 'dropdb --if-exists "$drill"; rm -rf "$work"' EXIT

counts() { # one line per table: name and exact number of rows
    psql --no-psqlrc --quiet --tuples-only --no-align --dbname "$1" --command "
        select format('select %L, count(*) from %I.%I;', tablename, schemaname, tablename)
        from pg_tables where schemaname = 'public' order by tablename" |
        psql --no-psqlrc --quiet --tuples-only --no-align --dbname "$1"
}

rules() { # every policy, and which tables force theirs on the owner
    psql --no-psqlrc --quiet --tuples-only --no-align --dbname "$1" --command "
        select tablename, policyname, roles, cmd, md5(coalesce(qual, '') || coalesce(with_check, ''))
        from pg_policies order by 1, 2;
        select relname from pg_class where relforcerowsecurity order by 1"
}

files() { # hash and path of every file that a row names
    psql --no-psqlrc --quiet --tuples-only --no-align --dbname "$1" --command "
        select sha256 || '  ' || bestand from casework_document
        union select sha256 || '  ' || bestand from casework_aangeboden where geweigerd_op is null
        union select sha256 || '  ' || pdf from reporting_versie"
}

begin="$(date +%s)"
dump="$(ls -1t "$BACKUP_DIR"/*.dump | head -n 1)"
dropdb --if-exists "$drill"
createdb "$drill"
pg_restore --exit-on-error --no-owner --dbname "$drill" "$dump"
counts "$PGDATABASE" >"$work/before"
counts "$drill" >"$work/after"
diff "$work/before" "$work/after"
rules "$PGDATABASE" >"$work/rules"
rules "$drill" | diff "$work/rules" -
breach="$(psql --no-psqlrc --quiet --tuples-only --no-align --dbname "$drill" \
    --command "select * from keten_breuk()")"
[ -z "$breach" ] || { echo "De keten van het logboek is gebroken: $breach" >&2 && exit 1; }
archive="${dump%.dump}.media.tar.gz"
files "$drill" >"$work/hashes"
if [ -s "$work/hashes" ]; then
    mkdir "$work/files"
    tar -xzf "$archive" -C "$work/files"
    (cd "$work/files" && sha256sum -c "$work/hashes") >"$work/checked" 2>&1 ||
        { grep -v ': OK$' "$work/checked" >&2 && exit 1; }
fi
echo "Bestanden gelijk aan hun rij: $(wc -l <"$work/hashes")"
echo "Regels per rij: $(wc -l <"$work/rules"), keten heel, $(($(date +%s) - begin)) seconden"
echo "Teruggezet uit $(basename "$dump"): $(wc -l <"$work/after") tabellen gelijk"
