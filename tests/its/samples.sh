#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The samples of the W3C test suite are not part of this project: their licence
# wants them unchanged and with their notice.  Where they lie beside the source
# folder, or in $ITS2_SAMPLES, all of them must come out right.
set -u
samples=${ITS2_SAMPLES:-${top_srcdir:?}/../shared/its2-samples}
if [ ! -e "$samples/run-its2.sh" ]; then
	echo '1..0 # SKIP no samples of the W3C test suite here'
	exit 0
fi
out=$(sh "$samples/run-its2.sh" "${COP_L10N:?} its" 2>&1)
echo "$out" | sed 's/^/# /'
if echo "$out" | grep -qx 'TOTAL 28/28'; then
	echo 'ok 1 - the samples of the W3C test suite'
else
	echo 'not ok 1 - the samples of the W3C test suite'
fi
echo '1..1'
