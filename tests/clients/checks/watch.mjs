// SPDX-License-Identifier: GPL-3.0-or-later
// A preview that is watched: the page in the browser follows what is saved,
// from a file and without a server, and stays where it was read.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { copyProject } from '../lib/project.mjs';
import { report } from '../lib/tap.mjs';

const form = 'digital_skills';

async function started(program) {
	let told = '';
	for await (const chunk of program.stdout) {
		told += chunk;
		if (told.includes('watching'))
			return;
	}
	throw new Error(`the watcher ended: ${told}`);
}

export async function watch({ browser, work }) {
	const dir = `${work}/watched`;
	copyProject(dir);
	const po = `${dir}/po/${form}/ar.po`;
	const program = spawn(path.resolve(process.env.COP_L10N),
		['preview', 'ar', '--form', form, '--watch', '--max-seconds', '60'], { cwd: dir, stdio: ['ignore', 'pipe', 'ignore'] });
	const page = await browser.newPage();
	const ended = once(program, 'exit');
	try {
		await started(program);
		await page.goto(`file://${dir}/preview/${form}.ar.html`);
		await page.evaluate(() => window.scrollTo(0, 1200));
		const before = await page.evaluate(() => window.scrollY);
		fs.writeFileSync(po, fs.readFileSync(po, 'utf8').replace('المهارات الرقمية', 'مهارات جديدة'));
		await page.waitForFunction(() => document.body.innerText.includes('مهارات جديدة'), null, { timeout: 20000 });
		await page.waitForFunction(y => window.scrollY === y, before, { timeout: 5000 });
		report('watch - the page follows a save and stays at its place', before > 0 ? [] : ['it could not be scrolled']);
	} catch (error) {
		report('watch - the page follows a save and stays at its place', [error.message]);
	} finally {
		await page.close();
		program.kill('SIGTERM');
		await ended;
	}
}
