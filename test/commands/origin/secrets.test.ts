import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ran, rgDiag } from '../../cli/run.js';
import { validateLines, validateRun } from '../../schema.js';
import { http } from '../../servers/edge.js';
import { createGround, type Ground } from './ground.js';
import { type Recorder, startRecorder } from './recorder.js';
import { host } from './scenario.js';

const canary = 'hunter2';

let ground: Ground;
let headers: string;

beforeAll(async () => {
  ground = await createGround();
  headers = ground.file(
    `Authorization: Bearer ${canary}-a\nCookie: sid=${canary}-b\nX-Api-Key: ${canary}-c\nUser-Agent: ${canary}-d\n# ${canary}-e\n`,
  );
});
afterAll(() => ground?.close());

/** What follows `-f`. */
const everyOutput = [
  'text',
  'text -v --ticket',
  'json --ticket',
  'ndjson --ticket',
  'nagios -v --ticket',
  'prometheus',
] as const;

/** What a person or a monitor reads, and no program. */
const read = everyOutput.filter((output) => !output.includes('json'));

const trust = () => ['--ca-file', ground.authority.root.file, '--read-timeout', '2'];

const origin = (args: readonly string[], output: string): Promise<Ran> =>
  rgDiag(['origin', ...args, ...trust(), '-f', ...output.split(' ')]);

const both = ({ stdout, stderr }: Ran) => `${stdout}${stderr}`;

const own = ['--ip', '127.0.0.1', '--public', 'never'] as const;

const secretRequests = ({ requests }: Recorder) => requests.filter(({ head }) => head.includes(canary));

describe('--header-file', () => {
  it.each(everyOutput)('what is in it is in no output: %s', async (output) => {
    const server = await startRecorder({ chain: ground.good });
    try {
      const ran = await origin([`${host}:${server.port}`, ...own, '--header-file', headers], output);
      expect(ran.exit).toBe(0);
      expect(both(ran)).not.toContain(canary);
      expect(secretRequests(server)).toHaveLength(1);
    } finally {
      await server.close();
    }
  });

  it.each([
    ['strict', 0],
    ['origin-pull', 0],
    ['full', 1],
  ])('goes to no origin whose certificate the mode refuses: %s', async (mode, times) => {
    const server = await startRecorder({ chain: await ground.chain({ names: ['other.example'] }) });
    try {
      const ran = await origin(
        [`${host}:${server.port}`, ...own, '--header-file', headers, '--mode', mode],
        'json --ticket',
      );
      expect(both(ran)).not.toContain(canary);
      expect(server.connections()).toBe(1);
      expect(secretRequests(server)).toHaveLength(times);
    } finally {
      await server.close();
    }
  });

  it.each([
    ['validate.cert = 0', 'strict', 1],
    ['validate.cert = 1', 'strict', 2],
    ['validate.cert = 0', 'full', 2],
    ['validate.cert = 1\ninsecure.origin = 1', 'full', 1],
  ])('goes through rg-listener only where that is as safe: %s, %s', async (conf, mode, times) => {
    const server = await startRecorder({ chain: ground.good });
    const clear = await startRecorder();
    try {
      const isClear = conf.includes('insecure');
      const map = ground.file(`${host}:${server.port} = 127.0.0.1:${isClear ? clear.port : server.port}\n`);
      const file = ground.file(`${conf}\nmap.file = ${map}\n`);
      const ran = await origin(
        [`${host}:${server.port}`, ...own, '--header-file', headers, '--mode', mode, '--railgun', file],
        'json',
      );
      const run = JSON.parse(ran.stdout);
      expect(validateRun(run)).toEqual([]);
      expect(both(ran)).not.toContain(canary);
      expect([...server.requests, ...clear.requests]).toHaveLength(2);
      expect(secretRequests(server).length).toBe(times);
      expect(secretRequests(clear)).toHaveLength(0);
      const notes = JSON.stringify(run.reports[0].facts.railgun.notes ?? []);
      expect(notes.includes('--header-file were not sent')).toBe(times === 1);
    } finally {
      await server.close();
      await clear.close();
    }
  });

  it('is not sent to the public path', async () => {
    const server = await startRecorder({ chain: ground.good });
    try {
      const place = ['--resolve', `${host}:${server.port}:127.0.0.1`, '--public', 'always'];
      const ran = await origin([`${host}:${server.port}`, ...place, '--header-file', headers], 'json');
      expect(ran.exit).toBe(0);
      expect(JSON.parse(ran.stdout).reports[0].facts.public).toMatchObject({ http: { status: 200 } });
      expect(server.requests).toHaveLength(3);
      expect(secretRequests(server)).toHaveLength(1);
    } finally {
      await server.close();
    }
  });

  it('keeps the look at port 80 away, which would be in the clear', async () => {
    // The usual ports, on an address of this machine that nothing else uses.
    const address = '127.86.4.1';
    const secure = await startRecorder({ chain: ground.good, address, port: 443 });
    const clear = await startRecorder({ address, port: 80 });
    try {
      const args = [host, '--ip', address, '--public', 'never'];
      expect((await origin(args, 'json')).exit).toBe(0);
      expect(clear.requests).toHaveLength(1);
      expect((await origin([...args, '--header-file', headers], 'json')).exit).toBe(0);
      expect(clear.connections()).toBe(1);
      expect(secretRequests(secure)).toHaveLength(1);
    } finally {
      await secure.close();
      await clear.close();
    }
  });
});

