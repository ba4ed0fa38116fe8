import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MemcachedFacts, ServerFacts } from '../../../src/commands/memcached/facts.js';
import type { Envelope } from '../../../src/model/report.js';
import { rgDiag } from '../../cli/run.js';
import { validateRun } from '../../schema.js';
import { type RunningMemcached, startMemcached } from '../../servers/memcached.js';

const servers: RunningMemcached[] = [];
const folder = mkdtempSync(join(tmpdir(), 'rg-diag-memcached-test-'));

async function memcached(...given: Parameters<typeof startMemcached>): Promise<RunningMemcached> {
  const server = await startMemcached(...given);
  servers.push(server);
  return server;
}

afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  rmSync(folder, { recursive: true, force: true });
});

/** A run with --json, valid by its schema. */
async function look(...args: string[]): Promise<Envelope<MemcachedFacts> & { exit: Ran }> {
  const { stdout, stderr, exit } = await rgDiag(['memcached', ...args, '--json']);
  expect(stderr).toBe('');
  const run = JSON.parse(stdout) as Envelope<MemcachedFacts>;
  expect(validateRun(run)).toEqual([]);
  return { ...run, exit };
}

type Ran = Awaited<ReturnType<typeof rgDiag>>['exit'];

function serverOf({ reports }: Envelope<MemcachedFacts>, index = 0): ServerFacts {
  const facts = reports[index]?.facts;
  return facts?.kind === 'server' ? facts : expect.fail(`no server, but ${JSON.stringify(facts)}`);
}

function findingsOf({ reports }: Envelope<MemcachedFacts>, index = 0): Record<string, string> {
  const found = reports[index]?.findings.filter(({ status }) => status !== 'pass' && status !== 'skip') ?? [];
  return Object.fromEntries(
    found.map(({ rule, status, code = '' }) => [rule.split('/')[1], `${status} ${code}`.trim()]),
  );
}

