#!/bin/sh
# Dumps database and documents, removes what is older than MAX_AGE_DAYS (35 at most: what was
# destroyed must not live on in a backup), and does it again after EVERY_SECONDS (once when that is
# not set). `backup.sh check` makes nothing and fails when an older file is there. The volume must
# be encrypted and copied elsewhere; that copy needs the same age.
set -eu
umask 077
[ -z "${PGPASSWORD_FILE:-}" ] || PGPASSWORD="$(cat "$PGPASSWORD_FILE")"
export PGPASSWORD

days="${MAX_AGE_DAYS:-30}"
if ! { [ "$days" -ge 1 ] && [ "$days" -le 35 ]; } 2>/dev/null; then
    echo "MAX_AGE_DAYS is $days: kies 1 tot en met 35" >&2
    exit 2
fi

old() { # made more than MAX_AGE_DAYS ago, by the moment in the name; a file of unknown age too
    border="$(date -u -d "-$days days" +%Y%m%dT%H%M%SZ)"
    for file in "$BACKUP_DIR"/*.dump "$BACKUP_DIR"/*.media.tar.gz "$BACKUP_DIR"/*.part; do
        [ -e "$file" ] || continue
        moment="$(basename "$file" | cut -d. -f1)"
        first="$(printf '%s\n%s\n' "$moment" "$border" | LC_ALL=C sort | head -n 1)"
        [ "$first" != "$moment" ] || [ "$moment" = "$border" ] || echo "$file"
    done
}

if [ "${1:-}" = check ]; then
    found="$(old)"
    [ -z "$found" ] || { echo "Ouder dan $days dagen:" && echo "$found" && exit 1; } >&2
    echo "Geen back-up is ouder dan $days dagen"
    exit 0
fi

backup() {
    moment="$(date -u +%Y%m%dT%H%M%SZ)"
    pg_dump --format=custom --file="$BACKUP_DIR/$moment.part"
    mv "$BACKUP_DIR/$moment.part" "$BACKUP_DIR/$moment.dump" # never half a dump under its own name
    if [ -d "${MEDIA_ROOT:-}" ]; then
        tar -czf "$BACKUP_DIR/$moment.part" -C "$MEDIA_ROOT" .
        mv "$BACKUP_DIR/$moment.part" "$BACKUP_DIR/$moment.media.tar.gz"
    fi
    old | while read -r file; do
        rm -f "$file"
    done
    echo "Back-up $moment gemaakt"
}

backup
while [ -n "${EVERY_SECONDS:-}" ]; do
    sleep "$EVERY_SECONDS"
    backup
done