describe('a URL with secrets in its query', () => {
  const path = `/p?token=${canary}-1&page=2&X-Amz-Signature=${canary}-2&%70assword=${canary}-3#${canary}-4`;

  it.each(read)('is masked: %s', async (output) => {
    for (const status of ['200 OK', '503 Service Unavailable']) {
      const server = await startRecorder({ answer: () => http(status, {}, 'ok') });
      try {
        const ran = await origin([`http://${host}:${server.port}${path}`, ...own], output);
        expect(both(ran)).not.toContain(canary);
        expect(both(ran)).toContain('token=***');
        expect(server.requests[0]?.head).toContain(`token=${canary}-1&`);
      } finally {
        await server.close();
      }
    }
  });

  it('is whole in the facts of JSON, and masked in its ticket and labels', async () => {
    const server = await startRecorder();
    try {
      const url = `http://${host}:${server.port}${path}`;
      const json = await origin([url, ...own], 'json --ticket');
      const run = JSON.parse(json.stdout);
      expect(validateRun(run)).toEqual([]);
      expect(run.ticket).not.toContain(canary);
      expect(run.reports[0].target).not.toContain(canary);
      expect(JSON.stringify(run.reports[0].findings)).not.toContain(canary);
      expect(run.reports[0].facts.url).toBe(url.replace(/#.*/, ''));
      const lines = await origin([url, ...own], 'ndjson --ticket');
      expect(validateLines(lines.stdout)).toEqual([]);
      expect(lines.stdout.trimEnd().split('\n').at(-1)).not.toContain(canary);
    } finally {
      await server.close();
    }
  });
});

it.each(everyOutput)('what an answer keeps secret stays so: %s', async (output) => {
  const answer = () =>
    http(
      '302 Found',
      {
        Location: `https://user:${canary}-1@login.example/in?code=${canary}-2#${canary}-3`,
        'Set-Cookie': `sid=${canary}-4`,
        'WWW-Authenticate': `Bearer token="${canary}-5"`,
        'X-Debug': `${canary}-6`,
      },
      `${canary}-7`,
    );
  const server = await startRecorder({ answer });
  try {
    const ran = await origin([`http://${host}:${server.port}/`, ...own], output);
    expect(ran.exit).toBe(0);
    expect(both(ran)).not.toContain(canary);
  } finally {
    await server.close();
  }
});

it.each(everyOutput)('the activation token of railgun.conf is in no output: %s', async (output) => {
  const server = await startRecorder();
  try {
    const conf = ground.file(
      `activation.token = ${canary}-1\n activation.tokn = ${canary}-2\nactivation.token ${canary}-3\nvalidate.cert = ${canary}-4\n`,
    );
    const ran = await origin([`http://${host}:${server.port}/`, ...own, '--railgun', conf], output);
    expect(both(ran)).not.toMatch(/hunter2-[123]/);
  } finally {
    await server.close();
  }
});

describe('bytes of an origin', () => {
  const hostile = '\u001b[31m|"\u0007\u0085\u009b\u007f\u00e2\u0080\u00ae\u00e2\u0081\u00a6';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out
  const raw = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

  it.each(everyOutput)('reach nobody as they are: %s', async (output) => {
    const chain = await ground.chain({ names: [host], subject: `/CN=a${'\u001b'}[2J|"\u202e\u0007/O={}` });
    const answers = [
      http('200 OK', {}, 'ok'),
      http(`500 ${hostile}`, { Server: hostile, 'Content-Type': hostile, Via: hostile, 'X-Powered-By': hostile }),
      http('301 Moved', { Location: `https://${hostile}/`, Server: 'a\u0000b' }),
      `HTTP/9${hostile}\r\n\r\n`,
      `${hostile}\r\n`,
    ];
    for (const answer of answers) {
      const bytes = typeof answer === 'string' ? Buffer.from(answer, 'latin1') : answer;
      const server = await startRecorder({ chain, answer: () => bytes });
      try {
        const ran = await origin([`${host}:${server.port}`, ...own], output);
        expect(both(ran)).not.toMatch(raw);
        if (output.startsWith('nagios')) expect(ran.stdout.split('\n')[0]?.split('|')).toHaveLength(2);
      } finally {
        await server.close();
      }
    }
  });
});
