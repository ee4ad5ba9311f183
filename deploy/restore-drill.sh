#!/bin/sh
# Restores the newest dump in a database of its own, compares the number of rows of every table
# with the dumped database, and removes it again. Fails when a table differs.
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

dump="$(ls -1t "$BACKUP_DIR"/*.dump | head -n 1)"
dropdb --if-exists "$drill"
createdb "$drill"
pg_restore --exit-on-error --no-owner --dbname "$drill" "$dump"
counts "$PGDATABASE" >"$work/before"
counts "$drill" >"$work/after"
diff "$work/before" "$work/after"
echo "Teruggezet uit $(basename "$dump"): $(wc -l <"$work/after") tabellen gelijk"
