import { describe, expect, it } from 'vitest';
import { validateLines, validateRun } from '../schema.js';
import { rgDiag } from './run.js';

const value = 'direct (internal error)';

const secrets = {
  RG_DIAG_TOKEN: 'hunter2-token',
  USER: 'hunter2-user',
  HOSTNAME: 'hunter2-host',
  HOME: '/hunter2-home',
};

async function ticketIn(format: string): Promise<string> {
  const ran = await rgDiag(['decode', value, '--ticket', '-f', format], {
    // Another zone: the time of a ticket is UTC wherever it is made.
    env: { ...secrets, TZ: 'Asia/Tokyo' },
  });
  expect(ran).toMatchObject({ stderr: '', exit: 1 });
  expect(ran.stdout).not.toContain('hunter2');
  return ran.stdout;
}

function expectWhole(ticket: string): void {
  const time = /Time \(UTC\): +(\S+Z)/.exec(ticket)?.[1] ?? '';
  // Now, give or take the time that the test takes: in the zone of the run it would be hours away.
  expect(Math.abs(Date.parse(time) - Date.now())).toBeLessThan(600_000);
  expect(ticket).toMatch(/Target:\s+direct \(internal error\)/);
  expect(ticket).toMatch(/Value:\s+direct \(internal error\)/);
  expect(ticket).toMatch(/warn decode\/internal-error: /);
}

describe('--ticket', () => {
  it('comes after the report of text', async () => {
    const text = await ticketIn('text');
    expectWhole(text);
    expect(text.indexOf('UTC')).toBeGreaterThan(text.indexOf('WARNING'));
  });

  it('is a key of the JSON document', async () => {
    const run = JSON.parse(await ticketIn('json'));
    expect(validateRun(run)).toEqual([]);
    expectWhole(run.ticket);
  });

  it('is a key of the last line of NDJSON', async () => {
    const output = await ticketIn('ndjson');
    expect(validateLines(output)).toEqual([]);
    const [report, run] = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(report).not.toHaveProperty('ticket');
    expectWhole(run.ticket);
  });

  it('is long output of nagios', async () => {
    const [status, ...long] = (await ticketIn('nagios')).split('\n');
    expect(status).toMatch(/^RG-DIAG DECODE WARNING - /);
    expect(status).not.toContain('UTC');
    expectWhole(long.join('\n'));
    expect(long.join('\n')).not.toContain('|');
  });

  it('is a part of the page', async () => {
    const page = await ticketIn('html');
    expectWhole(/<pre class="ticket">([^<]*)<\/pre>/.exec(page)?.[1] ?? '');
  });

  it('is not there unless it is asked for', async () => {
    const { stdout } = await rgDiag(['decode', value, '--json']);
    expect(JSON.parse(stdout)).not.toHaveProperty('ticket');
  });
});
