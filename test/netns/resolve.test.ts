import { execFileSync } from 'node:child_process';
import { afterAll, describe, expect, it } from 'vitest';
import { program } from '../cli/run.js';
import { bundled } from './bundled.js';
import { createNetwork } from './namespaces.js';
import type { Became, Step } from './steps.js';

const network = createNetwork();
const [steps, nameServer] = await Promise.all([bundled('steps.ts'), bundled('name-server.ts')]);
afterAll(() => network.close());

network.client.etc('resolv.conf', 'nameserver 127.0.0.1\nsearch office.example\n');
network.client.etc('hosts', '127.0.0.1 localhost\n2001:db8::7 six.hosts.example alias\n192.0.2.7 four.hosts.example\n');
await network.client.start(
  process.execPath,
  nameServer,
  JSON.stringify({
    'www.example': { addresses: ['192.0.2.1', '192.0.2.2', '2001:db8::1'] },
    'v6.example': { addresses: ['2001:db8::1'] },
    'intranet.office.example': { addresses: ['192.0.2.5'] },
    'failing.example': 'servfail',
    'refusing.example': 'refused',
    'silent.example': 'silence',
  }),
);

const ask = (host: string, family?: 4 | 6, seconds = 20): Step => ({
  seconds,
  resolve: { host, ...(family !== undefined && { options: { family } }) },
});

async function taken(...asked: readonly Step[]): Promise<{ became: readonly Became[]; ms: number }> {
  const started = performance.now();
  const { stdout, stderr } = await network.client.run(process.execPath, steps, JSON.stringify(asked));
  expect(stderr).toBe('');
  return { became: JSON.parse(stdout), ms: performance.now() - started };
}

const addressesOf = ({ value }: Became) =>
  (value as { destinations: { address: string }[] } | undefined)?.destinations.map(({ address }) => address).sort();

describe('the system', () => {
  it('gives every address of a name, from name servers and /etc/hosts', async () => {
    const { became } = await taken(
      ask('www.example'),
      ask('www.example', 4),
      ask('six.hosts.example'),
      ask('ALIAS'),
      ask('intranet'),
    );
    expect(became.map(addressesOf)).toEqual([
      ['192.0.2.1', '192.0.2.2', '2001:db8::1'],
      ['192.0.2.1', '192.0.2.2'],
      ['2001:db8::7'],
      ['2001:db8::7'],
      ['192.0.2.5'],
    ]);
  });

  it('tells a name that is not there from one without an address of the family that is wanted', async () => {
    const { became } = await taken(
      ask('nothing.example', 4),
      ask('nothing.example'),
      ask('v6.example', 4),
      ask('six.hosts.example', 4),
      ask('four.hosts.example', 6),
    );
    expect(became.map(({ failure }) => failure)).toMatchObject([
      { code: 'name-not-found', blame: 'resolver' },
      { code: 'name-not-found', blame: 'resolver' },
      { code: 'no-address', detail: 'v6.example has no address of IPv4, only 2001:db8::1' },
      { code: 'no-address', detail: 'six.hosts.example has no address of IPv4, only 2001:db8::7' },
      { code: 'no-address', detail: 'four.hosts.example has no address of IPv6, only 192.0.2.7' },
    ]);
  });

  it('tells that its name servers failed', async () => {
    const { became } = await taken(ask('failing.example'), ask('refusing.example'));
    for (const { failure } of became) {
      expect(failure).toMatchObject({
        code: 'resolver-failed',
        blame: 'resolver',
        detail: expect.stringMatching(/EAI_AGAIN .*: the name servers of the system gave no answer, or an error$/),
      });
    }
  });

  it('does not hold up the end of the process when its name servers are silent', async () => {
    const { became, ms } = await taken(ask('silent.example', undefined, 0.5));
    expect(became[0]?.failure).toMatchObject({
      code: 'timeout',
      step: 'resolve',
      blame: 'resolver',
      detail: 'no answer about silent.example: the deadline of 0.5 s was reached',
    });
    // glibc waits for ten seconds.
    expect(ms).toBeLessThan(4000);
  });

  it('does not hold up a command', async () => {
    const started = performance.now();
    const ran = await network.client.run(program, 'probe', 'silent.example:80', '--json', '--timeout', '1');
    expect(performance.now() - started).toBeLessThan(4000);
    expect(ran).toMatchObject({ stderr: '', exit: 2 });
    expect(JSON.parse(ran.stdout)).toMatchObject({
      reports: [{ facts: { kind: 'unresolved', failure: { code: 'timeout', step: 'resolve', blame: 'resolver' } } }],
    });
    // The name server, and nothing that still asks it.
    const pids = () =>
      execFileSync('ip', ['netns', 'pids', network.client.name], { encoding: 'utf8' }).trim().split('\n');
    await expect.poll(pids).toHaveLength(1);
  });
});
