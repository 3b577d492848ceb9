#!/bin/sh
# Prints what PyTorch was found, and the tables of docs/gpu.md, in under ten minutes. PYTORCH_FLAVOR and
# PYTORCH_LIBRARY_PATH name another PyTorch than that of python3. Arguments go to DeviceTable; gpu if none.
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd -P)
if [ -z "${PYTORCH_LIBRARY_PATH:-}" ]; then
  PYTORCH_LIBRARY_PATH=$(python3 -c 'import os, torch; print(os.path.join(os.path.dirname(torch.__file__), "lib"))')
fi
export PYTORCH_LIBRARY_PATH
export PYTORCH_FLAVOR="${PYTORCH_FLAVOR:-cu128}"
export OMP_WAIT_POLICY=PASSIVE
[ $# -gt 0 ] || set -- gpu
java="$here/java/bin/java -Xmx8g -DOPT_OUT_TRACKING=true -Djava.awt.headless=true -cp $here/lib/*"
date -u +%Y-%m-%d
nvidia-smi --query-gpu=name --format=csv,noheader 2>/dev/null || echo "no NVIDIA driver"
set -f
$java org.nnks.cli.Nnks doctor
$java org.nnks.benchmarks.DeviceTable "$@"
