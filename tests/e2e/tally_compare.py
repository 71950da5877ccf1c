# SPDX-License-Identifier: GPL-3.0-or-later
"""compare COUNTS JSON: do the counts of bench/answers/gen equal the tally's?

A number that one side has and the other has not counts as zero.
"""
import json
import sys

want = {}
for line in open(sys.argv[1], encoding='utf-8'):
    *key, n = line.rstrip('\n').split('\t')
    want[tuple(key)] = int(n)
got = {}
for line in open(sys.argv[2], encoding='utf-8'):
    event = json.loads(line)
    if event.get('event') != 'tally-cell':
        continue
    f = event['fields']
    if f['code'] == '':
        continue
    key = (f['form'], f['question'], f['part'], f['code'], f['by'], f['of'])
    got[key] = got.get(key, 0) + int(f['count'])


def into_classes(counts, codes):
    """Numbers that one side counts one by one, as the other's "10–19"."""
    for key in list(counts):
        if key[:3] not in codes or key[3] in codes[key[:3]]:
            continue
        for code in codes[key[:3]]:
            low, dash, high = code.partition('–')
            if dash and int(low) <= int(key[3]) <= int(high):
                to = key[:3] + (code,) + key[4:]
                counts[to] = counts.get(to, 0) + counts.pop(key)
                break


codes = {}
for k in got:
    codes.setdefault(k[:3], set()).add(k[3])
into_classes(want, {k: v for k, v in codes.items()
                    if any('–' in c and c[0].isdigit() for c in v)})
bad = [k for k in set(want) | set(got) if want.get(k, 0) != got.get(k, 0)]
# One release alone has no table by release.
if not any(k[4] == 'release' for k in got):
    bad = [k for k in bad if k[4] != 'release']
for k in sorted(bad)[:20]:
    print('#', k, 'generated', want.get(k, 0), 'counted', got.get(k, 0))
print('# %d numbers, %d people' % (len(got), sum(
    v for k, v in got.items() if k[4] == 'all')))
sys.exit(1 if bad or len(got) < 100 else 0)
