import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeListenerLine } from '../../src/decoders/listener-log-line.js';
import {
  createListenerLogReader,
  type ListenerLogReaderOptions,
  type ListenerLogTally,
  mergeListenerTallies,
  summariseListenerLog,
} from '../../src/decoders/listener-log-reader.js';
import type { ListenerLineId } from '../../src/knowledge/listener-log-lines.js';

const folder = 'test/fixtures/listener-log';
const asOf = Date.parse('2026-06-01T12:00:00Z');
const zone = process.env['TZ'];
const published = readFileSync(join(folder, 'published.log'), 'latin1').trimEnd().split('\n');

beforeAll(() => {
  process.env['TZ'] = 'Europe/Berlin';
});

afterAll(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

type Options = Partial<ListenerLogReaderOptions>;

/** Reads bytes, cut at these places, with the index or line by line. */
function read(log: string | Uint8Array, options: Options = {}, isIndexed = true, cuts: readonly number[] = []) {
  const bytes = typeof log === 'string' ? Buffer.from(log) : log;
  const reader = createListenerLogReader({ asOf, ...options }, isIndexed);
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    reader.push(bytes.slice(from, cut));
    from = cut;
  }
  return reader.finish();
}

/** What `onRequest` is told. */
function requests(log: string | Uint8Array, options: Options = {}, isIndexed = true): unknown[] {
  const told: unknown[] = [];
  const onRequest: ListenerLogReaderOptions['onRequest'] = ({ id, parts, prefix, row, remedy }, at, number) => {
    told.push({ id, parts, prefix, row, remedy, at, number });
  };
  read(log, { ...options, onRequest }, isIndexed);
  return told;
}

const syslogHeads: Readonly<Record<string, string>> = {
  rfc3164: 'May  7 23:35:57 www railgun[199.27.130.135:22114]: ',
  iso: '2026-05-07T23:35:57.123456+02:00 www rg-listener: ',
  rfc5424: '<30>1 2026-05-07T21:35:57.123Z www rg-listener - - - ',
};

/** A line as each form has it. */
const forms: Readonly<Record<string, (line: string) => string>> = {
  bare: (line) => line,
  ...Object.fromEntries(Object.entries(syslogHeads).map(([form, head]) => [form, (line: string) => head + line])),
  journald: (line) =>
    JSON.stringify({
      __REALTIME_TIMESTAMP: '1778189757123456',
      SYSLOG_IDENTIFIER: 'railgun',
      _HOSTNAME: 'www',
      MESSAGE: line,
    }),
};

describe('the lines that are published', () => {
  const ids = published.map((line) => decodeListenerLine(line)?.id ?? expect.fail());

  it.each(Object.keys(forms))('are recognised as %s, however they end and are cut', (form) => {
    for (const end of ['', '\r', ' ', '#012', '#012 #012 \r']) {
      const write = forms[form] ?? expect.fail();
      const log = published.map((line) => `${form === 'journald' ? write(line + end) : write(line) + end}\n`).join('');
      for (const isIndexed of [true, false]) {
        const tally = read(log, {}, isIndexed);
        expect([tally.lines, tally.recognised, tally.unrecognised]).toEqual([ids.length, ids.length, 0]);
        expect([...tally.forms]).toEqual([[form, ids.length]]);
        expect([...tally.causes.keys()].sort()).toEqual([...new Set(ids)].sort());
        if (form !== 'bare') expect([...tally.machines.names]).toEqual([['www', ids.length]]);
        const [first, last] = form === 'rfc3164' ? [0, 0] : [123, 123];
        const at = Date.parse('2026-05-07T21:35:57Z');
        expect([tally.first, tally.last]).toEqual(form === 'bare' ? [Infinity, -Infinity] : [at + first, at + last]);
      }
    }
  });

  it('read the same one byte at a time', () => {
    const log = Object.values(forms)
      .flatMap((write) => published.map((line) => `${write(line)}\n`))
      .join('');
    const cuts = Array.from({ length: Buffer.byteLength(log) }, (_, at) => at);
    expect(read(log, {}, true, cuts)).toEqual(read(log));
    expect(read(log, {}, false, cuts)).toEqual(read(log, {}, false));
  });

  it('are told with their parts where they are of a request', () => {
    const log = Object.values(forms)
      .flatMap((write) => published.map((line) => `${write(line)}\n`))
      .join('');
    const told = requests(log);
    expect(told).toEqual(requests(log, {}, false));
    const ofRequests = published.filter((line) => decodeListenerLine(line)?.parts['requestId'] !== undefined);
    expect(told).toHaveLength(5 * ofRequests.length);
    expect(told[ofRequests.length]).toMatchObject({
      id: 'ping',
      parts: { direction: 'Rx', requestId: '0000000000' },
      prefix: { tag: 'railgun', hostname: 'www', peer: '199.27.130.135:22114', time: 'May  7 23:35:57' },
      at: Date.parse('2026-05-07T21:35:57Z'),
    });
  });

  it('are no longer recognised, or something else, where they are cut off: never an error', () => {
    for (const write of Object.values(forms)) {
      const lines = published.flatMap((line) => {
        const whole = write(line);
        return Array.from({ length: whole.length }, (_, end) => `${whole.slice(0, end)}\n\n`);
      });
      const [indexed, plain] = [read(lines.join('')), read(lines.join(''), {}, false)];
      expect(indexed).toEqual(plain);
      expect(plain.lines).toBe(2 * lines.length);
    }
  });
});

