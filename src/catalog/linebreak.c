/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a line may break, after Unicode Standard Annex 14, and how many
 * columns a character takes, after Annex 11: as much of both as the scripts
 * of the six official languages need (Latin, Cyrillic, Arabic, Han and
 * their neighbours).  Other characters count as letters of one column.
 */
#include "config.h"
#include <string.h>
#include "catalog/catalog_priv.h"

/* Classes of Annex 14; OW is OP of East Asian width. */
enum cls {
	AL,
	BA,
	HY,
	BB,
	B2,
	CL,
	CP,
	EX,
	GL,
	HL,
	ID,
	IN,
	IS,
	NS,
	NU,
	OP,
	OW,
	PO,
	PR,
	QU,
	SY,
	WJ,
	SP,
	ZW,
	CM
};

struct range {
	uint32_t first;
	uint32_t last;
	unsigned char cls;
	unsigned char width;
};

/* Characters that are not AL of width 1, in order. */
static const struct range ranges[] = {
    {0x0000, 0x0008, CM, 0},
    {0x0009, 0x0009, BA, 0},
    {0x000a, 0x001f, CM, 0},
    {0x0020, 0x0020, SP, 1},
    {0x0021, 0x0021, EX, 1},
    {0x0022, 0x0022, QU, 1},
    {0x0024, 0x0024, PR, 1},
    {0x0025, 0x0025, PO, 1},
    {0x0027, 0x0027, QU, 1},
    {0x0028, 0x0028, OP, 1},
    {0x0029, 0x0029, CP, 1},
    {0x002b, 0x002b, PR, 1},
    {0x002c, 0x002c, IS, 1},
    {0x002d, 0x002d, HY, 1},
    {0x002e, 0x002e, IS, 1},
    {0x002f, 0x002f, SY, 1},
    {0x0030, 0x0039, NU, 1},
    {0x003a, 0x003b, IS, 1},
    {0x003f, 0x003f, EX, 1},
    {0x005b, 0x005b, OP, 1},
    {0x005c, 0x005c, PR, 1},
    {0x005d, 0x005d, CP, 1},
    {0x007b, 0x007b, OP, 1},
    {0x007c, 0x007c, BA, 1},
    {0x007d, 0x007d, CL, 1},
    {0x007f, 0x009f, CM, 0},
    {0x00a0, 0x00a0, GL, 1},
    {0x00a1, 0x00a1, OP, 1},
    {0x00a2, 0x00a2, PO, 1},
    {0x00a3, 0x00a5, PR, 1},
    {0x00ab, 0x00ab, QU, 1},
    {0x00ad, 0x00ad, BA, 0},
    {0x00b0, 0x00b0, PO, 1},
    {0x00b1, 0x00b1, PR, 1},
    {0x00b4, 0x00b4, BB, 1},
    {0x00bb, 0x00bb, QU, 1},
    {0x00bf, 0x00bf, OP, 1},
    {0x02c8, 0x02c8, BB, 1},
    {0x02cc, 0x02cc, BB, 1},
    {0x02df, 0x02df, BB, 1},
    {0x0300, 0x034e, CM, 0},
    {0x034f, 0x034f, GL, 0},
    {0x0350, 0x035b, CM, 0},
    {0x035c, 0x0362, GL, 0},
    {0x0363, 0x036f, CM, 0},
    {0x037e, 0x037e, IS, 1},
    {0x0483, 0x0489, CM, 0},
    {0x0589, 0x0589, IS, 1},
    {0x058a, 0x058a, BA, 1},
    {0x058f, 0x058f, PR, 1},
    {0x0591, 0x05bd, CM, 0},
    {0x05be, 0x05be, BA, 1},
    {0x05bf, 0x05bf, CM, 0},
    {0x05c1, 0x05c2, CM, 0},
    {0x05c4, 0x05c5, CM, 0},
    {0x05c6, 0x05c6, EX, 1},
    {0x05c7, 0x05c7, CM, 0},
    {0x05d0, 0x05ea, HL, 1},
    {0x05ef, 0x05f2, HL, 1},
    {0x0600, 0x0605, AL, 0},
    {0x0609, 0x060b, PO, 1},
    {0x060c, 0x060d, IS, 1},
    {0x0610, 0x061a, CM, 0},
    {0x061b, 0x061b, EX, 1},
    {0x061c, 0x061c, CM, 0},
    {0x061d, 0x061f, EX, 1},
    {0x064b, 0x065f, CM, 0},
    {0x0660, 0x0669, NU, 1},
    {0x066a, 0x066a, PO, 1},
    {0x066b, 0x066c, NU, 1},
    {0x0670, 0x0670, CM, 0},
    {0x06d4, 0x06d4, EX, 1},
    {0x06d6, 0x06dc, CM, 0},
    {0x06dd, 0x06dd, AL, 0},
    {0x06df, 0x06e4, CM, 0},
    {0x06e7, 0x06e8, CM, 0},
    {0x06ea, 0x06ed, CM, 0},
    {0x06f0, 0x06f9, NU, 1},
    {0x1100, 0x115f, ID, 2},
    {0x2000, 0x2006, BA, 1},
    {0x2007, 0x2007, GL, 1},
    {0x2008, 0x200a, BA, 1},
    {0x200b, 0x200b, ZW, 0},
    {0x200c, 0x200f, CM, 0},
    {0x2010, 0x2010, BA, 1},
    {0x2011, 0x2011, GL, 1},
    {0x2012, 0x2013, BA, 1},
    {0x2014, 0x2014, B2, 1},
    {0x2018, 0x2019, QU, 1},
    {0x201a, 0x201a, OP, 1},
    {0x201b, 0x201d, QU, 1},
    {0x201e, 0x201e, OP, 1},
    {0x201f, 0x201f, QU, 1},
    {0x2024, 0x2026, IN, 1},
    {0x2027, 0x2027, BA, 1},
    {0x2028, 0x202e, CM, 0},
    {0x202f, 0x202f, GL, 1},
    {0x2030, 0x2037, PO, 1},
    {0x2039, 0x203a, QU, 1},
    {0x203c, 0x203d, NS, 1},
    {0x2044, 0x2044, IS, 1},
    {0x2045, 0x2045, OP, 1},
    {0x2046, 0x2046, CL, 1},
    {0x2047, 0x2049, NS, 1},
    {0x2056, 0x2056, BA, 1},
    {0x2057, 0x2057, PO, 1},
    {0x2058, 0x205b, BA, 1},
    {0x205d, 0x205f, BA, 1},
    {0x2060, 0x2060, WJ, 0},
    {0x2061, 0x2064, AL, 0},
    {0x2066, 0x206f, CM, 0},
    {0x20a0, 0x20a6, PR, 1},
    {0x20a7, 0x20a7, PO, 1},
    {0x20a8, 0x20b5, PR, 1},
    {0x20b6, 0x20b6, PO, 1},
    {0x20b7, 0x20ba, PR, 1},
    {0x20bb, 0x20bb, PO, 1},
    {0x20bc, 0x20bd, PR, 1},
    {0x20be, 0x20be, PO, 1},
    {0x20bf, 0x20bf, PR, 1},
    {0x20d0, 0x20f0, CM, 0},
    {0x2103, 0x2103, PO, 1},
    {0x2109, 0x2109, PO, 1},
    {0x2116, 0x2116, PR, 1},
    {0x2212, 0x2213, PR, 1},
    {0x2e80, 0x2fff, ID, 2},
    {0x3000, 0x3000, BA, 2},
    {0x3001, 0x3002, CL, 2},
    {0x3003, 0x3004, ID, 2},
    {0x3005, 0x3005, NS, 2},
    {0x3006, 0x3007, ID, 2},
    {0x3008, 0x3008, OW, 2},
    {0x3009, 0x3009, CL, 2},
    {0x300a, 0x300a, OW, 2},
    {0x300b, 0x300b, CL, 2},
    {0x300c, 0x300c, OW, 2},
    {0x300d, 0x300d, CL, 2},
    {0x300e, 0x300e, OW, 2},
    {0x300f, 0x300f, CL, 2},
    {0x3010, 0x3010, OW, 2},
    {0x3011, 0x3011, CL, 2},
    {0x3012, 0x3013, ID, 2},
    {0x3014, 0x3014, OW, 2},
    {0x3015, 0x3015, CL, 2},
    {0x3016, 0x3016, OW, 2},
    {0x3017, 0x3017, CL, 2},
    {0x3018, 0x3018, OW, 2},
    {0x3019, 0x3019, CL, 2},
    {0x301a, 0x301a, OW, 2},
    {0x301b, 0x301b, CL, 2},
    {0x301c, 0x301c, NS, 2},
    {0x301d, 0x301d, OW, 2},
    {0x301e, 0x301f, CL, 2},
    {0x3020, 0x3029, ID, 2},
    {0x302a, 0x302f, CM, 0},
    {0x3030, 0x303a, ID, 2},
    {0x303b, 0x303c, NS, 2},
    {0x303d, 0x303e, ID, 2},
    {0x303f, 0x303f, ID, 1},
    {0x3040, 0x3098, ID, 2},
    {0x3099, 0x309a, CM, 0},
    {0x309b, 0x309e, NS, 2},
    {0x309f, 0x309f, ID, 2},
    {0x30a0, 0x30a0, NS, 2},
    {0x30a1, 0x30fa, ID, 2},
    {0x30fb, 0x30fe, NS, 2},
    {0x30ff, 0x3247, ID, 2},
    {0x3250, 0x4dbf, ID, 2},
    {0x4dc0, 0x4dff, AL, 1},
    {0x4e00, 0xa4cf, ID, 2},
    {0xac00, 0xd7a3, ID, 2},
    {0xf900, 0xfaff, ID, 2},
    {0xfb1e, 0xfb1e, CM, 0},
    {0xfe00, 0xfe0f, CM, 0},
    {0xfe20, 0xfe2f, CM, 0},
    {0xfe30, 0xfe4f, ID, 2},
    {0xfeff, 0xfeff, WJ, 0},
    {0xff01, 0xff01, EX, 2},
    {0xff02, 0xff03, ID, 2},
    {0xff04, 0xff04, PR, 2},
    {0xff05, 0xff05, PO, 2},
    {0xff06, 0xff07, ID, 2},
    {0xff08, 0xff08, OW, 2},
    {0xff09, 0xff09, CL, 2},
    {0xff0a, 0xff0b, ID, 2},
    {0xff0c, 0xff0c, CL, 2},
    {0xff0d, 0xff0d, ID, 2},
    {0xff0e, 0xff0e, CL, 2},
    {0xff0f, 0xff19, ID, 2},
    {0xff1a, 0xff1b, NS, 2},
    {0xff1c, 0xff1e, ID, 2},
    {0xff1f, 0xff1f, EX, 2},
    {0xff20, 0xff3a, ID, 2},
    {0xff3b, 0xff3b, OW, 2},
    {0xff3c, 0xff3c, ID, 2},
    {0xff3d, 0xff3d, CL, 2},
    {0xff3e, 0xff5a, ID, 2},
    {0xff5b, 0xff5b, OW, 2},
    {0xff5c, 0xff5c, ID, 2},
    {0xff5d, 0xff5d, CL, 2},
    {0xff5e, 0xff5e, ID, 2},
    {0xff5f, 0xff5f, OW, 2},
    {0xff60, 0xff60, CL, 2},
    {0xff61, 0xff61, CL, 1},
    {0xffe0, 0xffe0, PO, 2},
    {0xffe1, 0xffe1, PR, 2},
    {0xffe2, 0xffe4, ID, 2},
    {0xffe5, 0xffe6, PR, 2},
    {0x1f300, 0x1faff, ID, 2},
    {0x20000, 0x3fffd, ID, 2},
};