describe('a memcached that is well', () => {
  let server: RunningMemcached;
  beforeAll(async () => {
    server = await memcached({ listen: '0.0.0.0', args: ['-m', '1024', '-I', '2m', '-c', '200'] });
  });

  it('is looked at: version, settings, numbers', async () => {
    const run = await look(`127.0.0.1:${server.port}`);
    expect(run.exit).toBe(0);
    expect(findingsOf(run)).toEqual({});
    const facts = serverOf(run);
    const version = execFileSync('memcached', ['-V'], { encoding: 'utf8' }).trim().split(' ')[1];
    expect(facts).toMatchObject({ address: `127.0.0.1:${server.port}`, transport: 'tcp', local: true, version });
    expect(facts.stats).toMatchObject({ limit_maxbytes: 1024 * 1024 * 1024, max_connections: 200, version });
    expect(facts.settings).toMatchObject({ item_size_max: 2 * 1024 * 1024, maxconns: 200, domain_socket: 'NULL' });
    expect(facts.pingMs).toBeGreaterThan(0);
    expect(run.reports[0]?.target).toBe(`127.0.0.1:${server.port}`);
  });

  it('has the same numbers for memcstat', async () => {
    const facts = serverOf(await look(`127.0.0.1:${server.port}`));
    const theirs = execFileSync('memcstat', [`--servers=127.0.0.1:${server.port}`], { encoding: 'utf8' });
    // Every look and every reader moves these.
    const moving = /^(uptime|time|rusage_|curr_conn|total_conn|connection_str|bytes_|read_buf|response_obj|lru_)/;
    const rows = [...theirs.matchAll(/^\s+(\w+): (.+)$/gm)].filter(([, name = '']) => !moving.test(name));
    expect(rows.length).toBeGreaterThan(50);
    for (const [, name = '', value] of rows) expect([name, String(facts.stats[name])]).toEqual([name, value]);
  });

  it('has the hit ratio, items and slabs of the traffic that it had', async () => {
    const value = 'x'.repeat(1000);
    const sets = [1, 2, 3, 4].map((key) => `set k${key} 0 0 ${value.length}\r\n${value}\r\n`).join('');
    await server.tell(sets, 'STORED\r\nSTORED\r\nSTORED\r\nSTORED\r\n');
    await server.tell('get k1\r\nget k2\r\nget k3\r\nget none\r\nmn\r\n', 'MN\r\n');
    const facts = serverOf(await look(`127.0.0.1:${server.port}`));
    expect(facts.hitRatio).toBe(0.75);
    expect(facts.stats).toMatchObject({ cmd_get: 4, get_hits: 3, get_misses: 1, cmd_set: 4, curr_items: 4 });
    const [[id, items] = []] = Object.entries(facts.items);
    expect(items).toMatchObject({ number: 4, evicted: 0 });
    expect(facts.slabs[id ?? '']).toMatchObject({ used_chunks: 4, get_hits: 3, cmd_set: 4 });
    const used = Number(facts.stats['bytes']);
    expect(used).toBeGreaterThan(4000);
    expect(facts.fillRatio).toBeCloseTo(used / 1024 ** 3, 9);
  });

  it('is looked at on 300 addresses in one run', async () => {
    const list = join(folder, 'targets');
    const hosts = Array.from({ length: 300 }, (_, index) => `127.9.${Math.floor(index / 200)}.${1 + (index % 200)}`);
    writeFileSync(list, ['# comment', '', ...hosts.map((host) => `${host}:${server.port}`)].join('\n'));
    const run = await look('--targets', list);
    expect(run.exit).toBe(0);
    expect(run.reports.map(({ target }) => target).sort()).toEqual(
      hosts.map((host) => `${host}:${server.port}`).sort(),
    );
    expect(new Set(run.reports.map(({ facts }) => facts.kind))).toEqual(new Set(['server']));
  });

  it('is watched: each look is a report, with rates from the second on', async () => {
    const watching = look(`127.0.0.1:${server.port}`, '--watch', '0.4', '--count', '3');
    await new Promise((resolve) => setTimeout(resolve, 100));
    for (let round = 0; round < 10; round += 1) {
      await server.tell('get k1\r\nmn\r\n', 'MN\r\n');
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    const run = await watching;
    expect(run.reports.map(({ target }) => target)).toEqual(Array(3).fill(`127.0.0.1:${server.port}`));
    const [first, ...later] = [0, 1, 2].map((index) => serverOf(run, index));
    expect(first?.rates).toBeUndefined();
    const gets = [first, ...later].map((facts) => Number(facts?.stats['get_hits']));
    for (const [index, { rates }] of later.entries()) {
      const more = (gets[index + 1] ?? 0) - (gets[index] ?? 0);
      expect((rates?.perSecond['get_hits'] ?? -1) * (rates?.seconds ?? 0)).toBeCloseTo(more, 1);
      expect(rates?.seconds).toBeGreaterThan(0.3);
    }
    expect((gets[2] ?? 0) - (gets[0] ?? 0)).toBeGreaterThan(0);
    expect(run.reports[1]?.metrics.map(({ name }) => name)).toContain('memcached_rate');
  });

  it('is judged by the thresholds that were given', async () => {
    const server1 = `127.0.0.1:${server.port}`;
    const strict = await look(server1, '-w', '0', '-c', '10');
    expect([strict.exit, findingsOf(strict)]).toEqual([1, { latency: 'warn too-slow' }]);
    const stricter = await look(server1, '-w', '0', '-c', '0');
    expect([stricter.exit, findingsOf(stricter)]).toEqual([2, { latency: 'fail too-slow' }]);
    const ping = stricter.reports[0]?.metrics.find(({ name }) => name === 'memcached_ping_seconds');
    expect(ping).toMatchObject({ unit: 'seconds', warn: 0, fail: 0 });
  });

  it('is compared with railgun.conf as it was given', async () => {
    const larger = await look(`127.0.0.1:${server.port}`, '--limit', '4000000', '--stream-size', '3000000');
    expect([larger.exit, findingsOf(larger)]).toEqual([1, { 'item-size': 'warn item-size-too-small' }]);
    const near = await look(`127.0.0.1:${server.port}`, '--limit', '4000000');
    expect([near.exit, findingsOf(near)]).toEqual([0, { 'item-size': 'note' }]);
  });
});

it('one with a dead address among those of its name warns about the share', async () => {
  const server = await memcached({ args: ['-m', '1024'] });
  const at = `cache.test:${server.port}`;
  const run = await look(at, '--resolve', `${at}:127.0.0.1,127.0.0.77`);
  expect(run.exit).toBe(2);
  expect(run.reports.map(({ target, facts }) => [target, facts.kind])).toEqual([
    [`${at} (127.0.0.1)`, 'server'],
    [`${at} (127.0.0.77)`, 'failed'],
  ]);
  expect(findingsOf(run)).toEqual({ addresses: 'warn some-addresses-dead' });
  expect(findingsOf(run, 1)).toMatchObject({ answers: 'fail connection-refused' });
});

it('one that is too small, with tiny items, and that evicts, warns about all three', async () => {
  const server = await memcached({ args: ['-m', '2', '-I', '512k'] });
  const value = 'x'.repeat(50_000);
  const sets = Array.from({ length: 200 }, (_, key) => `set k${key} 0 0 ${value.length}\r\n${value}\r\n`).join('');
  await server.tell(`${sets}mn\r\n`, 'MN\r\n');
  const run = await look(`127.0.0.1:${server.port}`, '--stream-size', '600000');
  const facts = serverOf(run);
  expect(Number(facts.stats['evictions'])).toBeGreaterThan(0);
  expect(facts.settings['item_size_max']).toBe(524_288);
  expect(run.exit).toBe(1);
  expect(findingsOf(run)).toEqual({
    memory: 'warn memory-too-small',
    evictions: 'warn evictions',
    'item-size': 'warn item-size-too-small',
  });
  const watched = await look(`127.0.0.1:${server.port}`, '--watch', '0.2', '--count', '2');
  expect(findingsOf(watched, 1)).toMatchObject({ evictions: 'note' });
});

it('one on ::1 is looked at, with the port of its brackets', async () => {
  const server = await memcached({ listen: '::1', args: ['-m', '512'] });
  const run = await look(`[::1]:${server.port}`);
  expect([run.exit, serverOf(run).address, serverOf(run).local]).toEqual([0, `[::1]:${server.port}`, true]);
});

it('one on a unix socket is looked at, however the socket is spelled', async () => {
  const server = await memcached({ listen: 'unix', args: ['-m', '512'] });
  const run = await look(server.socketPath, `unix:${server.socketPath}`);
  expect(run.exit).toBe(0);
  for (const index of [0, 1]) {
    expect(serverOf(run, index)).toMatchObject({ transport: 'unix', address: `unix:${server.socketPath}` });
  }
  const gone = await look('./not-there.sock');
  expect([gone.exit, findingsOf(gone)]).toEqual([2, { answers: 'fail file-not-found' }]);
});

describe('a memcached that is full', () => {
  it.each([
    ['says so', [], 'fail too-many-connections'],
    ['stops accepting', ['-o', 'no_maxconns_fast'], 'fail timeout'],
  ])('%s', async (_, args, finding) => {
    const server = await memcached({ args: ['-c', '30', ...args] });
    // Some descriptors are its own: it is full when it first turns somebody away, or keeps somebody waiting. Then the
    // kernel keeps one more, and drops whoever comes after that.
    for (let count = 0; count < 40; count += 1) {
      const answer = await Promise.race([
        server.tell('version\r\n', '\r\n'),
        new Promise<string>((resolve) => setTimeout(resolve, 500, 'none')),
      ]);
      if (!answer.startsWith('VERSION')) break;
    }
    const run = await look(`127.0.0.1:${server.port}`, '--connect-timeout', '0.5');
    expect([run.exit, findingsOf(run)]).toEqual([2, { answers: finding }]);
  });
});
