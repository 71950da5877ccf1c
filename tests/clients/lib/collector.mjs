// SPDX-License-Identifier: GPL-3.0-or-later
// A server that collects, with a release of the shipped consultation whose
// pages send to it; and what it has stored.
import fs from 'node:fs';
import { spawn } from 'node:child_process';
import { buildProject, copyProject, NOW, recipient } from './project.mjs';
import { parseXml } from './form.mjs';
import { run } from './tools.mjs';

const cop = process.env.COP_L10N;

// {url, project, stop(), stored()}
export async function startCollector(work) {
	const dir = `${work}/collected`, answers = `${work}/answers`, office = `${work}/office`;
	const wait = ms => new Promise(done => setTimeout(done, ms));
	// Which key is trusted must be known at the start.
	fs.mkdirSync(dir, { recursive: true });
	run(cop, ['keygen', `${work}/collector`]);
	const server = spawn(cop, ['serve', office, `--key=${work}/collector.pub`, '--listen=127.0.0.1:0',
		`--collect=${answers}`, '--collect-rate=0', '--format=json', '--max-seconds=1500', `--now=${NOW}`],
	{ stdio: ['ignore', 'pipe', 'pipe'] });
	let said = '';
	for (const stream of [server.stdout, server.stderr])
		stream.on('data', part => { said += part; });
	const find = () => /"event":"listening".*?"url":"([^"]*)"/.exec(said)?.[1];
	for (let i = 0; i < 200 && !find(); i++)
		await wait(50);
	const url = find();
	if (!url) {
		server.kill();
		throw new Error(`no server: ${said}`);
	}
	try {
		return { url, project: deliver(work, dir, url), stop: () => server.kill(), stored: () => readAnswers(answers) };
	} catch (error) {
		server.kill();
		throw error;
	}
}

// The consultation, built for that server and pushed to it.
function deliver(work, dir, url) {
	copyProject(dir, `${url}${recipient}/`);
	const file = `${dir}/consultation.xml`, text = fs.readFileSync(file, 'utf8');
	const own = new RegExp(`(<recipient id="${recipient}"[^]*?)<pickup[^>]*/>`);
	fs.writeFileSync(file, text.replace(own, `$1<endpoint url="${url}"/>`));
	fs.mkdirSync(`${dir}/keys`);
	for (const end of ['key', 'pub'])
		fs.copyFileSync(`${work}/collector.${end}`, `${dir}/keys/release.${end}`);
	const project = buildProject(dir, { keygen: false });
	run(cop, ['push', '--draft', `--release=${project.release}`, '--to', recipient, `--now=${NOW}`], { cwd: dir });
	return project;
}

// Every stored answer: {id, form, lang, recipient, codes}, codes as
// "question.part=code".
function readAnswers(folder) {
	const files = fs.existsSync(folder) ? fs.readdirSync(folder, { recursive: true }) : [];
	return files.filter(f => f.endsWith('.xml')).map(f => {
		const root = parseXml(fs.readFileSync(`${folder}/${f}`, 'utf8'));
		const codes = Array.from(root.getElementsByTagName('value'), v => {
			const part = v.getAttribute('part');
			return `${v.getAttribute('question')}${part ? `.${part}` : ''}=${v.textContent}`;
		});
		return { id: root.getAttribute('id'), form: root.getAttribute('form'), lang: root.getAttribute('lang'),
			recipient: root.getAttribute('recipient'), codes };
	});
}