#define BIT(c) (1UL << (c))
/* Nothing parts these from what stands before them, not even a space. */
#define CLINGS (BIT(CL) | BIT(CP) | BIT(EX) | BIT(IS) | BIT(SY) | BIT(WJ))
/* Without a space these stay with what stands before them. */
#define LEANS (BIT(QU) | BIT(BA) | BIT(HY) | BIT(NS) | BIT(IN))
#define LETTERS (BIT(AL) | BIT(HL))
#define ALL (~0UL)

/* Classes that stay with the class before them when no space parts them. */
static const unsigned long joins[] = {
    [AL] = LETTERS | BIT(NU) | BIT(OP) | BIT(PO) | BIT(PR) | BIT(GL),
    [BA] = 0,
    [HY] = BIT(NU),
    [BB] = ALL,
    [B2] = BIT(B2) | BIT(GL),
    [CL] = BIT(PO) | BIT(PR) | BIT(GL),
    [CP] = LETTERS | BIT(NU) | BIT(PO) | BIT(PR) | BIT(GL),
    [EX] = BIT(GL),
    [GL] = ALL,
    [HL] = LETTERS | BIT(NU) | BIT(OP) | BIT(PO) | BIT(PR) | BIT(GL),
    [ID] = BIT(PO) | BIT(GL),
    [IN] = BIT(GL),
    [IS] = BIT(NU) | BIT(GL),
    [NS] = BIT(GL),
    [NU] = LETTERS | BIT(NU) | BIT(OP) | BIT(PO) | BIT(PR) | BIT(GL),
    [OP] = ALL,
    [OW] = ALL,
    [PO] = LETTERS | BIT(NU) | BIT(OP) | BIT(OW) | BIT(GL),
    [PR] = LETTERS | BIT(NU) | BIT(OP) | BIT(OW) | BIT(ID) | BIT(GL),
    [QU] = ALL,
    [SY] = BIT(HL) | BIT(NU) | BIT(GL),
    [WJ] = ALL,
};

