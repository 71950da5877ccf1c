// SPDX-License-Identifier: GPL-3.0-or-later
// A master form as a plain object, and its conditions.
import fs from 'node:fs';
import { tool } from './tools.mjs';

const number = text => text === null || text === '' ? undefined : Number(text);
const kids = (node, ...names) => Array.from(node.childNodes)
	.filter(n => n.nodeType === 1 && (names.length === 0 || names.includes(n.nodeName)));
const get = (node, name) => node.hasAttribute(name) ? node.getAttribute(name) : undefined;

export function parseXml(text) {
	const { DOMParser } = tool('@xmldom/xmldom');
	return new DOMParser().parseFromString(text, 'text/xml').documentElement;
}

function readOption(node, list) {
	return { id: `${list}/${get(node, 'value')}`, value: get(node, 'value'),
		other: get(node, 'other') === 'yes',
		exclusive: get(node, 'exclusive') === 'yes',
		fromAge: number(node.getAttribute('from-age')) };
}

function readItem(node, choices, section) {
	const id = get(node, 'id');
	const use = get(node, 'use');
	const has = name => kids(node, name).length > 0;
	return { kind: node.nodeName, id, section, when: get(node, 'when'),
		required: get(node, 'required') === 'yes', by: get(node, 'by'),
		min: get(node, 'min'), max: get(node, 'max'),
		top: number(node.getAttribute('top')),
		from: number(node.getAttribute('from')), to: number(node.getAttribute('to')),
		maxlength: number(node.getAttribute('maxlength')),
		precision: get(node, 'precision') ?? 'day',
		hint: has('hint'), error: has('error'),
		options: use ? choices.get(use) : kids(node, 'option').map(o => readOption(o, id)),
		rows: kids(node, 'row').map(r => ({ id: `${id}/${get(r, 'id')}`, name: get(r, 'id') })) };
}

// {id, version, sections: [{id, when, items: [...]}], items: all of them}
export function readForm(file) {
	const root = parseXml(fs.readFileSync(file, 'utf8'));
	const choices = new Map(kids(root, 'choices').map(c =>
		[get(c, 'id'), kids(c, 'option').map(o => readOption(o, get(c, 'id')))]));
	const about = kids(root, 'about')[0];
	const at = name => kids(about, name)[0];
	const sections = kids(root, 'section').map(s => {
		const section = { id: get(s, 'id'), when: get(s, 'when') };
		section.items = kids(s).filter(n => !['title', 'intro'].includes(n.nodeName))
			.map(n => readItem(n, choices, section));
		return section;
	});
	return { id: get(root, 'id'), version: get(root, 'version'),
		dates: { opens: at('opens') && get(at('opens'), 'at'), closes: get(at('closes'), 'at'),
			keep_until: get(at('privacy'), 'keep-until') },
		numbers: Object.fromEntries(kids(about, 'param').filter(p => get(p, 'type') === 'number' && get(p, 'value'))
			.map(p => [get(p, 'name'), get(p, 'value')])),
		sections, items: sections.flatMap(s => s.items) };
}

// ---- conditions: "a = 'x' and not(b includes 'y')" ----

const word = /\s*(?:'([^']*)'|(!=|=|\(|\))|([\w-]+))/y;

function tokens(text) {
	const list = [];
	word.lastIndex = 0;
	for (let m; word.lastIndex < text.trimEnd().length && (m = word.exec(text));)
		list.push(m[1] !== undefined ? { value: m[1] } : m[2] ?? m[3]);
	return list;
}

// A condition as a tree: {op, left, right} or {op, id, value}.
export function parseWhen(text) {
	const list = tokens(text);
	const take = what => list[0] === what && list.shift() !== undefined;
	const either = () => {
		let left = both();
		while (take('or'))
			left = { op: 'or', left, right: both() };
		return left;
	};
	const both = () => {
		let left = single();
		while (take('and'))
			left = { op: 'and', left, right: single() };
		return left;
	};
	const single = () => {
		if (take('not'))
			return { op: 'not', left: single() };
		if (take('(')) {
			const inner = either();
			take(')');
			return inner;
		}
		const [id, op, value] = list.splice(0, 3);
		return op === 'lt' ? { op: 'minor', id } : { op, id, value: value.value };
	};
	return either();
}

// The comparisons within a condition.
export function leaves(when) {
	return when.id !== undefined ? [when]
		: [when.left, when.right].filter(Boolean).flatMap(leaves);
}

// Which items are asked.  answers: id -> value or list of values.  A question
// that is not asked has no answer, whatever stands in its boxes.
export function asked(form, answers, guardianAge) {
	const seen = new Set();
	const chosen = id => {
		if (!seen.has(id))
			return [];
		return [answers[id] ?? []].flat();
	};
	const holds = w => {
		switch (w.op) {
		case 'and': return holds(w.left) && holds(w.right);
		case 'or': return holds(w.left) || holds(w.right);
		case 'not': return !holds(w.left);
		case 'minor': return form.items.find(q => q.id === w.id).options
			.some(o => o.fromAge < guardianAge && chosen(w.id).includes(o.value));
		case '!=': return !chosen(w.id).includes(w.value);
		default: return chosen(w.id).includes(w.value);
		}
	};
	// Conditions look back only, so one pass in order is enough.
	for (const q of form.items)
		if ((!q.section.when || holds(parseWhen(q.section.when))) &&
			(!q.when || holds(parseWhen(q.when))))
			seen.add(q.id);
	return seen;
}