describe('logs', () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.log'));

  it.each(names)('%s', (name) => {
    const log = readFileSync(join(folder, name));
    const expected: unknown = JSON.parse(readFileSync(join(folder, name.replace(/log$/, 'json')), 'utf8'));
    for (const isIndexed of [true, false]) {
      expect(summariseListenerLog(read(log, { file: name }, isIndexed))).toEqual(expected);
    }
  });
});

describe('how lines differ', () => {
  const line = 'memcached: connection failed';

  it('counts what other programs wrote by their tag, whatever it says', () => {
    const log = ['sshd[12]', 'memcached', 'kernel', 'CRON', 'railgun2', 'postfix/smtpd[1]', 'dbus-daemon[1]']
      .flatMap((tag) => [`May  7 23:35:57 www ${tag}: ${line}`, `2026-05-07T21:35:57Z www ${tag}: ${line}`])
      .join('\n');
    for (const isIndexed of [true, false]) {
      expect(read(log, {}, isIndexed)).toMatchObject({ lines: 14, ofOthers: 14, recognised: 0, unrecognised: 0 });
    }
  });

  it('joins a line that was wrapped with its rest, and nothing else', () => {
    const [start, rest] = [
      'connection failed 127.0.0.1:443/a.example: x509: certificate is valid for',
      'b.example, not a.example',
    ];
    expect(read(`${start}\n${rest}\n`)).toMatchObject({ considered: 2, recognised: 1, unrecognised: 0 });
    expect([...read(`${start}\n${rest}`).causes.keys()]).toEqual(['wrong-host']);
    expect(read(`${syslogHeads['rfc3164']}${start}\n${rest}\n`)).toMatchObject({ recognised: 1, unrecognised: 0 });
    for (const between of ['\n\n', '\nHTTP 502\n', `\n${syslogHeads['rfc3164']}`]) {
      expect([...read(start + between + rest).causes.keys()]).not.toContain('wrong-host');
    }
    expect([...read(`${start}\n`).causes.keys()]).toEqual(['connection-failed-otherwise']);
    expect(read('dial tcp 127.0.0.1:443:\n')).toMatchObject({ recognised: 0, unrecognised: 1 });
  });

  it('counts a failure of an origin that no document lists, with its own time, and leaves alone what follows', () => {
    const failed = (at: string) =>
      `2026-05-07T${at}Z www railgun[1.2.3.4:5]: connection failed 192.0.2.1:443/a.example: EOF\n`;
    const log = `${failed('21:35:57')}that is no rest of it\n${failed('21:35:58')}2026-05-07T21:40:00Z www railgun: x\n${failed('21:35:59')}`;
    for (const isIndexed of [true, false]) {
      const tally = read(log, {}, isIndexed);
      expect(tally).toMatchObject({ lines: 5, considered: 5, recognised: 3, unrecognised: 2 });
      const cause = tally.causes.get('connection-failed-otherwise') ?? expect.fail();
      expect(cause).toMatchObject({ count: 3, sample: { line: 5 } });
      expect([cause.first, cause.last]).toEqual([57, 59].map((second) => Date.parse(`2026-05-07T21:35:${second}Z`)));
      expect([...cause.hosts.names]).toEqual([['a.example', 3]]);
    }
  });

  it('counts a line that syslog made of several as often as it says, and as one line', () => {
    const silent = 'no response from origin (timeout) 192.0.2.1:80/a.example';
    const log = `${syslogHeads['rfc3164']}${silent}\n${syslogHeads['rfc3164']}message repeated 99 times: [ ${silent}]\n`;
    for (const isIndexed of [true, false]) {
      const tally = read(log, {}, isIndexed);
      expect(tally).toMatchObject({ lines: 2, recognised: 2, unrecognised: 0 });
      const cause = tally.causes.get('no-response') ?? expect.fail();
      expect(cause.count).toBe(100);
      expect([...cause.hosts.names, ...cause.destinations.names]).toEqual([
        ['a.example', 100],
        ['192.0.2.1:80', 100],
      ]);
      expect([...cause.rate.values()]).toEqual([100]);
      expect([...tally.machines.names]).toEqual([['www', 2]]);
    }
  });

  it('reads the log of Go, journalctl’s short-full, and what mail quotes, with their times', () => {
    const heads = [
      '2026/05/07 23:35:57 ',
      'Thu 2026-05-07 21:35:57 UTC www rg-listener[9]: ',
      '> May  7 23:35:57 www railgun: ',
    ];
    const others = 'Thu 2026-05-07 21:35:58 UTC www sshd[1]: x\n';
    for (const isIndexed of [true, false]) {
      const tally = read(heads.map((head) => `${head}${line}\n`).join('') + others, {}, isIndexed);
      const at = Date.parse('2026-05-07T21:35:57Z');
      expect(tally).toMatchObject({ recognised: 3, unrecognised: 0, ofOthers: 1, first: at, last: at });
      expect([...tally.forms].sort()).toEqual([
        ['bare', 1],
        ['iso', 1],
        ['rfc3164', 1],
      ]);
    }
    const wrapped = `> connection failed 192.0.2.1:443/a.example: dial tcp\n> 192.0.2.1:443: i/o timeout\n`;
    expect([...read(wrapped).causes.keys()]).toEqual(['connection-timeout']);
  });

  it('counts a status that only rg-listener’s tag makes its own, in the journal too', () => {
    const said = 'answered HTTP 502 for a.example';
    const journal = (name: string) => JSON.stringify({ SYSLOG_IDENTIFIER: name, MESSAGE: said });
    const log = [
      said,
      syslogHeads['iso'] + said,
      journal('railgun'),
      JSON.stringify({ MESSAGE: said }),
      journal('nginx'),
    ];
    for (const isIndexed of [true, false]) {
      const tally = read(log.join('\n'), {}, isIndexed);
      expect(tally).toMatchObject({ recognised: 2, unrecognised: 2, ofOthers: 1 });
      expect(tally.causes.get('http-502')?.count).toBe(2);
    }
  });

  it('names the forms in one order, whichever way the lines are read', () => {
    const line3 = `${syslogHeads['rfc5424']}${line}\n${syslogHeads['rfc3164']}${line}\n${line}\n${syslogHeads['iso']}${line}\n`;
    for (const isIndexed of [true, false]) {
      const { forms: found } = summariseListenerLog(read(line3, {}, isIndexed));
      expect(Object.keys(found)).toEqual(['bare', 'iso', 'rfc3164', 'rfc5424']);
    }
  });

  it('reads Latin-1, UTF-8, NUL and no newline at the end', () => {
    const odd = Buffer.concat([
      Buffer.from('\ufeffconnection failed 192.0.2.1:443/b\u00fccher.example: remote error: handshake failure\n'),
      Buffer.from('connection failed 192.0.2.1:443/b\u00fccher.example: remote error: handshake failure\n', 'latin1'),
      Buffer.from([0, 0, 0, 10]),
      Buffer.from(line),
    ]);
    const tally = read(odd);
    expect(tally).toMatchObject({ lines: 4, recognised: 3, unrecognised: 1 });
    expect([...(tally.causes.get('handshake-failure')?.hosts.names ?? [])]).toEqual([['b\u00fccher.example', 2]]);
  });

  it.each([65_536, 65_537, 400_000, 600_000, 3_000_000])('passes over what is long in a line of %i bytes', (length) => {
    const head = 'May  7 23:35:57 www sshd[1]: ';
    const named = 'connection failed 127.0.0.1:443/a.example: x509: certificate is valid for ';
    const log = [
      line,
      head + 'x'.repeat(length - head.length),
      `${named + 'a.'.repeat(length).slice(0, length - named.length - 11)}, not a.com`,
      line,
    ];
    for (const isIndexed of [true, false]) {
      const tally = read(log.join('\n'), {}, isIndexed, [10, 70_000, 524_287, 524_288]);
      expect([tally.lines, tally.ofOthers, tally.recognised, tally.unrecognised]).toEqual([
        4,
        1,
        length > 65_536 ? 2 : 3,
        length > 65_536 ? 1 : 0,
      ]);
      expect(tally.causes.get('memcached-failed')?.sample.line).toBe(4);
      for (const { sample } of tally.unrecognisedSamples) expect(sample.text).toHaveLength(500);
    }
  });

  it('considers what is within since and until only', () => {
    const log = ['20', '21', '22', '23']
      .map((hour) => `May  7 ${hour}:00:00 www railgun[1.2.3.4:5]: ${line}\n${line}\n`)
      .join('');
    const at = (hour: number) => Date.parse(`2026-05-07T${hour}:00:00+02:00`);
    for (const isIndexed of [true, false]) {
      const tally = read(log, { since: at(21), until: at(22) }, isIndexed);
      expect(tally).toMatchObject({ lines: 8, considered: 4, recognised: 4, first: at(21), last: at(22) });
      expect(read(log, { since: at(22) + 1 }, isIndexed)).toMatchObject({ considered: 2, first: at(23) });
      expect(read(log, { until: at(20) - 1 }, isIndexed)).toMatchObject({ considered: 0, first: Infinity });
    }
  });

  it('keeps samples of unrecognised lines that differ', () => {
    const log = Array.from(
      { length: 100 },
      (_, at) => `${syslogHeads['rfc3164']}odd ${at}\n${syslogHeads['iso']}word${'ab'.repeat(at)} x\n`,
    );
    const { unrecognised, unrecognisedSamples } = summariseListenerLog(read(log.join('')));
    expect(unrecognised).toBe(200);
    expect(unrecognisedSamples.map((sample) => sample.line)).toEqual([1, 2, 4, 6, 8]);
  });
});

