#!/bin/sh
# Run once by the postgres image on an empty cluster: the portal's role owns its database and is no superuser,
# so the triggers that guard the journal hold for it. CREATEDB is for restoring a backup beside the live one.
set -eu
psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres --set=password="$PORTAL_PASSWORD" <<'SQL'
CREATE ROLE portal LOGIN CREATEDB NOSUPERUSER PASSWORD :'password';
CREATE DATABASE portal OWNER portal;
SQL
