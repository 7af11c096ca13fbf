#!/bin/sh
# Makes the namespace that the application uses. Closed workflows stay readable for 30 days; the ledger keeps them for ever.
set -eu

until temporal operator cluster health >/dev/null 2>&1; do sleep 2; done
temporal operator namespace describe -n default >/dev/null 2>&1 ||
  temporal operator namespace create -n default --retention 720h
