/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/base.h"

#define ONE "nplurals=1; plural=0;"
#define NOT_ONE "nplurals=2; plural=(n != 1);"
#define OVER_ONE "nplurals=2; plural=(n > 1);"
#define SLAVIC                                                                 \
	"nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 "   \
	"&& (n%100<10 || n%100>=20) ? 1 : 2);"
#define CZECH "nplurals=3; plural=(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2;"
#define ARABIC                                                                 \
	"nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && "     \
	"n%100<=10 ? 3 : n%100>=11 ? 4 : 5;"
#define POLISH                                                                 \
	"nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || "   \
	"n%100>=20) ? 1 : 2);"
#define ROMANIAN                                                               \
	"nplurals=3; plural=n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? " \
	"1 : 2;"

/* Where those begin that each of these has. */
#define NPLURALS_AT (sizeof("nplurals=") - 1)
#define RULE_AT (sizeof("nplurals=1; plural=") - 1)

/* What trying numbers gives, for the rules that nearly every catalog has. */
static const struct {
	const char *forms;
	uint32_t ones;
} tried[] = {
    {ONE, 0},
    {NOT_ONE, 1},
    {OVER_ONE, 0},
    {SLAVIC, 0},
    {CZECH, 1},
    {ARABIC, 7},
    {POLISH, 1},
    {ROMANIAN, 1},
};

bool copl_plural_ones(const struct copl_plural *p, uint32_t *ones)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(tried); i++) {
		const char *forms = tried[i].forms;
		const struct copl_plural known = {
		    .n = (unsigned)(forms[NPLURALS_AT] - '0'),
		    .rule = forms + RULE_AT};

		if (!copl_plural_same(p, &known))
			continue;
		*ones = tried[i].ones;
		return true;
	}
	return false;
}

/* As msginit writes them; sorted by language for the reader. */
static const struct {
	const char *language;
	unsigned nplurals;
	const char *forms;
} table[] = {
    {"ar", 6, ARABIC},
    {"bg", 2, NOT_ONE},
    {"bn", 2, NOT_ONE},
    {"bs", 3, SLAVIC},
    {"cs", 3, CZECH},
    {"da", 2, NOT_ONE},
    {"de", 2, NOT_ONE},
    {"el", 2, NOT_ONE},
    {"en", 2, NOT_ONE},
    {"es", 2, NOT_ONE},
    {"fa", 2, OVER_ONE},
    {"fi", 2, NOT_ONE},
    {"fr", 2, OVER_ONE},
    {"he", 2, NOT_ONE},
    {"hi", 2, NOT_ONE},
    {"hr", 3, SLAVIC},
    {"hu", 2, NOT_ONE},
    {"id", 1, ONE},
    {"it", 2, NOT_ONE},
    {"ja", 1, ONE},
    {"ko", 1, ONE},
    {"ms", 1, ONE},
    {"nl", 2, NOT_ONE},
    {"pl", 3, POLISH},
    {"pt", 2, NOT_ONE},
    {"pt_BR", 2, OVER_ONE},
    {"ro", 3, ROMANIAN},
    {"ru", 3, SLAVIC},
    {"sk", 3, CZECH},
    {"sq", 2, NOT_ONE},
    {"sr", 3, SLAVIC},
    {"sv", 2, NOT_ONE},
    {"sw", 2, NOT_ONE},
    {"th", 1, ONE},
    {"tr", 2, NOT_ONE},
    {"uk", 3, SLAVIC},
    {"ur", 2, NOT_ONE},
    {"vi", 1, ONE},
    {"zh", 1, ONE},
};

/* The entry whose name is the first len bytes, '-' and '_' being the same. */
static const char *find(const char *name, size_t len, unsigned *nplurals)
{
	size_t i, k;

	for (i = 0; i < COPL_COUNT(table); i++) {
		const char *l = table[i].language;

		for (k = 0; k < len; k++)
			if ((name[k] == '-' ? '_' : name[k]) != l[k])
				break;
		if (k < len || l[len] != '\0')
			continue;
		*nplurals = table[i].nplurals;
		return table[i].forms;
	}
	return NULL;
}

const char *copl_plural_forms(const char *name, unsigned *nplurals)
{
	size_t len = strcspn(name, ".@"), language = strcspn(name, "-_.@");
	const char *forms;

	*nplurals = 0;
	forms = find(name, len, nplurals);
	return forms != NULL ? forms : find(name, language, nplurals);
}
