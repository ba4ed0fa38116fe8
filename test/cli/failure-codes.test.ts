import { afterAll, describe, expect, it } from 'vitest';
import { createDnsServer } from '../servers/dns.js';
import { closedPort, closingPeer, greetingPeer, silentPeer } from '../servers/peers.js';
import { rgDiag } from './run.js';

const open = await silentPeer();
const closing = await closingPeer();
const greeting = await greetingPeer('220 hello\r\n');
const closed = await closedPort();
const names = await createDnsServer({ 'www.example': { addresses: ['127.0.0.1', '127.0.0.2'] } });
afterAll(() => Promise.all([open, closing, greeting, names].map((server) => server.close())));

const at = ({ port }: { readonly port: number }) => `127.0.0.1:${port}`;
const direct = 'direct (starting new WAN connection)';

/** Every code that findings of a run have, with what they count as. */
async function codesOf(args: readonly string[], input: string): Promise<string[]> {
  const { stdout } = await rgDiag([...args, '--json'], { input });
  const { reports } = JSON.parse(stdout) as { reports: { findings: { code?: string; status: string }[] }[] };
  return reports.flatMap(({ findings }) =>
    findings.flatMap(({ code, status }) => (code === undefined ? [] : [`${status} ${code}`])),
  );
}

describe('what is found wrong by rules, and not by the system, has a code too', () => {
  it.each([
    ['a log without any value', 'broken', 'no-value', ['decode', '-i', '-'], 'GET / 200\n'],
    ['text that is no value', 'broken', 'malformed', ['decode', 'no value at all'], ''],
    ['a value of another form', 'fail', 'unexpected-form', ['decode', direct, '--expect', 'compressed'], ''],
    [
      'a reason that is an error of Railgun',
      'warn',
      'internal-error',
      ['decode', 'direct (Internal Channel Failure)'],
      '',
    ],
    ['a log of nothing but direct', 'warn', 'persistent-direct', ['decode', '-i', '-'], `${direct}\n`.repeat(200)],
    ['a line that is no target', 'broken', 'invalid-target', ['probe', '--targets', '-', '80'], 'no host at all\n'],
    [
      'a name with an address that is dead',
      'warn',
      'some-addresses-dead',
      ['probe', `www.example:${open.port}`, '--resolver', at(names)],
      '',
    ],
    ['a connection that takes too long', 'fail', 'too-slow', ['probe', at(open), '--critical', '0'], ''],
    [
      'an answer without what was expected',
      'fail',
      'unexpected-answer',
      ['probe', at(greeting), '--expect', '250', '--read-timeout', '0.3'],
      '',
    ],
    ['a peer that hangs up', 'fail', 'connection-closed', ['probe', at(closing), '--expect', '250'], ''],
    ['a port that is closed', 'fail', 'connection-refused', ['probe', at(closed)], ''],
  ])('%s: %s %s', async (_, status, code, args, input) => {
    expect(await codesOf(args, input)).toContain(`${status} ${code}`);
  });
});