/*
 * Classes of ASCII from the blank on, for po_break_next(): its texts have no
 * quotes, backslashes or controls.
 */
static const unsigned char ascii[] = {
    SP, EX, QU, AL, PR, PO, AL, QU, OP, CP, AL, PR, IS, HY, IS, SY, /* !"#$ */
    NU, NU, NU, NU, NU, NU, NU, NU, NU, NU, IS, IS, AL, AL, AL, EX, /* 0123 */
    AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, /* @ABC */
    AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, OP, PR, CP, AL, AL, /* PQRS */
    AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, /* `abc */
    AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, AL, OP, BA, CL, AL, CM, /* pqrs */
};

static struct range range_of(uint32_t c)
{
	const struct range other = {c, c, AL, 1};
	size_t lo = 0, hi = COPL_COUNT(ranges);

	if (c >= ' ' && c < 0x7f)
		return (struct range){c, c, ascii[c - ' '], 1};
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (c > ranges[mid].last)
			lo = mid + 1;
		else if (c < ranges[mid].first)
			hi = mid;
		else
			return ranges[mid];
	}
	return other;
}

/* One character of valid UTF-8; its length in *n. */
static uint32_t decode(const char *s, size_t *n)
{
	const unsigned char *p = (const unsigned char *)s;
	uint32_t c = p[0];
	size_t i;

	*n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	if (*n > 1)
		c &= 0x7fU >> *n;
	for (i = 1; i < *n; i++)
		c = c << 6 | (p[i] & 0x3f);
	return c;
}

