import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { turns } from '../../src/cli/turns.js';
import { catalogue } from '../../src/commands/index.js';
import { parseExposition } from '../reporters/exposition-parser.js';
import { validateLines, validateRun } from '../schema.js';
import {
  closedPort,
  closingPeer,
  drippingPeer,
  endlessPeer,
  garbage,
  type Peer,
  peer,
  silentPeer,
} from '../servers/peers.js';
import { program, rgDiag } from './run.js';

interface Way {
  readonly command: string;
  readonly options: readonly string[];
  /** How a peer begins that speaks the right protocol, and how it then never comes to an end. */
  readonly words: readonly [beginning: string, more: string];
  /** What the run comes to when nothing, or no end, is heard. */
  readonly exit: 0 | 2;
}

const nothingButText = ['', 'x'] as const;
/** The beginning of a record of a TLS handshake, 16,383 bytes long: a hello of the server, zeros all over. */
const tlsRecord = ['\x16\x03\x03\x3f\xff\x02\x00\x3f\xfb\x03\x03', '\0'] as const;
const mailServer = ['', '220-hello\r\n'] as const;

/** Each network command, in each way in which it listens to a peer. */
const ways: readonly Way[] = [
  // Connecting is all that was asked of a port whose banner is shown.
  { command: 'probe', options: ['--banner', '--read-timeout', '1'], words: nothingButText, exit: 0 },
  { command: 'probe', options: ['--expect', 'hello'], words: nothingButText, exit: 2 },
  { command: 'probe', options: ['--tls'], words: tlsRecord, exit: 2 },
  { command: 'trace', options: [], words: tlsRecord, exit: 2 },
  { command: 'trace', options: ['--http'], words: ['HTTP/1.1 200 OK\r\n', 'X-Long: yes\r\n'], exit: 2 },
  { command: 'trace', options: ['--http'], words: ['HTTP/1.1 200 OK\r\n\r\n', 'fl=1\n'], exit: 2 },
  { command: 'cert', options: [], words: tlsRecord, exit: 2 },
  { command: 'origin', options: [], words: tlsRecord, exit: 2 },
  { command: 'origin', options: ['--mode', 'off'], words: ['HTTP/1.1 200 OK\r\n', 'X-Long: yes\r\n'], exit: 2 },
  { command: 'cert', options: ['--starttls', 'smtp'], words: mailServer, exit: 2 },
  { command: 'memcached', options: [], words: ['VERSION 1.6.18\r\n', 'STAT pid 1\r\n'], exit: 2 },
  { command: 'memcached', options: ['--tls'], words: tlsRecord, exit: 2 },
  { command: 'listener', options: [], words: tlsRecord, exit: 2 },
  { command: 'doctor', options: [], words: tlsRecord, exit: 2 },
  // That a part is missing is no failure of a bundle.
  { command: 'bundle', options: [], words: tlsRecord, exit: 0 },
];

