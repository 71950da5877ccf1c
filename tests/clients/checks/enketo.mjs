// SPDX-License-Identifier: GPL-3.0-or-later
// Enketo keeps every language in the page, and marks what is active.
const wait = ms => new Promise(done => setTimeout(done, ms));

async function put(page, name, value, index) {
	await page.evaluate(([n, v, i]) => {
		const boxes = Array.from(document.querySelectorAll('form.or :is(input,select,textarea)[name]'))
			.filter(e => (e.getAttribute('data-name') ?? e.getAttribute('name')).split('/').at(-1) === n && !e.closest('.itemset-template'));
		const change = e => e.dispatchEvent(new Event('change', { bubbles: true }));
		for (const box of boxes) {
			if (box.type === 'radio' || box.type === 'checkbox') {
				const on = [v].flat().includes(box.value);
				if (box.checked !== on) {
					box.checked = on;
					change(box);
				}
			} else if (i === undefined || boxes.indexOf(box) === i) {
				box.value = v;
				change(box);
			}
		}
	}, [name, value, index]);
}

export const enketoClient = {
	name: 'enketo',
	ownWords: /^$/,

	async open(page, xform) {
		const { errors } = await page.evaluate(x => window.openForm(x), xform);
		return errors.map(e => `load error: ${e}`);
	},
	languages: page => page.evaluate(() => Array.from(document.querySelectorAll('#form-languages option'),
		o => `${o.textContent.trim()} (${o.value})`)),
	// A change that bubbles would be taken for an answer.
	async switchTo(page, at) {
		await page.evaluate(tag => {
			const list = document.querySelector('#form-languages');
			list.value = tag;
			list.dispatchEvent(new Event('change'));
		}, at.lang);
		await wait(30);
	},
	direction: (page, at) => page.evaluate(want => {
		const dir = document.querySelector('form.or').dir;
		return dir === want ? [] : [`written ${dir}`];
	}, at.lang === 'ar' ? 'rtl' : 'ltr'),
	// Text outside of a span with a language is no translation.
	lines: page => page.evaluate(() => Array.from(
		document.querySelectorAll('form.or .active[lang],form.or .active:not([lang]),form.or .or-hint:not([lang])'))
		.filter(e => !e.closest('#form-languages,.itemset-labels') && !e.querySelector('[lang]'))
		.flatMap(e => e.innerText.split('\n'))),
	async answer(page, at, answers) {
		for (const [id, value] of Object.entries(answers))
			await put(page, id, value);
		await wait(50);
	},
	// Every text of an error stands in the page, shown or not.
	async mistake(page, at, q) {
		if (q.kind === 'number')
			await put(page, q.id, String(Number(q.max) + 1));
		else if (q.kind === 'choose-many' && q.error)
			await put(page, q.id, q.options.map(o => o.value));
	},
	async send(page) {
		await page.evaluate(async () => {
			try {
				await window.form.validate();
			} catch {
				// what is wrong is in the page
			}
		});
		await wait(50);
	},
	hasNoPlaceFor: () => false,
};
