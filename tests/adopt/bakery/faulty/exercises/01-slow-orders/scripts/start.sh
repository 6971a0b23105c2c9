#!/bin/sh
# The packages arrive a little later than the container. Wait for them, then
# start what stands behind the name of this file.
until [ -x node_modules/.bin/nodemon ]; do
  sleep 1
done
exec "$@"
