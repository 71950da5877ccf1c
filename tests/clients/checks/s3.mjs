// SPDX-License-Identifier: GPL-3.0-or-later
// The driver s3 against a store: what arrives, what is refused, what is noticed.
import fs from 'node:fs';
import { execFile } from 'node:child_process';
import { report } from '../lib/tap.mjs';
import { run } from '../lib/tools.mjs';
import { startStore, slow } from '../lib/s3.mjs';
import { NOW } from '../lib/project.mjs';

const secrets = ['pa55word', 'pa56word'];

// Runs the program while the store answers in this process.
const cop = (dir, ...args) => new Promise(resolve => {
	execFile(process.env.COP_L10N, [...args, `--now=${NOW}`], { cwd: dir, timeout: 120000 },
		(error, out, err) => resolve({ status: error ? error.code : 0, said: out + err }));
});

function makeProject(dir) {
	fs.mkdirSync(dir);
	const env = { ...process.env };
	run('sh', ['-c', '. "$top_srcdir/tests/cli/project.sh"'], { cwd: dir, env });
	const now = `--now=${NOW}`;
	run(process.env.COP_L10N, ['keygen', 'keys/release', now], { cwd: dir });
	run(process.env.COP_L10N, ['build', '--draft', now], { cwd: dir });
	return { dir, base: fs.readFileSync(`${dir}/consultation.xml`, 'utf8'), ledgers: 0, set: `${dir}/releases/1/north` };
}

function secret(project, name, text) {
	fs.writeFileSync(`${project.dir}/${name}`, text, { mode: 0o600 });
}

// The recipient has one endpoint, of which nothing is known yet.
function endpoint(project, settings) {
	const text = project.base.replace(/<endpoint [^>]*>/, `<endpoint driver="s3" ${settings}/>`);
	fs.writeFileSync(`${project.dir}/consultation.xml`, text);
	project.ledgers++;
}

const push = (project, ...more) => cop(project.dir, 'push', '--draft', '--attempts=3',
	`--ledger=ledger${project.ledgers}`, ...more);

// Why the folder of the store does not hold the set, file by file.
function differences(project, folder) {
	return fs.readdirSync(project.set).filter(name => {
		const kept = `${folder}/${name}._S3rver_object`;
		return !fs.existsSync(kept) || !fs.readFileSync(kept).equals(fs.readFileSync(`${project.set}/${name}`));
	}).map(name => `${name} is not there as it is in the release`);
}

// What the program did, against what it should have: status, and words it says.
function expect(title, ran, status, words = [], more = []) {
	const problems = [...more];
	if (ran.status !== status)
		problems.push(`status ${ran.status}, not ${status}: ${ran.said}`);
	for (const word of words.filter(w => !ran.said.includes(w)))
		problems.push(`"${word}" is not said: ${ran.said}`);
	if (secrets.some(s => ran.said.includes(s)))
		problems.push('a secret is shown');
	report(`S3: ${title}`, problems);
}

async function arrives(project, store, kept) {
	endpoint(project, `url="${store.url}/cop/africa/" user="AKIDTEST" secret="file:good"`);
	expect('every file arrives', await push(project), 0, [], differences(project, `${kept}/cop/africa`));
	store.requests.length = 0;
	const again = await push(project);
	expect('what is there costs no request', again, 0, [], store.requests);
	expect('the store is well', await cop(project.dir, 'endpoint', 'check'), 0, ['ok']);
	endpoint(project, `url="${store.url}/cop/%D1%8F%20b/" user="AKIDTEST" secret="file:good" verify="readback"`);
	expect('a folder with a blank and a letter beyond ASCII', await push(project), 0, [],
		differences(project, `${kept}/cop/я b`));
	endpoint(project, `url="http://cop.localhost:${store.port}/host/" user="AKIDTEST" secret="file:good" ` +
		'cleartext="yes" private="yes"');
	expect('the bucket is in the name of the host', await push(project), 0, [], differences(project, `${kept}/cop/host`));
}

async function isRefused(project, store) {
	const url = `${store.url}/cop/refused/`;
	endpoint(project, `url="${url}" user="AKIDTEST" secret="file:bad"`);
	expect('a wrong key', await push(project), 7, ['[endpoint-auth]', 'SignatureDoesNotMatch: The signature & the request']);
	expect('a wrong key, asked for', await cop(project.dir, 'endpoint', 'check'), 7, ['SignatureDoesNotMatch']);
	endpoint(project, `url="${url}" user="AKIDNOBODY" secret="file:good"`);
	expect('a key id that is not known', await push(project), 7, ['[endpoint-auth]', 'InvalidAccessKeyId']);
	endpoint(project, `url="${url}" user="AKIDTEST" secret="file:good" region="eu-west-1"`);
	expect('another region', await push(project), 7, ['SignatureDoesNotMatch']);
	endpoint(project, `url="${store.url}/nowhere/" user="AKIDTEST" secret="file:good"`);
	expect('a bucket that is not there', await push(project), 7, ['[endpoint-refused]', 'NoSuchBucket']);
	endpoint(project, `url="${url}" user="AKIDTEST" secret="file:good"`);
	store.clock = new Date(Date.parse(NOW) + 3600000);
	expect('a clock that is wrong: both times are told', await push(project), 7,
		['the clock of this computer says 20270112T08', 'that of the server 2027-01-12T09:00:00Z']);
	store.clock = new Date(NOW);
}

async function isNoticed(project, store, kept) {
	endpoint(project, `url="${store.url}/cop/noticed/" user="AKIDTEST" secret="file:good"`);
	store.change = (answer, request) => request.method === 'GET' && answer.status === 200 && request.url.endsWith('.html')
		? { ...answer, body: Buffer.concat([answer.body, Buffer.from('<!-- -->')]) } : answer;
	expect('a page that is shown with something added', await push(project), 5, ['[receipt-wrong]']);
	store.change = answer => answer;
	expect('when that has ended, the next push goes on', await push(project, '--retry-now'), 0, [],
		differences(project, `${kept}/cop/noticed`));
	let left = 2;
	endpoint(project, `url="${store.url}/cop/slow/" user="AKIDTEST" secret="file:good"`);
	store.answer = () => left-- > 0 ? slow() : undefined;
	expect('a store that is busy is asked again', await push(project), 0, [], differences(project, `${kept}/cop/slow`));
	store.answer = () => undefined;
}

async function session(project, store, kept) {
	store.account = { id: 'ASIATEST', secret: 'pa55word/of+session', token: 'token/of+session==' };
	secret(project, 'session', 'ASIATEST\npa55word/of+session\ntoken/of+session==\n');
	endpoint(project, `url="${store.url}/cop/session/" secret="command:cat session"`);
	expect('keys of a session, all from one command', await push(project), 0, [], differences(project, `${kept}/cop/session`));
	secret(project, 'session', 'ASIATEST\npa55word/of+session\nold==\n');
	endpoint(project, `url="${store.url}/cop/old/" secret="file:session"`);
	expect('a session that is over', await push(project), 7, ['[endpoint-auth]', 'InvalidToken']);
}

export async function s3({ work }) {
	const kept = `${work}/s3`;
	fs.mkdirSync(kept);
	const store = await startStore(kept, NOW);
	try {
		const project = makeProject(`${work}/s3-project`);
		secret(project, 'good', 'pa55word/Test+Key\n');
		secret(project, 'bad', 'pa56word/Test+Key\n');
		await arrives(project, store, kept);
		await isRefused(project, store);
		await isNoticed(project, store, kept);
		await session(project, store, kept);
	} finally {
		await store.stop();
	}
}
