#!/bin/sh
# Makes or upgrades the two databases of the Temporal server. Safe to run again: what is there is left alone.
set -eu

prepare() {
  database=$1
  schema=$2
  tool="temporal-sql-tool --plugin postgres12 --ep $POSTGRES_HOST -p 5432 -u $POSTGRES_USER --db $database"
  # Both fail where they were done before; the upgrade below tells whether the schema is really there.
  $tool create || true
  $tool setup-schema -v 0.0 || true
  $tool update-schema -d "/etc/temporal/schema/postgresql/v12/$schema/versioned"
}

prepare temporal temporal
prepare temporal_visibility visibility
