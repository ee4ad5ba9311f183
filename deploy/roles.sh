#!/bin/sh
# First start of the database. Nobody but the backup works as superuser, because a superuser passes
# every wall inside the database.
#
#   leerrecht        owns the tables; only `migrate` logs in with it
#   leerrecht_pagina the pages: rows of the person of a request (leerrecht_web), rows that work of
#                    another kind is about (leerrecht_doel), counting without names (leerrecht_cijfers)
#   leerrecht_taak   tasks and commands: all rows, when they say that they are the system
set -eu
secrets="${SECRETS_DIR:-/run/secrets}"
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 \
    --set owner="$(cat "$secrets/app_password")" \
    --set page="$(cat "$secrets/page_password")" \
    --set task="$(cat "$secrets/task_password")" \
    --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
create role leerrecht login nosuperuser nocreaterole nobypassrls password :'owner';
create role leerrecht_web nologin nobypassrls;
create role leerrecht_doel nologin nobypassrls;
create role leerrecht_cijfers nologin nobypassrls;
create role leerrecht_werk nologin nobypassrls;
create role leerrecht_pagina login nosuperuser nocreaterole nobypassrls password :'page';
create role leerrecht_taak login nosuperuser nocreaterole nobypassrls password :'task';
grant leerrecht_web, leerrecht_doel, leerrecht_cijfers to leerrecht_pagina;
grant leerrecht_werk to leerrecht_taak;
select current_database() as db \gset
alter database :"db" owner to leerrecht;
alter schema public owner to leerrecht;
revoke connect on database :"db" from public;
grant connect, temporary on database :"db" to leerrecht_pagina, leerrecht_taak;
SQL
