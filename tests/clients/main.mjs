// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the checks named in CLIENTS (all, when empty), one after the other.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { comment, finish, report, unavailable } from './lib/tap.mjs';

const checks = {
	nu: ['./checks/nu.mjs', 'Nu HTML checker', 'java'],
	language: ['./checks/nu.mjs', 'Nu HTML checker, language', 'java'],
	quiet: ['./checks/pages.mjs', 'Chromium, requests', 'chromium'],
	axe: ['./checks/pages.mjs', 'axe-core', 'chromium'],
	small: ['./checks/pages.mjs', 'Chromium, narrow', 'chromium'],
	pseudo: ['./checks/pseudo.mjs', 'Pseudo-locale', 'chromium'],
	fallback: ['./checks/fallback.mjs', 'Texts without a translation', 'chromium java'],
	paper: ['./checks/paper.mjs', 'Chromium, printed', 'chromium pdf'],
	poster: ['./checks/poster.mjs', 'Posters, printed', 'chromium pdf'],
	desk: ['./checks/desk.mjs', 'Pages for translators', 'chromium java'],
	watch: ['./checks/watch.mjs', 'Preview that is watched', 'chromium'],
	fill: ['./checks/fill.mjs', 'Chromium, filled in without JavaScript', 'chromium'],
	returned: ['./checks/returned.mjs', 'Pages that come back', 'chromium java'],
	collect: ['./checks/collect.mjs', 'Chromium, answers that come home', 'chromium'],
	phones: ['./checks/collect.mjs', 'Enketo and ODK Web Forms, answers that come home', 'chromium'],
	old: ['./checks/fill.mjs', 'Chromium, as an old browser', 'chromium'],
	enketo: ['./checks/odk.mjs', 'Enketo', 'chromium'],
	webforms: ['./checks/odk.mjs', 'ODK Web Forms', 'chromium'],
	s3: ['./checks/s3.mjs', 'Store that speaks S3', ''],
};

const wanted = (process.env.CLIENTS || Object.keys(checks).join(' ')).split(/\s+/).filter(Boolean);
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'copl-clients-'));
let browser, server;

// Why a check cannot be made, or undefined.
function lacking(needs) {
	if (process.env.CLIENTS_MISSING)
		return process.env.CLIENTS_MISSING;
	const what = { java: 'CLIENTS_JAVA', chromium: 'CLIENTS_CHROMIUM', pdf: 'CLIENTS_PDF' };
	const absent = needs.split(' ').filter(n => n && !process.env[what[n]]);
	return absent.length ? `not here: ${absent.join(', ')}` : undefined;
}

async function runCheck(name, context) {
	const [module, title, needs] = checks[name];
	const start = Date.now();
	const why = lacking(needs);
	if (why) {
		unavailable(title, why);
		return;
	}
	try {
		await (await import(module))[name](context);
	} catch (error) {
		report(`${name} - runs to its end`, [error.stack]);
	}
	comment(`${name}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

async function prepare() {
	if (process.env.CLIENTS_MISSING)
		return {};
	const { startServer } = await import('./lib/server.mjs');
	const { copyProject, buildProject } = await import('./lib/project.mjs');
	server = await startServer();
	copyProject(`${work}/project`, `${server.url}/answers`);
	const project = buildProject(`${work}/project`);
	server.folder = project.release;
	if (process.env.CLIENTS_CHROMIUM)
		browser = await (await import('./lib/browser.mjs')).startBrowser();
	return { project, server, browser, work };
}

const unknown = wanted.filter(name => !(name in checks));
try {
	if (unknown.length > 0)
		report(`clients are ${Object.keys(checks).join(', ')}`, unknown.map(u => `no such client: ${u}`));
	const context = await prepare();
	for (const name of wanted.filter(n => n in checks))
		await runCheck(name, context);
} catch (error) {
	report('the release to look at is built', [error.stack, error.stderr ?? '']);
} finally {
	await browser?.close();
	server?.stop();
	fs.rmSync(work, { recursive: true, force: true });
}
process.exitCode = finish() > 0 ? 1 : 0;
