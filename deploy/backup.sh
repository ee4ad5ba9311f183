#!/bin/sh
# Dumps database and documents, keeps the last KEEP of each, and does it again after
# EVERY_SECONDS (once when that is not set). The volume must be encrypted and copied elsewhere.
set -eu
umask 077
[ -z "${PGPASSWORD_FILE:-}" ] || PGPASSWORD="$(cat "$PGPASSWORD_FILE")"
export PGPASSWORD

prune() { # newest first; the rest goes
    ls -1t "$BACKUP_DIR"/*"$1" 2>/dev/null | tail -n "+$((${KEEP:-14} + 1))" | while read -r old; do
        rm -f "$old"
    done
}

backup() {
    moment="$(date -u +%Y%m%dT%H%M%SZ)"
    pg_dump --format=custom --file="$BACKUP_DIR/$moment.part"
    mv "$BACKUP_DIR/$moment.part" "$BACKUP_DIR/$moment.dump" # never half a dump under its own name
    if [ -d "${MEDIA_ROOT:-}" ]; then
        tar -czf "$BACKUP_DIR/$moment.part" -C "$MEDIA_ROOT" .
        mv "$BACKUP_DIR/$moment.part" "$BACKUP_DIR/$moment.media.tar.gz"
    fi
    prune .dump
    prune .media.tar.gz
    echo "Back-up $moment gemaakt"
}

backup
while [ -n "${EVERY_SECONDS:-}" ]; do
    sleep "$EVERY_SECONDS"
    backup
done
