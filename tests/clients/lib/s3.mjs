// SPDX-License-Identifier: GPL-3.0-or-later
// A store that speaks S3: s3rver keeps the files, and in front of it stands what
// s3rver does not do, which is to look at signatures.  They are computed a second
// time by aws4, from the request as it came.
import crypto from 'node:crypto';
import http from 'node:http';
import { tool } from './tools.mjs';

const keeper = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
const sha256 = bytes => crypto.createHash('sha256').update(bytes).digest('hex');

const fault = (status, code, message, more = '') => ({ status, headers: { 'content-type': 'application/xml' },
	body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message>` +
		`${more}<RequestId>1</RequestId></Error>`) });

const instant = date => date.toISOString().replace(/\.\d+/, '');

// What is wrong with a request, or undefined.
function judge(store, request) {
	const found = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/
		.exec(request.headers.authorization ?? '');
	if (!found)
		return fault(403, 'AccessDenied', 'Anonymous access is forbidden');
	const [, id, , region, names] = found;
	if (id !== store.account.id)
		return fault(403, 'InvalidAccessKeyId', 'The key id is not known');
	if (request.headers['x-amz-security-token'] !== store.account.token)
		return fault(400, 'InvalidToken', 'The token of the session is wrong');
	if (sha256(request.body) !== request.headers['x-amz-content-sha256'])
		return fault(400, 'XAmzContentSHA256Mismatch', 'The content is other than signed');
	const headers = Object.fromEntries(names.split(';').map(name => [name, request.headers[name]]));
	const signed = tool('aws4').sign({ service: 's3', region, method: request.method, path: request.url, headers },
		{ accessKeyId: id, secretAccessKey: store.account.secret });
	if (region !== store.region || signed.headers.Authorization.split('Signature=')[1] !== found[5])
		return fault(403, 'SignatureDoesNotMatch', 'The signature &amp; the request differ');
	const at = request.headers['x-amz-date'].replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z');
	if (Math.abs(Date.parse(at) - store.clock) > 15 * 60000)
		return fault(403, 'RequestTimeTooSkewed', 'The times differ too much',
			`<RequestTime>${request.headers['x-amz-date']}</RequestTime><ServerTime>${instant(store.clock)}</ServerTime>`);
}

// The same request to s3rver, signed anew: its clock is not that of the test.
function pass(port, request) {
	const bucket = /^([a-z]+)\.localhost(:|$)/.exec(request.headers.host)?.[1];
	const headers = { 'content-type': request.headers['content-type'] ?? 'application/octet-stream' };
	const options = tool('aws4').sign({ host: '127.0.0.1', port, service: 's3', region: 'us-east-1',
		method: request.method, path: (bucket ? `/${bucket}` : '') + request.url, headers, body: request.body }, keeper);
	return new Promise((resolve, reject) => {
		const out = http.request({ ...options, hostname: '127.0.0.1', headers: options.headers }, answer => {
			const parts = [];
			answer.on('data', part => parts.push(part)).on('error', reject)
				.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
		});
		out.setTimeout(20000, () => out.destroy(new Error('the store does not answer')));
		out.on('error', reject).end(request.body);
	});
}

const read = request => new Promise((resolve, reject) => {
	const parts = [];
	request.on('data', part => parts.push(part)).on('error', reject).on('end', () => resolve(Buffer.concat(parts)));
});

// Starts a store with the bucket "cop".  What a test may change: account, region,
// clock, and answer(request), which stands in for the store when it gives something.
export async function startStore(directory, now) {
	const S3rver = tool('s3rver');
	const keeping = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory, configureBuckets: [{ name: 'cop' }] });
	const { port } = await keeping.run();
	const store = { account: { id: 'AKIDTEST', secret: 'pa55word/Test+Key', token: undefined }, region: 'us-east-1',
		clock: new Date(now), requests: [], answer: () => undefined, change: answer => answer };
	const server = http.createServer(async (request, response) => {
		try {
			request.body = await read(request);
			store.requests.push(`${request.method} ${request.url}`);
			const answer = store.change(judge(store, request) ?? store.answer(request) ?? await pass(port, request), request);
			const { 'transfer-encoding': coded, connection, ...headers } = answer.headers;
			response.writeHead(answer.status, { ...headers, 'content-length': answer.body.length, date: store.clock.toUTCString() });
			response.end(request.method === 'HEAD' ? undefined : answer.body);
		} catch (error) {
			response.writeHead(500).end(String(error));
		}
	});
	await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
	store.port = server.address().port;
	store.url = `http://127.0.0.1:${store.port}`;
	store.stop = async () => {
		server.closeAllConnections();
		server.close();
		await keeping.close();
	};
	return store;
}

export const slow = () => fault(503, 'SlowDown', 'Please ask less often');
