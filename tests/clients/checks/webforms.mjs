// SPDX-License-Identifier: GPL-3.0-or-later
// ODK Web Forms draws what is relevant, in one language at a time.
const wait = ms => new Promise(done => setTimeout(done, ms));

// The box of a question, found by its label as a person finds it.
const container = (page, text) => page.locator('.question-container').filter({
	has: page.locator('.control-text label', { hasText: text }) }).first();

async function set(page, at, q, value) {
	const box = container(page, at.text(`${q.id}/label`));
	for (const o of q.options) {
		const input = box.locator(`input[value="${o.value}"]`);
		const on = [value].flat().includes(o.value);
		if (on !== await input.isChecked() && (on || q.kind === 'choose-many'))
			await input.click({ force: true });
	}
}

export const webformsClient = {
	name: 'webforms',
	// Its own words are English in every language.
	ownWords: /^(Send|Rank items|\d+ questions? with errors?\.)$/,

	async open(page, xform) {
		await page.evaluate(x => window.openForm(x), xform);
		await page.waitForSelector('.form-initialization-status.ready,.form-initialization-status.error', { state: 'attached' });
		await wait(50);
		const errors = await page.evaluate(() => [...window.appErrors,
			...Array.from(document.querySelectorAll('.form-initialization-status.error,.form-load-failure-dialog'), e => e.innerText || 'fails')]);
		return errors.map(e => `load error: ${e}`);
	},
	async languages(page) {
		await page.locator('.language-changer:visible').click();
		const names = await page.locator('[role=option]').allInnerTexts();
		await page.keyboard.press('Escape');
		return names.map(n => n.trim());
	},
	async switchTo(page, at) {
		await page.locator('.language-changer:visible').click();
		await page.locator('[role=option]', { hasText: `(${at.lang})` }).click();
		await page.locator('.language-changer:visible', { hasText: `(${at.lang})` }).waitFor();
		await wait(50);
	},
	// 0.22.0 writes every language from left to right.
	direction: () => [],
	lines: page => page.evaluate(() => Array.from(document.querySelectorAll('.form-questions,.form-error-message,.p-message'))
		.flatMap(e => e.innerText.split('\n'))),
	async answer(page, at, answers) {
		for (const q of at.form.items.filter(x => answers[x.id] !== undefined))
			if (await container(page, at.text(`${q.id}/label`)).count())
				await set(page, at, q, answers[q.id]);
		await wait(100);
	},
	async mistake(page, at, q) {
		const box = container(page, at.text(`${q.id}/label`));
		if (!await box.count())
			return;
		const fill = async text => {
			await box.locator('input,textarea').first().fill(text);
			await box.locator('input,textarea').first().press('Tab');
		};
		if (q.kind === 'number') {
			await box.locator('input').first().click();
			await page.keyboard.type(String(Number(q.max) + 1));
			await page.keyboard.press('Tab');
		} else if (q.kind === 'text' && q.maxlength)
			await fill('x'.repeat(q.maxlength + 1));
		else if (q.kind === 'choose-many' && q.error)
			await set(page, at, q, q.options.map(o => o.value));
		else if (q.kind === 'rank')
			for (const o of q.options.slice(0, 2))
				await container(page, at.text(o.id)).locator('input[value="1"]').click({ force: true });
	},
	async send(page) {
		await page.locator('button', { hasText: 'Send' }).click();
		await wait(200);
	},
	// Its list of months cannot be set by hand to one that has not come yet.
	hasNoPlaceFor: (at, id) => at.form.items.some(q => q.kind === 'date' && id === `${q.id}/error`),
};
