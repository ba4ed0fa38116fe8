import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, describe, expect, it } from 'vitest';
import type { MemcachedFacts } from '../../../src/commands/memcached/facts.js';
import type { Envelope } from '../../../src/model/report.js';
import { program, rgDiag, shell } from '../../cli/run.js';
import { validateLines, validateRun } from '../../schema.js';
import { startMemcached } from '../../servers/memcached.js';
import {
  closedPort,
  closingPeer,
  drippingPeer,
  endlessPeer,
  garbagePeer,
  greetingPeer,
  type Peer,
  peer,
  resettingPeer,
  silentPeer,
} from '../../servers/peers.js';

const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
});

async function open(made: Promise<Peer>): Promise<Peer> {
  const opened = await made;
  closing.push(() => opened.close());
  return opened;
}

/** Answers each command (a line) with what `answers` says, or with ERROR. */
function scripted(answers: Readonly<Record<string, string>>): Promise<Peer> {
  return peer((socket) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
      const lines = text.split('\r\n');
      text = lines.pop() ?? '';
      for (const line of lines) socket.write(answers[line] ?? 'ERROR\r\n');
    });
  });
}

async function look({ port }: Pick<Peer, 'port'>, ...args: string[]) {
  const { stdout, stderr, exit } = await rgDiag(['memcached', `127.0.0.1:${port}`, '--json', ...args]);
  expect(stderr).toBe('');
  const run = JSON.parse(stdout) as Envelope<MemcachedFacts>;
  expect(validateRun(run)).toEqual([]);
  const facts = run.reports[0]?.facts ?? expect.fail('no report');
  return { exit, facts, code: facts.kind === 'failed' ? facts.failure.code : facts.kind, run };
}

describe('a peer that is no memcached is named', () => {
  const http = 'HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n<html>';
  it.each<[what: string, make: () => Promise<Peer>, code: string, detail: string]>([
    ['silent', () => silentPeer(), 'no-answer', 'says nothing to version within 0.4 s'],
    ['dripping', () => drippingPeer('VERSION 1.6.18', 50), 'incomplete-answer', 'came in drops'],
    ['dripping garbage', () => drippingPeer('zzz', 20), 'not-memcached', 'zzz'],
    ['endless without a line', () => endlessPeer('x'.repeat(1000)), 'not-memcached', 'xxx'],
    ['an HTTP server', () => closingPeer(http), 'not-memcached', 'an HTTP server answers: HTTP/1.1 400 Bad Request'],
    ['an SSH server', () => greetingPeer('SSH-2.0-OpenSSH_9.2\r\n'), 'not-memcached', 'an SSH server answers: SSH-2.0'],
    ['garbage', () => garbagePeer(), 'not-memcached', 'no memcached does'],
    ['hanging up', () => closingPeer(), 'connection-closed', 'instead of answering version'],
    ['resetting', () => resettingPeer(), 'connection-reset', 'ECONNRESET'],
    ['refusing', () => closedPort(), 'connection-refused', 'ECONNREFUSED'],
    ['speaking TLS', () => closingPeer(Buffer.from('15030100020246', 'hex')), 'tls-required', 'alert of TLS'],
    ['full', () => closingPeer('ERROR Too many open connections\r\n'), 'too-many-connections', 'Too many open'],
    [
      'out of order',
      () => scripted({ version: 'SERVER_ERROR out of memory\r\n' }),
      'unexpected-answer',
      'SERVER_ERROR',
    ],
    [
      'cutting its numbers',
      () =>
        peer((socket) => {
          socket.on('data', (chunk) => {
            if (chunk.includes('stats')) socket.end('STAT pid 1\r\nSTAT upt');
            else socket.write('VERSION 1.6.18\r\n');
          });
        }),
      'connection-closed',
      'in the middle of its answer to stats',
    ],
    [
      'without an end of its numbers',
      () =>
        peer((socket) => {
          socket.on('data', (chunk) => {
            if (!chunk.includes('stats')) socket.write('VERSION 1.6.18\r\n');
            else for (let count = 0; count < 40; count += 1) socket.write('STAT a 1\r\n'.repeat(3000));
          });
        }),
      'answer-too-long',
      'more than 1000000 bytes in answer to stats',
    ],
  ])('%s', async (_, make, code, detail) => {
    const it = await look(await open(make()), '--read-timeout', '0.4');
    expect([it.code, it.exit]).toEqual([code, 2]);
    expect(it.facts.kind === 'failed' && it.facts.failure.detail).toContain(detail);
    expect(it.run.reports[0]?.findings[0]).toMatchObject({ rule: 'memcached/answers', status: 'fail', code });
  });
});