describe('what is counted', () => {
  const failing = (host: string, at = '192.0.2.1:443') =>
    `connection failed ${at}/${host}: remote error: handshake failure\n`;

  it('names the most frequent hosts, and counts the rest', () => {
    const hosts = Array.from({ length: 6000 }, (_, at) => `h${at}.example`);
    const log = [...hosts, ...hosts.slice(100, 130), `${'x'.repeat(300)}.example`]
      .map((host) => failing(host))
      .join('');
    for (const isIndexed of [true, false]) {
      const tally = read(log, {}, isIndexed);
      expect(tally.causes.get('handshake-failure')?.hosts.names.size).toBe(4096);
      const [cause] = summariseListenerLog(tally).causes;
      expect(cause).toMatchObject({
        count: 6031,
        otherHosts: 6031 - 40,
        destinations: { '192.0.2.1:443': 6031 },
        otherDestinations: 0,
      });
      expect(Object.values(cause?.hosts ?? {})).toEqual(Array.from({ length: 20 }, () => 2));
    }
  });

  it('spreads lines over intervals that grow with the log', () => {
    const at = (seconds: number) => new Date(Date.parse('2026-05-01T00:00:00Z') + seconds * 1000).toISOString();
    const log = (step: number, count: number) =>
      Array.from({ length: count }, (_, line) => `${at(line * step)} www railgun: memcached: connection failed\n`).join(
        '',
      );
    const rateOf = (text: string, isIndexed: boolean) => {
      const { rate, causes } = summariseListenerLog(read(text, {}, isIndexed));
      return { seconds: rate?.seconds, intervals: rate?.intervals, from: rate?.from, rate: causes[0]?.rate };
    };
    for (const isIndexed of [true, false]) {
      const from = '2026-05-01T00:00:00.000Z';
      expect(rateOf(log(1, 3), isIndexed)).toEqual({ seconds: 1, intervals: 3, from, rate: [1, 1, 1] });
      expect(rateOf(log(1, 60), isIndexed)).toMatchObject({ seconds: 1, intervals: 60 });
      expect(rateOf(log(1, 61), isIndexed)).toMatchObject({ seconds: 5, intervals: 13, from });
      expect(rateOf(log(3600, 24), isIndexed)).toMatchObject({ seconds: 1800, intervals: 47, from });
      expect(rateOf(log(86_400, 300), isIndexed)).toMatchObject({ seconds: 691_200 });
      // Late lines, and one of long ago.
      const all = rateOf(
        `${log(3600, 24) + log(60, 10)}1970-01-01T00:00:00Z w railgun: memcached: connection failed\n`,
        isIndexed,
      );
      expect(all.from).toBe('1970-01-01T00:00:00.000Z');
      expect(all.rate?.reduce((sum, lines) => sum + lines)).toBe(35);
    }
  });
});