const home = mkdtempSync(join(tmpdir(), 'rg-diag-peers-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
let bundles = 0;
/** What a command cannot do without besides a target. */
function needed(command: string): readonly string[] {
  bundles += 1;
  return command === 'bundle' ? ['--dir', join(home, `${bundles}`)] : [];
}

const rows = ways.map((way) => ({
  ...way,
  name: [way.command, ...way.options].join(' '),
  lineFor: ({ address, port }: Peer) => [way.command, `${address}:${port}`, ...way.options, ...needed(way.command)],
}));

const loaded = await Promise.all(catalogue.map(async (row) => (await row.load()).command));
const network = loaded.flatMap((command) =>
  command.kind === 'diagnosis' && command.network === true ? [command] : [],
);

it('every network command has its lines here', () => {
  // No peer says anything to route, which runs programs of the system, nor to config resolve, which only connects.
  const deaf = ['route', 'config resolve'];
  const reaching = network.filter(({ name }) => !deaf.includes(name));
  expect([...new Set(ways.map(({ command }) => command))].sort()).toEqual(reaching.map(({ name }) => name).sort());
});

const seconds = 1.5;
const slack = 0.5;

/** Peers that come to no end, speaking the protocol that they are asked in. */
const peers: Readonly<Record<string, (words: Way['words']) => Promise<Peer>>> = {
  'that is silent': () => silentPeer(),
  'that drips': ([beginning, more]) => drippingPeer(Buffer.from(beginning + more.repeat(10_000), 'latin1'), 10),
  'that is endless': ([beginning, more]) => endlessPeer(more.repeat(1000), Buffer.from(beginning, 'latin1')),
};

/** A few at once: a run that waits for a processor is not a run that is late. */
const turn = turns(4);

describe.each(Object.keys(peers))('a peer %s', (kind) => {
  // A machine that was busy at one time is less so at another; a command that is late always is.
  it.concurrent.each(rows)(
    'does not hold up $name',
    { retry: 2, timeout: 60_000 },
    async ({ lineFor, words, exit }) => {
      const { ran, ms } = await turn(async () => {
        const one = await (peers[kind] ?? silentPeer)(words);
        const started = performance.now();
        const result = await rgDiag([...lineFor(one), '--json', '--timeout', `${seconds}`]);
        const took = performance.now() - started;
        await one.close();
        return { ran: result, ms: took };
      });
      expect(ms).toBeLessThan((seconds + slack) * 1000);
      const run = JSON.parse(ran.stdout);
      expect(validateRun(run)).toEqual([]);
      expect(run).toMatchObject({ exitCode: exit, reports: [{ verdict: exit === 0 ? 'ok' : 'fail' }] });
      expect(ran.exit).toBe(exit);
    },
  );
});

describe('Ctrl-C while a peer is silent', () => {
  it.each(rows)('ends $name with 130, and a whole report', async ({ lineFor }) => {
    const waiting = await peer(() => undefined);
    const child = spawn(program, [...lineFor(waiting), '--json', '--timeout', '20'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    await waiting.connected;
    child.kill('SIGINT');
    const [code] = await once(child, 'close');
    await waiting.close();
    expect(code).toBe(130);
    const run = JSON.parse(stdout);
    expect(validateRun(run)).toEqual([]);
    expect(run).toMatchObject({ exitCode: 130, reports: [{ target: expect.stringContaining(String(waiting.port)) }] });
  });
});

/** What a terminal, a pager or an editor acts upon: C0 but line ends, DEL, C1, and what turns the direction of text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that must not be there
const raw = /[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

describe('hostile text', async () => {
  const hostile = await closingPeer(garbage);
  afterAll(() => hostile.close());
  const formats = ['text', 'json', 'ndjson', 'nagios', 'prometheus', 'html'];

  it.each(rows)('from a peer is never raw in what $name prints', async ({ lineFor }) => {
    await Promise.all(
      formats.map(async (format) => {
        const ticket = format === 'prometheus' ? [] : ['--ticket'];
        const line = [...lineFor(hostile), '-v', '-f', format, ...ticket, '--timeout', '10'];
        const { stdout, stderr } = await rgDiag(line);
        expect(stdout, format).not.toMatch(raw);
        expect(stderr, format).not.toMatch(raw);
        expect(stdout, format).not.toBe('');
        if (format === 'json') expect(validateRun(JSON.parse(stdout))).toEqual([]);
        if (format === 'ndjson') expect(validateLines(stdout)).toEqual([]);
        if (format === 'prometheus') parseExposition(stdout);
        // One bar, in front of the numbers.
        if (format === 'nagios') expect(stdout.split('\n', 1)[0]?.split('|').length).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('from a peer is kept as it is where it can be', async () => {
    const { stdout } = await rgDiag(['probe', `${hostile.address}:${hostile.port}`, '--banner', '--json']);
    expect(JSON.parse(stdout).reports[0].facts.attempts[0].banner).toBe(garbage.toString('utf8'));
  });

  const withLists = network.filter(({ takesTargets }) => takesTargets);
  it.each(withLists.map(({ name }) => name))('in a list of targets is never raw in what %s prints', async (command) => {
    const input = 'a\u001b[31m|b"\u202e\u0085:80\n--help\nunix:\nhttp://x\u009b/\n';
    await Promise.all(
      formats.map(async (format) => {
        const { stdout, stderr, exit } = await rgDiag([command, '--targets', '-', '-f', format], { input });
        expect(`${stdout}${stderr}`, format).not.toMatch(raw);
        expect(exit, format).toBe(3);
      }),
    );
  });
});

it('thousands of targets are all tried, and none is dropped', async () => {
  const { port } = await closedPort();
  const targets = Array.from({ length: 2000 }, (_, index) => `127.1.${index >> 8}.${index & 255}:${port}`);
  const { stdout, exit } = await rgDiag(['probe', '--targets', '-', '-f', 'ndjson'], { input: targets.join('\n') });
  expect(exit).toBe(2);
  expect(validateLines(stdout)).toEqual([]);
  const reports = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ kind }) => kind === 'report');
  expect(reports.map(({ target }) => target).sort()).toEqual(targets.sort());
  const states = reports.map(({ facts }) => facts.attempts[0].state);
  expect(new Set(states)).toEqual(new Set(['closed']));
});
