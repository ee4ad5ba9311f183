#!/bin/sh
# First start of the database: the application gets a role that is no superuser, because a
# superuser passes every wall inside the database.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$(cat /run/secrets/app_password)" \
    --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
create role leerrecht login nosuperuser nocreaterole nobypassrls password :'password';
alter database leerrecht owner to leerrecht;
alter schema public owner to leerrecht;
revoke connect on database leerrecht from public;
SQL
