#!/bin/sh
# Writes the secrets of an installation, once; what exists is never replaced.
set -eu
folder="${1:-$(dirname "$0")/secrets}"
mkdir -p "$folder"
chmod 700 "$folder" # the files themselves must be readable for the user in the container
cd "$folder"

random() { head -c 48 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'; }
once() {
    [ -s "$1" ] || printf '%s' "$2" >"$1"
    chmod 444 "$1"
}

for name in secret_key field_keys blind_index_key postgres_password app_password page_password \
    task_password redis_password; do
    once "$name" "$(random)"
done
once database_url "postgres://leerrecht:$(cat app_password)@postgres:5432/leerrecht"
once database_url_pagina "postgres://leerrecht_pagina:$(cat page_password)@postgres:5432/leerrecht"
once database_url_taak "postgres://leerrecht_taak:$(cat task_password)@postgres:5432/leerrecht"
once redis_url "redis://:$(cat redis_password)@redis:6379/0"
echo "Geheimen staan in $folder. Bewaar een kopie van field_keys, los van de back-up."
