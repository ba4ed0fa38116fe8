import { describe, expect, it } from 'vitest';
import { doctorLine } from '../../../src/commands/doctor/doctor-line.js';
import { explain } from '../../../src/commands/doctor/explain.js';
import type { CheckFacts, DoctorAsked } from '../../../src/commands/doctor/facts.js';
import { check, doctorFacts, finding, report } from './doctor-facts.js';

const plain: DoctorAsked = { network: {}, hosts: [], mode: 'strict', edgeProfile: '2026', since: '24h' };
const www = 'www.example.com';

describe('the line of the doctor itself', () => {
  it('has every option that was given, and no secret', () => {
    const asked: DoctorAsked = {
      network: {
        family: 4,
        connectTimeout: 1,
        resolver: { address: '2001:db8::53', port: 53 },
        resolve: [{ host: www, port: 443, address: '203.0.113.7' }],
        connectTo: { host: 'origin.example.net', port: 8443 },
      },
      hosts: ['https://www.example.com/a?token=***', 'example.com'],
      config: '-a b.conf',
      mode: 'strict',
      modeGiven: true,
      edgeProfile: '2023',
      readTimeout: 2.5,
      timeout: 20,
      timeoutResult: 'warn',
      now: '2026-11-21T03:00:00.000Z',
      logs: ['a.log', 'b.log'],
      since: '2h',
      caFile: 'ca.pem',
      addCa: ['more.pem'],
      skip: ['trace', 'machine'],
    };
    expect(doctorLine(asked)).toBe(
      "rg-diag doctor 'https://www.example.com/a?token=***' example.com --config './-a b.conf' --mode strict " +
        "--edge-profile 2023 --read-timeout 2.5 -4 --connect-timeout 1 --resolver '[2001:db8::53]:53' " +
        '--resolve www.example.com:443:203.0.113.7 --connect-to origin.example.net:8443 --ca-file ca.pem ' +
        '--add-ca more.pem --log a.log --log b.log --since 2h --skip trace --skip machine --timeout 20 ' +
        '--timeout-result warn --now 2026-11-21T03:00:00.000Z',
    );
    expect(doctorLine({ ...plain, hosts: [www], ip: ['203.0.113.7', '2001:db8::7'] })).toBe(
      `rg-diag doctor ${www} --ip 203.0.113.7 --ip 2001:db8::7`,
    );
    expect(doctorLine(plain)).toBe('rg-diag doctor');
  });

  it('is what looks again at what the doctor itself has found', () => {
    const asked = { ...plain, hosts: ['https://www.example.com:18447/'], ip: ['127.0.0.1'], addCa: ['c.pem'] };
    const stopped = { code: 'timeout', detail: 'the deadline of 2 s was reached' } as const;
    const [first] = explain(doctorFacts([], { asked, stopped })).findings;
    expect(first?.rule).toBe('doctor/finished');
    expect(first?.again).toBe('rg-diag doctor https://www.example.com:18447/ --ip 127.0.0.1 --add-ca c.pem');
  });

  it('is without the time that was too short', () => {
    const asked = { ...plain, hosts: [www], timeout: 2 };
    const again = (code: 'timeout' | 'interrupted') =>
      explain(doctorFacts([], { asked, stopped: { code, detail: 'over' } })).findings.find(
        ({ rule }) => rule === 'doctor/finished',
      )?.again;
    expect(again('timeout')).toBe(`rg-diag doctor ${www}`);
    expect(again('interrupted')).toBe(`rg-diag doctor ${www} --timeout 2`);
  });
});

/** A check whose line is this one, with a finding that has this remedy. */
function ran(line: string, subject: CheckFacts['subject'], remedy?: string): CheckFacts {
  const [, command = ''] = /^rg-diag (config check|\S+)/.exec(line) ?? [];
  const rules: Readonly<Record<string, string>> = { 'config check': 'config-check/value', cert: 'cert/hostname' };
  const found =
    remedy === undefined
      ? finding('cert/expired', 'pass')
      : finding(rules[command] ?? `${command}/answers`, 'fail', 'unclassified', { remedy });
  return { ...check(command, subject, report({}, found)), line };
}

const config = 'rg-diag config check /tmp/railgun.conf';
const logFile = '/tmp/a b.log';
const log = `rg-diag logs '${logFile}' --since 24h`;
const server = { host: www, destination: '10.0.0.12:443' };
const cert = `rg-diag cert 10.0.0.12:443 --servername ${www} --connect-timeout 2 --add-ca c.pem`;
const origin = `rg-diag origin ${www} --ip 10.0.0.12 --mode flexible --railgun /tmp/railgun.conf --add-ca c.pem`;

