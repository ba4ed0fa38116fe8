import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFlight } from '../../src/decoders/tls-flight.js';
import { connect } from '../../src/io/connect.js';
import { handshake } from '../../src/io/handshake.js';
import type { SentCertificates, TlsRecording } from '../../src/model/tls.js';
import { type Authority, createAuthority, type Issued } from '../servers/authority.js';

const never = new AbortController().signal;
let authority: Authority;
let leaf: Issued;
const recordings: Record<string, TlsRecording> = {};

beforeAll(async () => {
  authority = await createAuthority();
  leaf = await authority.issue({ names: ['example.com'] });
  recordings['TLSv1.2'] = await recordingOf({ maxVersion: 'TLSv1.2' });
  recordings['TLSv1.3'] = await recordingOf({ minVersion: 'TLSv1.3', requestCert: true, rejectUnauthorized: false });
  recordings['retry'] = await recordingOf({ minVersion: 'TLSv1.3', ecdhCurve: 'P-521' });
});

afterAll(() => authority.close());

/** What a true server sends. */
async function recordingOf(options: TlsOptions): Promise<TlsRecording> {
  const server = createServer({ ...options, cert: leaf.pem + authority.intermediate.pem, key: leaf.key });
  server.on('tlsClientError', () => undefined).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const connected = await connect({ kind: 'ip', address: '127.0.0.1', family: 4, port }, { signal: never });
  if (!connected.ok) throw new Error(connected.failure.detail);
  let recorded: TlsRecording | undefined;
  const keep = (recording: TlsRecording) => {
    recorded = recording;
    return readFlight(recording);
  };
  const shaken = await handshake(connected.value, { record: keep }, { signal: never, seconds: 5 });
  if (!shaken.ok || recorded === undefined) throw new Error(JSON.stringify(shaken));
  shaken.value.socket.destroy();
  server.close();
  return recorded;
}

function recording(name: string): TlsRecording {
  const found = recordings[name];
  if (found === undefined) throw new Error(name);
  return found;
}

const names = ['TLSv1.2', 'TLSv1.3', 'retry'] as const;
const both = () => [leaf, authority.intermediate].map(({ der }) => Uint8Array.from(der));

/** Comparing texts is quicker by far than comparing arrays. */
function textOf(sent: SentCertificates | undefined): string {
  if (sent === undefined) return 'nothing';
  if ('failure' in sent) return sent.failure.detail;
  return sent.certificates.map((der) => Buffer.from(der).toString('base64')).join(' ');
}

const number = (value: number, width: number) =>
  Array.from({ length: width }, (_, index) => (value >> (8 * (width - 1 - index))) & 255);
const vector = (width: number, bytes: readonly number[]) => [...number(bytes.length, width), ...bytes];
const message = (type: number, body: readonly number[]) => [type, ...vector(3, body)];
const record = (type: number, body: readonly number[]) => [type, 3, 3, ...vector(2, body)];
const hello = (version: number, suite = 0xc02f, extensions?: readonly number[]) =>
  message(2, [
    ...number(version, 2),
    ...Array<number>(32).fill(7),
    ...vector(1, []),
    ...number(suite, 2),
    0,
    ...(extensions === undefined ? [] : vector(2, extensions)),
  ]);
const certificate = (...ders: readonly (readonly number[])[]) =>
  message(
    11,
    vector(
      3,
      ders.flatMap((der) => vector(3, der)),
    ),
  );
const flight = (bytes: readonly number[], cut = false) => readFlight({ bytes: Uint8Array.from(bytes), cut });

describe('a recorded handshake', () => {
  it.each(names)('%s', (name) => {
    expect(readFlight(recording(name))).toEqual({
      protocol: name === 'retry' ? 'TLSv1.3' : name,
      sent: { certificates: both() },
      asksForCertificate: name === 'TLSv1.3',
    });
  });

  it.each(names)('%s: every truncation shows the certificates whole, or not at all', (name) => {
    const { bytes, ...rest } = recording(name);
    const seen = new Set<string>();
    for (let length = 0; length <= bytes.length; length += 1) {
      const { sent } = readFlight({ ...rest, bytes: bytes.subarray(0, length) });
      seen.add(textOf(sent));
    }
    expect([...seen]).toEqual(['nothing', textOf({ certificates: both() })]);
  });

  it.each(names)(
    '%s: a bit that is wrong never throws, and is never taken for another certificate in TLS 1.3',
    (name) => {
      const { bytes, ...rest } = recording(name);
      const seen = new Set<string>();
      for (let bit = 0; bit < bytes.length * 8; bit += 3) {
        const damaged = Uint8Array.from(bytes);
        damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const { sent } = readFlight({ ...rest, bytes: damaged });
        if (sent !== undefined && 'certificates' in sent) seen.add(textOf(sent));
      }
      if (name === 'TLSv1.2') expect(seen.size).toBeGreaterThan(1);
      else expect([...seen]).toEqual([textOf({ certificates: both() })]);
    },
  );

  it('cannot be read with another key', () => {
    const secret = new Uint8Array(recording('TLSv1.3').secret ?? []).fill(1);
    const failure = { code: 'malformed', step: 'decode', detail: 'an encrypted record cannot be decrypted' };
    expect(readFlight({ ...recording('TLSv1.3'), secret })).toMatchObject({ sent: { failure } });
  });

  it('is not shown without a key', () => {
    const { bytes, cut } = recording('TLSv1.3');
    expect(readFlight({ bytes, cut })).toEqual({ protocol: 'TLSv1.3', asksForCertificate: false });
  });
});