it.each([
  ['silent', silentPeer],
  ['dripping', () => drippingPeer('VERSION 1', 30)],
  ['endless', () => endlessPeer('STAT a 1\r\n')],
])('a %s peer is left in time', async (_, make) => {
  const { port } = await open(make());
  const started = performance.now();
  const { exit } = await rgDiag(['memcached', `127.0.0.1:${port}`, '-t', '1', '--read-timeout', '60']);
  expect(performance.now() - started).toBeLessThan(1500 + 500);
  expect(exit).toBe(2);
});

it('the deadline counts as --timeout-result says', async () => {
  const silent = await open(silentPeer());
  const late = await look(silent, '-t', '0.5', '--timeout-result', 'warn');
  expect([late.exit, late.code]).toEqual([1, 'timeout']);
  expect(late.facts).toMatchObject({ stopped: { code: 'timeout' } });
});

it.each([
  ['1.2.8', ['warn outdated-version']],
  ['1.3.9', ['warn outdated-version']],
  ['1.4.0', []],
  ['1.6.18', []],
])('version %s: %j', async (version, found) => {
  const old = await open(scripted({ version: `VERSION ${version}\r\n`, stats: 'STAT uptime 5\r\nEND\r\n' }));
  const { run } = await look(old);
  const finding = run.reports[0]?.findings.filter(
    ({ rule, code }) => rule === 'memcached/version' && code !== undefined,
  );
  expect(finding?.map(({ status, code }) => `${status} ${code}`)).toEqual(found);
});

it('a proxy that knows only some commands warns, and the rest is looked at', async () => {
  const proxy = await open(
    scripted({ version: 'VERSION 1.6.18\r\n', stats: 'STAT uptime 5\r\nSTAT curr_connections 1\r\nEND\r\n' }),
  );
  const it = await look(proxy);
  expect([it.exit, it.code]).toEqual([1, 'server']);
  expect(it.facts).toMatchObject({
    stats: { uptime: 5 },
    refused: { 'stats settings': 'ERROR', 'stats items': 'ERROR', 'stats slabs': 'ERROR' },
  });
  expect(proxy.received().toString()).not.toMatch(/^(?:set|flush|stats sizes|delete)\b/im);
});

describe('hostile text is never printed as it is', () => {
  const hostile = '\x1b[31m|a="b\\\u202e\u2066\x9b\x07\u2028';
  const raw = [...hostile].filter((character) => !/[ -~]/.test(character));
  const shapes: readonly [string, () => Promise<Peer>][] = [
    ['a stranger', () => greetingPeer(`${hostile}\r\n`)],
    [
      'a server',
      () =>
        scripted({
          version: `VERSION 1.6.${hostile}\r\n`,
          stats: `STAT ${hostile} ${hostile}\r\nSTAT evictions 3\r\nEND\r\n`,
          'stats settings': `SERVER_ERROR ${hostile}\r\n`,
          'stats items': `STAT items:1:number ${hostile}\r\nEND\r\n`,
          'stats slabs': `STAT 1:chunk_size 96\r\nEND\r\n`,
        }),
    ],
  ];
  it.each(shapes)('%s', async (_, make) => {
    const { port } = await open(make());
    const target = `127.0.0.1:${port}`;
    for (const format of ['text', 'json', 'ndjson', 'nagios', 'prometheus']) {
      const { stdout, stderr } = await rgDiag(['memcached', target, '-v', '--ticket', '-f', format]);
      for (const character of raw) expect([format, (stdout + stderr).includes(character)]).toEqual([format, false]);
      if (format === 'ndjson') expect(validateLines(stdout)).toEqual([]);
      if (format === 'nagios') expect(stdout.split('\n')[0]?.split('|').length).toBe(2);
    }
    const lint = await shell(`rg-diag memcached ${target} -f prometheus | promtool check metrics`);
    expect([lint.stdout, lint.stderr, lint.exit]).toEqual(['', '', 0]);
  });
});