describe('a remedy that names a command', () => {
  /** What becomes of the remedy of a certificate at that server. */
  const shown = (remedy: string, asked: DoctorAsked = plain) => {
    const others = [ran(config, {}), ran(log, { file: logFile }), ran(origin, server)];
    const other = ran('rg-diag cert 10.0.0.99:443 --servername shop.example.com', { host: 'shop.example.com' });
    const checks = [other, ran(cert, server, remedy), ...others];
    return explain(doctorFacts(checks, { asked })).findings.find(({ rule }) => rule === 'cert/hostname')?.remedy;
  };

  it.each([
    ['rg-diag config check\nCorrect the token.', `${config}\nCorrect the token.`],
    [
      'See why it ended: rg-diag logs /var/log/syslog, and its panic log.',
      `See why it ended: ${log}\nAnd its panic log.`,
    ],
    ['Look: rg-diag logs -v names them.', `Look: ${log} -v names them.`],
    ['rg-diag logs sums it up by cause.', `${log} sums it up by cause.`],
    ['Check the result: rg-diag cert HOST.', `Check the result: ${cert}`],
    ['(SNI): rg-diag cert ADDRESS --servername NAME.', `(SNI): ${cert}`],
    ['rg-diag cert HOST:PORT shows the chain.', `${cert} shows the chain.`],
    ['Trust it: rg-diag cert HOST --add-ca FILE.', `Trust it: ${cert} --add-ca FILE`],
    ['rg-diag cert HOST:PORT. Then mend it.', `${cert}\nThen mend it.`],
    ['rg-diag cert HOST, rg-diag logs /var/log/syslog.', `${cert}\n${log}`],
    [
      "See: grep -aF '[Activation]' /var/log/syslog\nIn /var/log/syslog it is.",
      "See: grep -aF '[Activation]' '/tmp/a b.log'\nIn /var/log/syslog it is.",
    ],
    [`See all: rg-diag cert 10.0.0.12:443 --servername ${www}`, `See all: ${cert}`],
    [`Try: rg-diag origin ${www} --ip 10.0.0.12 --mode strict`, `Try: ${origin.replace('flexible', 'strict')}`],
  ])('%s: it is the line that was run', (remedy, expected) => {
    expect(shown(remedy)).toBe(expected);
  });

  it.each([
    // Another place, another command, or another meaning.
    'See all: rg-diag cert 10.0.0.13:443 --servername shop.example.net',
    `Give it: rg-diag origin ${www} --ip ADDRESS`,
    'Or the journal: rg-diag logs --journal',
    'rg-diag explain 525',
    'What rg-diag certainly does not know.',
    'rg-diag probe 10.0.0.12 80 443',
    'Ask for nothing.',
    'Name a host: rg-diag doctor HOST',
    'How it is now: rg-diag trace HOST.',
  ])('%s: it stays', (remedy) => {
    expect(shown(remedy)).toBe(remedy);
  });

  it('and is the doctor itself, has what was asked of it', () => {
    const asked = { ...plain, hosts: [www], addCa: ['c.pem'] };
    expect(shown('See: rg-diag doctor --dry-run', asked)).toBe(`See: rg-diag doctor ${www} --add-ca c.pem --dry-run`);
  });

  it('and names a host besides, has what was asked of the doctor', () => {
    const remedy = 'To look past it: rg-diag doctor shop.test --resolver 1.1.1.1';
    const asked = { ...plain, config: '/tmp/railgun.conf', caFile: 'ca.pem', readTimeout: 2 };
    const whole = 'rg-diag doctor shop.test --config /tmp/railgun.conf --read-timeout 2 --ca-file ca.pem';
    expect(shown(remedy, asked)).toBe(`To look past it: ${whole} --resolver 1.1.1.1`);
    expect(shown(remedy, { ...asked, hosts: ['https://shop.test/a'] })).toContain(
      'rg-diag doctor https://shop.test/a --config',
    );
    // Where the origin of another host is, is not where that of this one is.
    expect(shown(remedy, { ...asked, hosts: [www], ip: ['10.0.0.12'] })).toBe(remedy);
  });

  it('of a file that is known, names that', () => {
    const remedy = 'Let rg-listener alone read it: chown root:railgun FILE; chmod 640 FILE.\nThen look.';
    const of = (line?: number) => {
      const place = { file: '/tmp/rail gun.conf', ...(line !== undefined && { line }) };
      const found = finding('config-check/exposed-secret', 'warn', 'exposed-secret', { remedy, place });
      return explain(doctorFacts([check('config check', {}, report({}, found))])).findings[0]?.remedy;
    };
    expect(of()).toBe(
      "Let rg-listener alone read it: chown root:railgun '/tmp/rail gun.conf'; chmod 640 '/tmp/rail gun.conf'\nThen look.",
    );
    // That line names the file which is meant.
    expect(of(7)).toBe(remedy);
  });

  it('and comes first, is at the end of the answer and has no mark behind it', () => {
    const remedy = 'See why: rg-diag logs /var/log/syslog.\nThen start it.';
    const listener = check('listener', {}, report({}, finding('listener/process', 'fail', 'not-running', { remedy })));
    const [answer] = explain(doctorFacts([listener, ran(log, { file: logFile })])).blocks;
    expect(answer?.kind === 'note' && answer.text).toMatch(
      / Do first: See why: rg-diag logs '\/tmp\/a b\.log' --since 24h$/,
    );
  });

  it('takes time in proportion to it', () => {
    const remedy = `rg-diag cert ${'A'.repeat(100_000)} ${"' ".repeat(50_000)}rg-diag ${'cert '.repeat(50_000)}`;
    expect(shown(remedy)).toContain('rg-diag cert');
  });
});
