import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../src/commands/index.js';
import type { Failure } from '../../src/model/failure.js';
import type { AddressShare } from '../../src/model/reach.js';
import type { Envelope } from '../../src/model/report.js';
import { validateRun } from '../schema.js';
import { closedPort, fullBacklog, type Peer } from '../servers/peers.js';
import { rgDiag } from './run.js';

interface Facts {
  readonly share?: AddressShare;
  readonly failure?: Failure;
  readonly attempts?: readonly { readonly failure?: Failure }[];
  readonly wan?: { readonly attempts: readonly { readonly failure?: Failure }[] };
}

const rows = await Promise.all(catalogue.map(async (row) => (await row.load()).command));
/**
 * One report has all addresses of an origin, or of where rg-listener would go; route counts the hops on the way, and nothing has
 * to answer. Doctor and bundle connect to nothing themselves: they run the others.
 */
const others = ['origin', 'route', 'config resolve', 'doctor', 'bundle'];
const commands = rows.flatMap((command) =>
  command.kind === 'diagnosis' && command.network === true && !others.includes(command.name) ? [command.name] : [],
);

async function run(command: string, ...args: readonly string[]) {
  const { stdout, exit } = await rgDiag([command, ...args, '--json']);
  const document = JSON.parse(stdout) as Envelope<Facts>;
  expect(validateRun(document)).toEqual([]);
  const failures = document.reports.map(
    ({ facts }) => facts.failure ?? (facts.attempts ?? facts.wan?.attempts)?.[0]?.failure,
  );
  return { exit, reports: document.reports, labels: document.reports.map(({ target }) => target), failures };
}

let closed: Peer;
let stalling: Peer;
beforeAll(async () => {
  closed = await closedPort();
  stalling = await fullBacklog('127.0.0.1');
});
afterAll(() => stalling.close());

describe.each(commands)('the addresses that %s tries', (command) => {
  it('are told apart alike, by whatever way they were given', async () => {
    const { port } = closed;
    const both = '127.0.0.1,127.0.0.2';
    const ways: [target: string, name: string, options: string[]][] = [
      [`a.test:${port}`, 'a.test', ['--resolve', `a.test:${port}:${both}`]],
      [`a.test:${port}`, 'b.test', ['--connect-to', 'b.test', '--resolve', `b.test:${port}:${both}`]],
      [`192.0.2.1:${port}`, 'b.test', ['--connect-to', 'b.test', '--resolve', `b.test:${port}:${both}`]],
    ];
    for (const [target, host, options] of ways) {
      const { labels, reports } = await run(command, target, ...options);
      expect(labels).toEqual([`${target} (127.0.0.1)`, `${target} (127.0.0.2)`]);
      const share = { host, tried: 2, dead: ['127.0.0.1', '127.0.0.2'] };
      for (const { facts, findings } of reports) {
        expect(facts.share).toEqual(share);
        const rule = `${command}/addresses`;
        expect(findings.find((finding) => finding.rule === rule)).toMatchObject({ status: 'note' });
      }
    }
  });

  it('are named where another one was given, and not where it is the target', async () => {
    const target = `127.0.0.1:${closed.port}`;
    const itself = await run(command, target);
    expect([itself.labels, itself.reports[0]?.facts.share]).toEqual([[target], undefined]);
    const other = await run(command, `192.0.2.1:${closed.port}`, '--connect-to', '127.0.0.1');
    expect(other.labels).toEqual([`192.0.2.1:${closed.port} (127.0.0.1)`]);
  });

  it('are not dead where the run ended before they answered', async () => {
    const at = `a.test:${stalling.port}`;
    const { reports, failures } = await run(
      command,
      at,
      ...['--resolve', `${at}:127.0.0.1,127.0.0.2`, '--connect-timeout', '20', '-t', '0.7'],
    );
    expect(failures).toMatchObject([{ code: 'timeout', byRun: true }, { code: 'connection-refused' }]);
    const share = { host: 'a.test', tried: 2, dead: ['127.0.0.2'], unknown: ['127.0.0.1'] };
    for (const { facts } of reports) expect(facts.share).toEqual(share);
  });

  it.concurrent('are given up after 5 seconds unless --connect-timeout says so', async () => {
    const { exit, failures } = await run(command, `127.0.0.1:${stalling.port}`, '--timeout-result', 'ok');
    expect(exit).toBe(2);
    expect(failures).toMatchObject([{ code: 'timeout', detail: expect.stringMatching(/ within 5 s$/) }]);
    expect(failures[0]).not.toHaveProperty('byRun');
  });
});

it.each([
  ['cert', []],
  ['memcached', ['--tls']],
])('%s calls no address dead because a file of the user cannot be read', async (command, options) => {
  const at = `a.test:${closed.port}`;
  const resolve = ['--resolve', `${at}:127.0.0.1,127.0.0.2`];
  const { exit, reports } = await run(command, at, ...resolve, ...options, '--ca-file', '/nowhere.pem');
  expect(exit).toBe(3);
  expect(reports.map(({ facts }) => facts.share?.dead)).toEqual([[], []]);
});
