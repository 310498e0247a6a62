#!/bin/sh
# Pin requirements/*.in with hashes and without addresses, for every platform from Python 3.11 on.
set -eu
for name in base dev; do
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --no-emit-index-url --no-emit-find-links "requirements/$name.in" -o "requirements/$name.txt"
done
