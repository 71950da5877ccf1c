# SPDX-License-Identifier: GPL-3.0-or-later
"""attack PUBLISHED EXACT: can hidden numbers be worked out from the others?

Knows what everybody can know: every number in PUBLISHED, how tables add up,
and that nobody is counted negatively.  Narrows the range of each hidden number
until nothing changes any more.  EXACT has the numbers as they are: each one
under 5 must still be anything from 1 to 5 or more.
"""
import collections
import json
import sys

BIG = 10 ** 9


def read(path):
    people, cells = {}, {}
    for line in open(path, encoding='utf-8'):
        event = json.loads(line)
        f = event.get('fields', {})
        n = None if f.get('hidden') == 'yes' else f.get('count')
        if event.get('event') == 'tally-people':
            people[f['form'], f['by'], f['of']] = n and int(n)
        elif event.get('event') == 'tally-cell':
            key = (f['form'], f['question'], f['releases'], f['part'],
                   f['code'], f['by'], f['of'])
            cells[key] = n and int(n)
    return people, cells


def narrow(low, high, relations):
    """Each relation: the sum of some numbers is another one."""
    changed = True
    while changed:
        changed = False
        for parts, whole in relations:
            lows, highs = sum(low[p] for p in parts), \
                sum(high[p] for p in parts)
            for p in parts:
                lo = low[whole] - (highs - high[p])
                hi = high[whole] - (lows - low[p])
                if lo > low[p]:
                    low[p], changed = lo, True
                if hi < high[p]:
                    high[p], changed = hi, True
            if lows > low[whole]:
                low[whole], changed = lows, True
            if highs < high[whole]:
                high[whole], changed = highs, True


def main():
    people, cells = read(sys.argv[1])
    _, exact = read(sys.argv[2])
    many = set(sys.argv[3:])
    low, high, relations = {}, {}, []
    for key in exact:
        known = cells.get(key)
        low[key], high[key] = (0, BIG) if known is None else (known, known)
    for key, n in people.items():
        low[key], high[key] = (0, BIG) if n is None else (n, n)
    rows, columns = collections.defaultdict(list), \
        collections.defaultdict(list)
    for key in exact:
        form, question, releases, part, code, by, of = key
        if by != 'all':
            rows[form, question, releases, part, code, by].append(key)
        columns[form, question, releases, part, by, of].append(key)
    for key, parts in rows.items():
        relations.append((parts, key[:5] + ('all', '')))
    for key, parts in columns.items():
        whole = (key[0], key[4], key[5])
        if key[1] in many:
            for part in parts:
                rest = part + ('rest',)
                low[rest], high[rest] = 0, BIG
                relations.append(([part, rest], whole))
        elif ' ' in key[2] or len({k[2] for k in exact}) == 1:
            relations.append((parts, whole))
    by = collections.defaultdict(list)
    for key in people:
        if key[1] != 'all':
            by[key[0], key[1]].append(key)
    for key, parts in by.items():
        relations.append((parts, (key[0], 'all', '')))
    narrow(low, high, relations)
    small = [k for k, n in exact.items() if 0 < n < 5]
    bad = [k for k in small if low[k] > 1 or high[k] < 5]
    shown = [k for k in small if cells.get(k) is not None]
    for k in (bad + shown)[:20]:
        print('# %s is %d, between %d and %d' % (k, exact[k], low[k], high[k]))
    hidden = sum(1 for k in exact if cells.get(k) is None)
    print('# %d numbers, %d under 5, %d hidden' % (
        len(exact), len(small), hidden))
    sys.exit(1 if bad or shown or not small else 0)


main()
