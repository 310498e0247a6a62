#!/bin/sh
# The environment in .venv: `sh scripts/venv.sh base` for running, `dev` for tests and checks. Only pip, by hashes.
set -eu
python=${PYTHON:-$(command -v python3.11 || command -v python3 || true)}
if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    if ! "${python:-python3.11}" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        echo "没有找到 Python 3.11 或更新的版本。请先安装,或用 make PYTHON=/路径/python3.11 指定。" >&2
        echo "Python 3.11 or newer was not found. Install it, or name it: make PYTHON=/path/to/python3.11" >&2
        exit 1
    fi
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "$python 缺少 venv 模块(Debian 系统上是软件包 python3-venv)。" >&2
        echo "$python lacks the venv module (package python3-venv on Debian)." >&2
        exit 1
    fi
    echo "正在建立运行环境 .venv,约需一分钟 ... / Making the environment .venv, about a minute ..."
    "$python" -m venv --clear .venv
fi
files="-r requirements/base.txt"
[ "$1" = base ] || files="$files -r requirements/dev.txt"
# shellcheck disable=SC2086
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes $files
[ "$1" = base ] || touch .venv/.base
touch ".venv/.$1"