describe('watching', () => {
  it('goes on until Ctrl-C, and the document is whole', async () => {
    const server = await startMemcached({ args: ['-m', '1024'] });
    closing.push(() => server.close());
    const child = spawn(program, ['memcached', `127.0.0.1:${server.port}`, '--watch', '0.2', '-f', 'ndjson']);
    let text = '';
    const ended = once(child, 'close');
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.split('\n').length === 4) child.kill('SIGINT');
    });
    expect((await ended)[0]).toBe(130);
    expect(validateLines(text)).toEqual([]);
    const reports = text.split('\n').filter((line) => line.includes('"kind":"report"'));
    expect(reports.length).toBeGreaterThanOrEqual(3);
    expect(reports.map((line) => JSON.parse(line).facts.kind)).toEqual(reports.map(() => 'server'));
  });

  it('sees a server go', async () => {
    const server = await peer((socket) => {
      socket.on('data', (chunk: Buffer) => {
        for (const line of chunk.toString().split('\r\n').slice(0, -1)) {
          socket.write(line === 'version' ? 'VERSION 1.6.18\r\n' : 'STAT uptime 9\r\nEND\r\n');
        }
      });
      // The first look is over.
      socket.on('end', () => void server.close());
    });
    const target = `127.0.0.1:${server.port}`;
    const { stdout } = await rgDiag(['memcached', target, '--watch', '0.3', '--count', '2', '--json']);
    const { reports } = JSON.parse(stdout) as Envelope<MemcachedFacts>;
    const seen = reports.map(({ facts }) => (facts.kind === 'failed' ? facts.failure.code : facts.kind));
    expect(seen).toEqual(['server', 'connection-refused']);
  });
});

describe('what is asked for', () => {
  it.each([
    [[], 'no SERVER given'],
    [['http://cache'], 'is a URL'],
    [['a:0'], 'is not a port'],
    [['a', '--count', '3'], '--count needs --watch'],
    [['a', '-w', '2', '-c', '1'], '--warning 2 is more than --critical 1'],
    [['a', '--ca-file', 'x'], '--ca-file needs --tls'],
    [['a', '--auth-file', '-', '--targets', '-'], 'standard input can be read only once'],
    [['a', 'b', '--watch', '1', '--concurrency', '1'], '--watch looks at 1 servers at once'],
  ])('%j is refused', async (args, problem) => {
    const { stderr, exit } = await rgDiag(['memcached', ...args]);
    expect([exit, stderr]).toEqual([64, expect.stringContaining(problem)]);
  });

  it('leaves out a line of --targets that is no server, and says so', async () => {
    const gone = await closedPort();
    const { stdout, exit } = await rgDiag(['memcached', '--targets', '-', '--json'], {
      input: `127.0.0.1:${gone.port}\nhttp://cache/\n`,
    });
    const { reports } = JSON.parse(stdout) as Envelope<{ kind: string }>;
    expect(reports.map(({ target, facts }) => [target, facts.kind])).toEqual([
      ['http://cache/', 'unmeasured'],
      [`127.0.0.1:${gone.port}`, 'failed'],
    ]);
    expect(exit).toBe(2);
  });

  it('a name without an address is named', async () => {
    const { stdout, exit } = await rgDiag([
      'memcached',
      'nowhere.invalid',
      '-f',
      'nagios',
      '--resolver',
      '127.0.0.1:1',
    ]);
    expect([exit, stdout]).toEqual([2, expect.stringContaining('resolver-unreachable')]);
  });
});