/* Do the two stay together even with a space between them? */
static bool never_part(enum cls before, enum cls after)
{
	if ((CLINGS & BIT(after)) != 0)
		return true;
	if (before == QU)
		return after == OP || after == OW;
	return before == OP || before == OW || (before == CL && after == NS) ||
	       (before == B2 && after == B2);
}

/* May a line break between two classes that are not SP, ZW or CM? */
static bool may_part(enum cls before, enum cls after, bool space)
{
	if (never_part(before, after))
		return false;
	return space || ((joins[before] | LEANS) & BIT(after)) == 0;
}

/* What stands before a character. */
struct before {
	bool any; /* false: the line begins here */
	bool space;
	enum cls cls;
};

/* Takes one character; may a line break before it? */
static bool step(struct before *b, enum cls c)
{
	bool part = false;

	if (c == SP) {
		b->space = true;
		return false;
	}
	if (c == CM) {
		/* A mark is part of the letter before it. */
		part = b->any && (b->space || b->cls == ZW);
		if (b->any && !part)
			return false;
		c = AL;
	} else if (b->any && c != ZW) {
		part = b->cls == ZW || may_part(b->cls, c, b->space);
	}
	b->any = true;
	b->space = false;
	b->cls = c;
	return part;
}

/* May a line of printable ASCII break before its character i? */
static bool may_break_before(const char *s, size_t i)
{
	size_t k = i;

	if (s[i] == ' ')
		return false;
	while (k > 0 && s[k - 1] == ' ')
		k--;
	return k > 0 && may_part((enum cls)ascii[s[k - 1] - ' '],
			    (enum cls)ascii[s[i] - ' '], k < i);
}

size_t po_break_next(const char *s, size_t len, size_t from, size_t width)
{
	size_t i;

	if (len - from <= width)
		return len;
	for (i = from + width; i > from; i--)
		if (may_break_before(s, i))
			return i;
	for (i = from + width + 1; i < len; i++)
		if (may_break_before(s, i))
			return i;
	return len;
}

void po_break_cells(const char *s, size_t len, struct po_cell *cells)
{
	struct before b = {false, false, AL};
	size_t i = 0, n;

	memset(cells, 0, len * sizeof(*cells));
	for (; i < len; i += n) {
		struct range r = range_of(decode(s + i, &n));

		cells[i].width = r.width;
		cells[i].may_break = step(&b, (enum cls)r.cls);
	}
}
