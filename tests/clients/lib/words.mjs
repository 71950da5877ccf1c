// SPDX-License-Identifier: GPL-3.0-or-later
// Is every line that a client shows made of texts of the catalog, and is every
// text of the catalog shown?
import { norm, plain } from './catalog.mjs';

const escape = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const han = /\p{Script=Han}/u, letter = /[\p{L}\p{N}]/u;

// A text with room for the values that the program puts into it.
function pattern(text, values) {
	return text.split(/(\{\w+\})/).map(part =>
		/^\{\w+\}$/.test(part) ? `(?:${values})` : escape(part)).join('');
}

// A text of the interface, or where it goes with a number, what it says for each
// number of the form.
function sayings(message, form) {
	if (message.count === undefined)
		return message.forms;
	const numbers = form.items.flatMap(q => message.count === 'min' ? [q.min] : [q.max, q.maxlength]);
	return Array.from(new Set(numbers.map(Number).filter(n => n >= 0)), n =>
		message.form(n).replaceAll(`{${message.count}}`, n));
}

// All texts of one page as expressions: {id, match(line, at) -> end or -1}.
export function vocabulary(at) {
	const ends = at.form.items.filter(q => q.kind === 'rating')
		.flatMap(q => [at.text(`${q.id}/low`), at.text(`${q.id}/high`)]);
	// Ends of a scale, a number or a date, the name of a language.
	const values = [...ends.map(escape), '\\d[^:;!?。：]{0,28}?', '\\p{L}{2,12}'].join('|');
	const entry = (id, source) => ({ id, source: new RegExp(source, 'yu') });
	return [...Array.from(at.messages.keys(), id => entry(id, escape(at.text(id)))),
		...Array.from(at.interface).flatMap(([id, message]) => sayings(message, at.form).map(text =>
			entry(`interface/${id}`, pattern(norm(plain(text)), values))))];
}

const inWord = (line, i) => i > 0 && i < line.length && letter.test(line[i - 1]) && letter.test(line[i]) &&
	!han.test(line[i - 1]) && !han.test(line[i]);

// The texts that a line is made of, or null when it is not.
function parts(line, words) {
	const ways = [[]];
	for (let i = 0; i < line.length; i++) {
		if (!ways[i])
			continue;
		// Blanks, the mark of what is required, numbers of a scale, a unit's brackets.
		const gap = /[\s*()（）]+|\d+(?![\p{L}\p{N}])/yu;
		gap.lastIndex = i;
		const skipped = gap.exec(line);
		if (skipped && !inWord(line, i))
			ways[i + skipped[0].length] ??= ways[i];
		for (const { id, source } of words) {
			source.lastIndex = i;
			const found = source.exec(line);
			const end = i + (found?.[0].length ?? 0);
			if (end > i && !inWord(line, i) && !inWord(line, end)) {
				const now = [...ways[i], id];
				// The fewest texts are the truest reading.
				if (!ways[end] || ways[end].length > now.length)
					ways[end] = now;
			}
		}
	}
	return ways[line.length] ?? null;
}

// {problems, used}: lines that are no texts of this language; ids that were seen.
export function readLines(lines, at, own) {
	const words = vocabulary(at), problems = [], used = new Set();
	for (const line of new Set(lines.map(norm))) {
		if (line === '' || own.test(line))
			continue;
		const ids = parts(line, words);
		if (ids === null)
			problems.push(`${at.lang}: not in the catalog: ${line}`);
		else
			ids.forEach(id => used.add(id));
	}
	// The two ends of a scale are values of another text.
	for (const q of at.form.items.filter(x => x.kind === 'rating'))
		for (const id of [`${q.id}/low`, `${q.id}/high`])
			if (used.has('interface/rating_ends') && lines.some(l => norm(l).includes(at.text(id))))
				used.add(id);
	// Two texts may read the same: seeing one is seeing both.
	const seen = new Set(Array.from(used).filter(id => at.messages.has(id)).map(id => at.text(id)));
	for (const id of at.messages.keys())
		if (seen.has(at.text(id)))
			used.add(id);
	return { problems, used };
}