/** Lines that are read one way or another, near the edges of what the index is sure of. */
const heads = [
  '',
  'May  7 23:35:57 www railgun[199.27.130.135:22114]: ',
  'May  7 23:36:58 www railgun[[2400:cb00::1]:22114]: ',
  'Mar 29 01:59:59 www rg-listener: ',
  'Mar 29 02:30:00 www rg-listener: ',
  'Mar 29 03:00:00 www rg_listener[12]:',
  'Oct 25 02:30:00 www railgun[]: ',
  'Dec 31 23:59:59 www RAILGUN: ',
  'Jan  1 00:00:00 www Rg-Listener: ',
  'Jun  2 13:00:00 www railgun: ',
  'Feb 29 00:00:00 w railgun: ',
  'May 7 23:35:57 www railgun: ',
  'May  7 23:35:57.123 www railgun: ',
  'May  7 23:35:57  www railgun: ',
  'May  7 23:35:57 www sshd[1]: ',
  'May  7 23:35:57 w#w railgun: ',
  'May  7 23:35:57 www sshd',
  'May  7 23:35:57 www a]b: ',
  'Mai  7 23:35:57 www railgun: ',
  'May 32 23:35:57 www railgun: ',
  'May  7 23:35:61 www railgun: ',
  '2026-05-07T23:35:57.123456+02:00 www rg-listener: ',
  '2026-05-07T23:35:57,1Z www rg-listener: ',
  '2026-05-07T23:35:57.1234567890Z www rg-listener: ',
  '2026-05-07T23:35:57-0330 www nginx: ',
  '2026-05-07T23:35:57 www rg-listener: ',
  '2026-02-29T23:35:57Z www rg-listener: ',
  '2016-12-31T23:59:60Z www rg-listener: ',
  '1969-12-31T23:59:59Z www rg-listener: ',
  '2026-05-07T23:35:57+02:60 www rg-listener: ',
  '<30>May  7 23:35:57 www railgun: ',
  '<30>1 2026-05-07T21:35:57.123Z www rg-listener - - - ',
  '<30>1 - - sshd - - - ',
  '2026/05/07 23:35:57 ',
  'Thu 2026-05-07 21:35:57 UTC www rg-listener[9]: ',
  'Thu 2026-05-07 21:35:57 UTC www sshd[9]: ',
  '> ',
  '> May  7 23:35:57 www railgun: ',
  'rg-listener: ',
  '[Activation] ',
  '[2a074d8b36f00000-ATL] ',
  '[2A074D8B36F0000-atl]',
  '[Activation][2a074d8b36f00000-ATL] ',
];

