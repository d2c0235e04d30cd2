#!/bin/sh
set -e
bin=/usr/lib/postgresql/15/bin
: "${PGDATA:=/var/lib/postgresql/data}" "${POSTGRES_USER:=postgres}"
as_postgres() { setpriv --reuid=postgres --regid=postgres --init-groups "$@"; }

mkdir -p "$PGDATA"
chown -R postgres:postgres "$PGDATA"
chmod 700 "$PGDATA"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  printf '%s' "$POSTGRES_PASSWORD" > /tmp/password
  chown postgres /tmp/password
  as_postgres $bin/initdb -D "$PGDATA" -U "$POSTGRES_USER" --pwfile=/tmp/password -A scram-sha-256 -E UTF8 --no-sync > /dev/null
  rm /tmp/password
  echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
  sed -i 's/^local .*/local all all trust/' "$PGDATA/pg_hba.conf"
  as_postgres $bin/pg_ctl -D "$PGDATA" -o "-c listen_addresses=''" -w start > /dev/null
  [ "${POSTGRES_DB:-postgres}" = postgres ] || as_postgres $bin/psql -U "$POSTGRES_USER" -d postgres -c "create database \"$POSTGRES_DB\"" > /dev/null
  as_postgres $bin/pg_ctl -D "$PGDATA" -m fast -w stop > /dev/null
fi
exec setpriv --reuid=postgres --regid=postgres --init-groups $bin/postgres -D "$PGDATA" -c listen_addresses='*' -c unix_socket_directories=/tmp "$@"