describe('messages and records', () => {
  const messages = [...hello(0x0303), ...certificate([1, 2, 3], [4]), ...message(13, [0]), ...message(14, [])];
  const expected = {
    protocol: 'TLSv1.2',
    sent: { certificates: [Uint8Array.of(1, 2, 3), Uint8Array.of(4)] },
    asksForCertificate: true,
  };

  it('all messages in one record', () => {
    expect(flight(record(22, messages))).toEqual(expected);
  });

  it('every byte in a record of its own, empty ones between', () => {
    const bytes = messages.flatMap((byte) => [...record(22, [byte]), ...record(22, [])]);
    expect(flight(bytes)).toEqual(expected);
  });

  it('what follows is not looked at', () => {
    expect(flight([...record(22, messages), 1, 2, 3])).toEqual(expected);
    expect(flight([...record(22, [...hello(0x0302), ...certificate([1])]), ...record(20, [1]), 9, 9, 9])).toEqual({
      protocol: 'TLSv1.1',
      sent: { certificates: [Uint8Array.of(1)] },
      asksForCertificate: false,
    });
  });

  it.each([
    [0x0300, 'SSLv3'],
    [0x0301, 'TLSv1'],
    [0x0302, 'TLSv1.1'],
    [0x0303, 'TLSv1.2'],
    [0x7f1c, '0x7f1c'],
  ])('version %i is %s', (version, protocol) => {
    expect(flight(record(22, hello(version)))).toEqual({ protocol, asksForCertificate: false });
  });

  it('no certificate at all is a list of none', () => {
    expect(flight(record(22, [...hello(0x0303), ...certificate()]))).toMatchObject({ sent: { certificates: [] } });
  });

  it('a fatal alert in the clear', () => {
    expect(flight(record(21, [2, 112]))).toEqual({ asksForCertificate: false, alert: 112 });
    expect(flight([...record(21, [1, 112]), ...record(21, [2, 0])])).toEqual({ asksForCertificate: false });
    expect(flight([...record(22, messages.slice(0, -4)), ...record(21, [2, 40])])).toEqual({ ...expected, alert: 40 });
  });
});

describe('what is damaged', () => {
  const tls13 = [...number(43, 2), ...vector(2, number(0x0304, 2))];

  it.each([
    [
      'no record',
      [...'HTTP/1.1'].map((char) => char.charCodeAt(0)),
      'no TLS record at byte 0: 48 54 54 50 2f 31 2e 31',
    ],
    ['a record too long', [22, 3, 3, 0x50, 0], 'no TLS record at byte 0'],
    ['a hello too short', record(22, message(2, [3, 3])), 'the ServerHello is damaged'],
    ['a list too short', record(22, message(11, [0, 0])), 'the Certificate message is damaged'],
    [
      'a list with more behind it',
      record(22, message(11, [...vector(3, []), 1])),
      'the Certificate message is damaged',
    ],
    ['a certificate too long', record(22, message(11, vector(3, [0, 0, 9, 1]))), 'is damaged at certificate 1'],
    [
      'data in the handshake',
      [...record(22, hello(0x0303)), ...record(23, [1])],
      'application data within the handshake',
    ],
    ['compression', record(22, message(25, [0])), 'the Certificate message is compressed'],
  ])('%s', (_, bytes, detail) => {
    const failure = { code: 'malformed', step: 'decode', blame: 'target', detail: expect.stringContaining(detail) };
    expect(flight(bytes)).toMatchObject({ sent: { failure } });
  });

  it('a cipher suite of TLS 1.3 that is not known, and a record in the clear', () => {
    const secret = new Uint8Array(32);
    const start = (suite: number) => record(22, hello(0x0303, suite, tls13));
    const read = (bytes: readonly number[]) => readFlight({ bytes: Uint8Array.from(bytes), cut: false, secret });
    expect(read(start(0x1305))).toMatchObject({ sent: { failure: { detail: expect.stringContaining('0x1305') } } });
    expect(read([...start(0x1301), ...record(22, certificate([1]))])).toMatchObject({ sent: { failure: {} } });
    expect(read([...start(0x1301), ...record(23, [1])])).toMatchObject({ sent: { failure: {} } });
  });

  it('a recording that was cut says so, unless it has them', () => {
    expect(flight(record(22, hello(0x0303)), true)).toMatchObject({
      sent: { failure: { detail: expect.stringContaining('no whole Certificate message') } },
    });
    expect(flight(record(22, certificate([1])), true)).toMatchObject({ sent: { certificates: [Uint8Array.of(1)] } });
  });

  it('bytes of any kind never throw', () => {
    const secret = fc.option(fc.uint8Array({ maxLength: 48 }), { nil: undefined });
    const tlsLike = fc
      .array(fc.tuple(fc.constantFrom(20, 21, 22, 23), fc.uint8Array({ maxLength: 60 })))
      .map((records) => Uint8Array.from(records.flatMap(([type, body]) => record(type, [...body]))));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), tlsLike), secret, fc.boolean(), (bytes, key, cut) => {
        readFlight({ bytes, cut, ...(key !== undefined && { secret: key }) });
      }),
    );
  });

  it('a megabyte of the smallest records takes less than a second', () => {
    const bytes = Uint8Array.from({ length: 1_000_000 }, (_, index) => [22, 3, 3, 0, 1, 0][index % 6] ?? 0);
    const started = performance.now();
    readFlight({ bytes, cut: true });
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
