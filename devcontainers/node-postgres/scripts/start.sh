#!/bin/sh
# Runs one of the app's processes: start.sh NAME COMMAND…
# What it prints can be read in logs/NAME.log.
name=$1
shift
mkdir -p logs

run() {
  while true; do
    # Packages are installed after this container has started. npm writes this file last.
    if [ ! -f node_modules/.package-lock.json ]; then
      echo "Waiting until the packages are installed …"
    fi
    until [ -f node_modules/.package-lock.json ]; do
      sleep 1
    done
    # nodemon stays, whatever happens to the app. Should it ever end, the container must not end with it.
    "$@"
    sleep 2
  done
}

run "$@" 2>&1 | tee "logs/$name.log"