const messages = [
  ...published,
  '',
  'x',
  '... a.example origin request failed 1.2.3.4:443 to %s: x509: certificate signed by unknown authority',
  'a.example origin request failed 1.2.3.4:443 to %s: x509: certificate is valid for b.example, not a.example',
  'a.example origin request failed 1.2.3.4:443 to : no',
  'connection failed 1.2.3.4:443/a.example: dial tcp 1.2.3.4:443: connect: connection refused.',
  'connection failed 1.2.3.4:443/a.example:8443: remote error: tls: handshake failure',
  'connection failed 1.2.3.4:443/[2001:db8::1]: x509: certificate signed by unknown authority',
  'connection failed 1.2.3.4:443/a#012b: x509: certificate signed by unknown authority',
  'connection failed 127.0.0.1:443/a.example: x509: certificate is valid for',
  'b.example, not a.example',
  'connection failed 127.0.0.1:443/a.example: x509: certificate is valid for , not ',
  'Error getting page: dial tcp 1.2.3.4:80:connect: connection refused',
  'Error getting page: dial tcp 1.2.3.4:80: i/o timeout',
  'dial tcp : i/o timeout',
  'dial tcp a:getsockopt: i/o timeout',
  'dial tcp :11211: i/o timeout',
  'dial tcp 11211: i/o timeout',
  'dial tcp 1.2.3.4:11211 : i/o timeout',
  'dial tcp 1.2.3.4:111211: i/o timeout',
  'dial tcp 127.0.0.1:11212: i/o timeout',
  'dial tcp 104.16.1.1:443: i/o timeout',
  'dial tcp [::1]:11211: i/o timeout.',
  'dial tcp 127.0.0.1:11211: connect: connection refused',
  'dial tcp 127.0.0.1:11211: getsockopt: i/o timeout.',
  'dial tcp connect: connection refused',
  'dial tcp a:11211:connect: connection refused',
  'connection failed 1.2.3.4:443/a.example: dial tcp 1.2.3.4:443: connect: connection refused',
  'connection failed 1.2.3.4:443/a.example: dial tcp a:connect:connect:connection refused',
  'connection failed 1.2.3.4:443/a.example: dial tcp a: connect: connect: connection refused',
  'connection failed 1.2.3.4:443/a.example: dial tcp i/o timeout.',
  'connection failed 1.2.3.4:443/a.example: remote error: tls: handshake failures',
  'connection failed 1.2.3.4:443/a.example:8443: ',
  'connection failed 1.2.3.4:443/a.example: EOF',
  'connection failed 1.2.3.4:443/a.example: dial tcp 1.2.3.4:443: connect: no route to host',
  'a.example origin request failed 1.2.3.4:443 to %s: x509: certificate has expired or is not yet valid',
  'Error getting page: EOF',
  'bad Content-Length: -1',
  'bad Content-Length: "a b"',
  'Transmit time:550us',
  'Assigned Railgun ID: ',
  'Error activating: x509: certificate has expired',
  'ab18927f79... HTTP/1.1 502 Error activating: x509: certificate',
  'ab18927f79... HTTP/1.1 502',
  'ab18927f79... GET https://example.com/?q=[1] HTTP/1.1 2001:db8::1 [gzip #deflate]',
  'ab18927f79... connected to a b',
  'ab18927f79... completed (1 body bytes in 1 seconds/))',
  'Rx [ab18927f79... FnBegin  FnData]',
  'Rx [ab18927f79... FnDataX FnData  DENone FnRequest]',
  'Tx [ab18927f79... FnNew]',
  'GET / HTTP/1.1 502',
  'HTTP 502',
  'message repeated 99 times: [ no response from origin (timeout) 192.0.2.1:80/a.example]',
  'message repeated 3 times: [ ab18927f79... connected to 192.0.43.10:80#012]',
  'message repeated 3 times: [ odd]',
  '-- Boot 1 --',
  '{"MESSAGE":"memcached: connection failed"}',
];

