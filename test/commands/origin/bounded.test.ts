import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program, type Ran, rgDiag } from '../../cli/run.js';
import { validateLines, validateRun } from '../../schema.js';
import { fullBacklog, type Peer, silentPeer } from '../../servers/peers.js';
import { reportOf } from './judged.js';
import { startRecorder } from './recorder.js';
import { host } from './scenario.js';

/** Milliseconds that starting and ending the program may take on a machine that is busy. */
const slack = 3000;

let deaf: Peer;
let silent: Peer;

beforeAll(async () => {
  deaf = await fullBacklog();
  silent = await silentPeer();
});
afterAll(async () => {
  await deaf?.close();
  await silent?.close();
});

const own = ['--ip', '127.0.0.1', '--public', 'never'] as const;

async function timed(args: readonly string[]): Promise<{ ran: Ran; ms: number }> {
  const started = performance.now();
  const ran = await rgDiag(['origin', ...args]);
  return { ran, ms: performance.now() - started };
}

describe('a timer of the edge that is shortened', () => {
  it.each([
    ['the handshake of TCP', () => deaf, 'http', 522, 'tcp'],
    ['the handshake of TLS', () => silent, 'https', 525, 'tls'],
    ['the answer', () => silent, 'http', 524, 'response'],
  ] as const)('%s', async (_, server, scheme, code, stage) => {
    const url = `${scheme}://${host}:${server().port}/`;
    const { ran, ms } = await timed([url, ...own, '--connect-timeout', '0.5', '--read-timeout', '0.5', '--json']);
    const told = reportOf(ran);
    expect(told.facts.edge).toMatchObject({ code, stage });
    expect(ran.exit).toBe(2);
    expect(told.ms).toBeGreaterThanOrEqual(490);
    // The bar: the timer and half a second, by the clock of the program.
    expect(told.ms).toBeLessThan(1000);
    expect(ms).toBeLessThan(1000 + slack);
  });
});

describe('--timeout ends the run sooner than any timer', () => {
  const places = [
    ['tcp', () => deaf, 'http'],
    ['tls', () => silent, 'https'],
    ['response', () => silent, 'http'],
  ] as const;

  it.each(places)('in the stage %s', async (stage, server, scheme) => {
    const { ran, ms } = await timed([
      `${scheme}://${host}:${server().port}/`,
      ...own,
      '-t',
      '0.6',
      '--connect-timeout',
      '10',
      '--json',
    ]);
    const told = reportOf(ran);
    // Nobody has seen the end of the edge's own timer.
    expect(told.facts.edge).toBeUndefined();
    expect(told.facts.undetermined).toMatchObject({ stage });
    expect(told.facts.stopped).toBeDefined();
    expect(ran.exit).toBe(2);
    expect(ms).toBeLessThan(600 + slack);
  });

  it.each([
    ['ok', 0],
    ['warn', 1],
    ['fail', 2],
    ['unknown', 3],
  ])('--timeout-result %s', async (result, exit) => {
    const args = [`http://${host}:${silent.port}/`, ...own, '-t', '0.4', '--timeout-result', result];
    const [json, nagios] = await Promise.all([timed([...args, '--json']), timed([...args, '-f', 'nagios'])]);
    expect(validateRun(JSON.parse(json.ran.stdout))).toEqual([]);
    expect([json.ran.exit, nagios.ran.exit]).toEqual([exit, exit]);
  });

  it('targets that it does not reach are unknown, and not dropped', async () => {
    const urls = [`http://${host}:${silent.port}/1`, `http://${host}:${silent.port}/2`];
    const { ran } = await timed([...urls, ...own, '--concurrency', '1', '-t', '0.6', '--json']);
    const run = JSON.parse(ran.stdout);
    expect(validateRun(run)).toEqual([]);
    expect(run.reports.map(({ target }: Record<string, string>) => target)).toEqual(urls);
    expect(run.reports[1].verdict).toBe('unknown');
    expect(ran.exit).toBe(2);
  });

  it('also between repetitions', async () => {
    const { ran, ms } = await timed([
      `http://${host}:${silent.port}/`,
      ...own,
      '--repeat',
      '50',
      '--read-timeout',
      '0.3',
      '-t',
      '1',
      '--json',
    ]);
    const { facts } = reportOf(ran);
    expect(ms).toBeLessThan(1000 + slack);
    expect(facts.addresses[0]?.attempts.length).toBeLessThan(6);
    expect(facts.edge ?? facts.undetermined).toBeDefined();
    expect(ran.exit).toBe(2);
  });
});

it.each(['json', 'ndjson'])('Ctrl-C in the middle: %s is whole, and the exit code 130', async (format) => {
  const server = await startRecorder();
  try {
    const urls = [
      `http://${host}:${silent.port}/`,
      `http://${host}:${server.port}/`,
      `http://${host}:${silent.port}/2`,
    ];
    const before = silent.received().length;
    const child = spawn(program, ['origin', ...urls, ...own, '-f', format, '--timeout', '60'], { stdio: 'pipe' });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    const closed = once(child, 'close');
    // All three are under way, and the one that can be is done.
    while (silent.received().length === before || server.requests.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    child.kill('SIGINT');
    expect(await closed).toEqual([130, null]);
    const text = Buffer.concat(output).toString();
    if (format === 'ndjson') {
      expect(validateLines(text)).toEqual([]);
      expect(text.trimEnd().split('\n')).toHaveLength(4);
      return;
    }
    const run = JSON.parse(text);
    expect(validateRun(run)).toEqual([]);
    expect(run.exitCode).toBe(130);
    expect(run.reports.map(({ target }: Record<string, string>) => target).sort()).toEqual(urls.toSorted());
    const stopped = run.reports.filter(({ target }: Record<string, string>) => target === urls[0]);
    expect(stopped).toMatchObject([{ facts: { kind: 'origin', stopped: {} } }]);
  } finally {
    await server.close();
  }
});

describe('a name server that is not there', () => {
  it('refuses: nobody can say what Cloudflare’s own says', async () => {
    const { ran, ms } = await timed([`http://${host}/`, '--resolver', '127.0.0.1:9', '--public', 'never', '--json']);
    const { facts } = reportOf(ran);
    expect(facts.undetermined).toMatchObject({ stage: 'dns', why: expect.stringContaining('127.0.0.1:9') });
    expect(facts.stages.slice(1).map(({ status }) => status)).toEqual(Array(5).fill('skip'));
    expect([2, 3]).toContain(ran.exit);
    expect(ms).toBeLessThan(1000 + slack);
  });

  it('is silent: the deadline holds', async () => {
    const { ran, ms } = await timed([`http://${host}/`, '--resolver', `127.0.0.1:${silent.port}`, '-t', '1', '--json']);
    const { facts } = reportOf(ran);
    expect(facts.edge).toBeUndefined();
    expect(ran.exit).toBe(2);
    expect(ms).toBeLessThan(1000 + slack);
  });
});
