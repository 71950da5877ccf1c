// SPDX-License-Identifier: GPL-3.0-or-later
// The posters printed by Chromium: one sheet of A4 each, on which the address
// stands as it leads to the form, with the title and where there is help.
import fs from 'node:fs';
import { norm } from '../lib/catalog.mjs';
import { onPages } from '../lib/browser.mjs';
import { run } from '../lib/tools.mjs';
import { report } from '../lib/tap.mjs';

// What is wrong with a sheet.
function checkSheet(file) {
	const info = run('pdfinfo', [file]);
	return /^Pages:\s+1$/m.test(info) && /^Page size:.*A4/m.test(info) && /^Tagged:\s+yes/m.test(info)
		? [] : [`not one tagged sheet of A4: ${info}`];
}

async function print(page, file) {
	fs.writeFileSync(file, await page.pdf({ preferCSSPageSize: true, tagged: true }));
	const problems = checkSheet(file);
	fs.rmSync(file);
	return problems;
}

async function look(page, at, file) {
	await page.goto(`file://${at.html.replace(/html$/, 'poster.html')}`);
	const said = await page.evaluate(() => ({ text: document.body.textContent,
		address: document.querySelector('.address').textContent,
		ltr: getComputedStyle(document.querySelector('.address bdi')).direction,
		code: document.querySelector('svg[role=img]').getBoundingClientRect().width }));
	const problems = await print(page, file);
	const want = [at.text('about/title'), at.words('poster_call'), at.words('poster_scan'), at.words('help_title')];
	problems.push(...want.filter(text => !norm(said.text).includes(text)).map(text => `not on the poster: ${text}`));
	if (!said.address.startsWith('https://') || !said.address.endsWith(`/${at.path.split('/').pop()}`))
		problems.push(`leads to ${said.address}`);
	if (said.ltr !== 'ltr')
		problems.push('the address runs from right to left');
	if (!(said.code > 200))
		problems.push(`the code is ${said.code} px wide`);
	return problems;
}

// A form with so much to say does not fit on a poster, and that is seen.
async function crowded(page, at, file) {
	await page.goto(`file://${at.html.replace(/html$/, 'poster.html')}`);
	await page.evaluate(() => {
		for (let i = 0; i < 20; i++)
			document.querySelector('header').append(document.querySelector('h1').cloneNode(true));
	});
	return print(page, file);
}

export async function poster({ browser, project, work }) {
	const found = await onPages(browser, {}, project.pages,
		(page, at, i) => look(page, at, `${work}/poster${i}.pdf`));
	project.pages.forEach((at, i) => report(`poster - ${at.title}`, found[i]));
	const [seen] = await onPages(browser, {}, project.pages.slice(0, 1),
		(page, at) => crowded(page, at, `${work}/crowded.pdf`));
	report('poster - sees one that is too long', seen.length > 0 ? [] : ['nothing was said']);
}