const ends = ['\n', '\r\n', '#012\n', ' \n', '\n\n', '\t#012 #012\n', '', '\v\n', '\u00a0\n'];

const anyLine = fc
  .tuple(fc.constantFrom(...heads), fc.constantFrom(...messages), fc.constantFrom(...ends))
  .map((parts) => parts.join(''));
const damagedLine = fc
  .tuple(anyLine, fc.nat(300), fc.string({ unit: 'binary', maxLength: 3 }), fc.nat(3))
  .map(([line, at, junk, skipped]) => line.slice(0, at) + junk + line.slice(at + skipped));
const anyLog = fc
  .array(fc.oneof({ weight: 3, arbitrary: anyLine }, damagedLine), { maxLength: 30 })
  .map((lines) => lines.join(''));

describe('any log', () => {
  it('reads the same with the index and line by line', () => {
    fc.assert(
      fc.property(
        anyLog,
        fc.constantFrom<Options>({}, { since: Date.parse('2026-03-29T01:00:00Z') }),
        (log, options) => {
          expect(read(log, options)).toEqual(read(log, options, false));
          expect(requests(log, options)).toEqual(requests(log, options, false));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads the same with the index where a line may go on in the next one', () => {
    const long = `connection failed 1.2.3.4:443/a.example: ${'x'.repeat(5000)}`;
    const open = [...messages, long].filter((message) => /failed |page/.test(message));
    for (const head of heads) {
      const log = open.flatMap((message) =>
        heads.flatMap((next) => [`${head}${message}\n${next}\n`, `${head}${message}\n${next}b, not a.example\n`]),
      );
      expect(read(log.join(''))).toEqual(read(log.join(''), {}, false));
    }
  });

  it('reads the same in the bytes of Latin-1', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const bytes = Buffer.from(log, 'latin1');
        expect(read(bytes)).toEqual(read(bytes, {}, false));
      }),
      { numRuns: 200 },
    );
  });

  it('reads the same however it is cut', () => {
    fc.assert(
      fc.property(anyLog, fc.array(fc.nat(3000)), (log, places) => {
        const bytes = Buffer.from(log);
        const cuts = places.filter((at) => at <= bytes.length).sort((a, b) => a - b);
        expect(read(bytes, {}, true, cuts)).toEqual(read(bytes));
      }),
      { numRuns: 300 },
    );
  });

  it('recognises in each line what decodeListenerLine recognises there', () => {
    for (const head of heads) {
      for (const message of messages) {
        const line = (head + message).trim();
        const tally = read(line, {}, false);
        if (tally.ofOthers > 0 || /^(?:> )?(?:\{|-- )/.test(line)) continue;
        const [id] = tally.causes.keys();
        expect([line, id]).toEqual([line, decodeListenerLine(line)?.id]);
      }
    }
  });

  it('counts in parts what it counts as a whole', () => {
    const line = fc
      .tuple(
        fc.integer({ min: 0, max: 1e7 }),
        fc.constantFrom(...published, 'unknown'),
        fc.constantFrom('railgun', 'sshd'),
      )
      .map(([seconds, text, tag]) => `${new Date(1.7e12 + seconds * 1000).toISOString()} www ${tag}: ${text}\n`);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), fc.array(line, { maxLength: 40 }), (a, b) => {
        const whole = read([...a, ...b].join(''));
        const [first, second] = [read(a.join('')), read(b.join(''))];
        expect(countsOf(mergeListenerTallies(first, second))).toEqual(countsOf(whole));
        expect(countsOf(mergeListenerTallies(second, first))).toEqual(countsOf(whole));
        const none = read('');
        expect(mergeListenerTallies(none, first)).toEqual(first);
        expect(mergeListenerTallies(first, none)).toEqual(first);
      }),
      { numRuns: 200 },
    );
  });

  it('of a million and more random bytes is read to its end', () => {
    let bytes = 0;
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4000, maxLength: 9000 }), fc.nat(20), (noise, newlines) => {
        for (let line = 0; line < newlines; line += 1) noise[Math.floor((noise.length * line) / newlines)] = 0x0a;
        bytes += noise.length;
        const tally = read(noise);
        expect(tally).toEqual(read(noise, {}, false));
        expect(tally.lines).toBe(Buffer.from(noise).toString('latin1').replace(/\n$/, '').split('\n').length);
      }),
      { numRuns: 200 },
    );
    expect(bytes).toBeGreaterThan(1e6);
  });

  // No clock: a linear reader needs milliseconds for these, a quadratic one hours, which the time limit of a test ends.
  it.each([
    '\n',
    ' ',
    '#012',
    'x',
    ':',
    '/',
    '{',
    '[',
    '\0',
    '\u00fc',
    'Rx [ab18927f79... FnData ',
    'connection failed a:1/b: \n',
    'dial tcp\n',
  ])('costs what it is long where it repeats %j', (piece) => {
    for (const head of ['', ...Object.values(syslogHeads)]) {
      const log = Buffer.from(head + piece.repeat((piece.endsWith('\n') ? 4e5 : 4e6) / piece.length));
      const lines = log.toString('latin1').replace(/\n$/, '').split('\n').length;
      expect(read(log).lines).toBe(lines);
    }
  });

  it('does not find many names of one hash slow', () => {
    // Names that the table of the index has in one place would be looked for one after the other.
    const log = Array.from(
      { length: 50_000 },
      (_, at) => `no response from origin (timeout) 192.0.2.1:80/${at}\n`,
    ).join('');
    expect(read(log).causes.get('no-response')).toMatchObject({ count: 50_000, hosts: { others: 50_000 - 4096 } });
  });
});

/** All but the samples, whose lines are counted from the beginning of each part. */
function countsOf(tally: ListenerLogTally): unknown {
  const causes = new Map<ListenerLineId, unknown>();
  for (const [id, { sample: _, ...cause }] of tally.causes) causes.set(id, cause);
  return { ...tally, causes, unrecognisedSamples: tally.unrecognisedSamples.length };
}
