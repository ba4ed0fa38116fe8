import { hostname } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { createDeadline } from '../../src/io/deadline.js';
import { type Resolved, resolve } from '../../src/io/resolve.js';
import type { Outcome } from '../../src/model/failure.js';
import type { NetworkOptions } from '../../src/model/network.js';
import { createDnsServer } from '../servers/dns.js';
import { closedPort } from '../servers/peers.js';

const server = await createDnsServer({
  'www.example': { addresses: ['192.0.2.1', '192.0.2.2', '2001:db8::1'] },
  'v4.example': { addresses: ['192.0.2.1'] },
  'v6.example': { addresses: ['2001:db8::1'] },
  'twice.example': { addresses: ['192.0.2.1', '192.0.2.1', '192.0.2.2'] },
  'empty.example': { addresses: [] },
  'long.example': { addresses: Array.from({ length: 60 }, (_, index) => `192.0.2.${index + 1}`), truncated: true },
  'xn--bcher-kva.example': { addresses: ['192.0.2.3'] },
  'under_score.example': { addresses: ['192.0.2.4'] },
  'failing.example': 'servfail',
  'refusing.example': 'refused',
  'silent.example': 'silence',
  'never.example': 'silence',
  'garbled.example': 'garbage',
});
afterAll(() => server.close());

const signal = new AbortController().signal;
const resolver = { address: server.address, port: server.port };

function addressesOf(outcome: Outcome<Resolved>) {
  if (!outcome.ok) throw new Error(`${outcome.failure.code}: ${outcome.failure.detail}`);
  return outcome.value.destinations.map(({ address }) => address);
}

function failureOf(outcome: Outcome<Resolved>) {
  if (outcome.ok) throw new Error(`found ${JSON.stringify(outcome.value)}`);
  return outcome.failure;
}

const ask = (host: string, options: NetworkOptions = {}) => resolve(host, 443, { resolver, ...options }, signal);

/** Takes six seconds: under way while the other tests are. */
const neverAnswered = ask('never.example', { family: 4 });

describe('a name server', () => {
  it.each([
    ['every address of both families', 'www.example', {}, ['192.0.2.1', '192.0.2.2', '2001:db8::1']],
    ['those of IPv4 with -4', 'www.example', { family: 4 }, ['192.0.2.1', '192.0.2.2']],
    ['those of IPv6 with -6', 'www.example', { family: 6 }, ['2001:db8::1']],
    ['each address once', 'twice.example', {}, ['192.0.2.1', '192.0.2.2']],
    ['one family, where there is no other', 'v6.example', {}, ['2001:db8::1']],
    ['a name whatever its case', 'WWW.Example', {}, ['192.0.2.1', '192.0.2.2', '2001:db8::1']],
    ['a name with the dot of the root', 'v4.example.', {}, ['192.0.2.1']],
    ['a name of any script', 'Bücher.example', {}, ['192.0.2.3']],
    ['a name that is none of a host', 'under_score.example', {}, ['192.0.2.4']],
  ] as const)('gives %s', async (_, host, options, addresses) => {
    const outcome = await ask(host, options);
    expect(addressesOf(outcome)).toEqual(addresses);
    expect(outcome).toMatchObject({ value: { by: 'resolver' } });
  });

  it('is asked again over TCP for an answer that was cut', async () => {
    const before = server.asked.length;
    expect(addressesOf(await ask('long.example', { family: 4 }))).toHaveLength(60);
    expect(server.asked.slice(before)).toEqual(['A long.example udp', 'A long.example tcp']);
  });

  it('is not asked for the family that is not wanted', async () => {
    const before = server.asked.length;
    await ask('www.example', { family: 6 });
    expect(server.asked.slice(before)).toEqual(['AAAA www.example udp']);
  });

  it('gives the port with every address', async () => {
    expect(await ask('www.example')).toMatchObject({
      value: {
        destinations: [
          { kind: 'ip', address: '192.0.2.1', family: 4, port: 443 },
          { kind: 'ip', address: '192.0.2.2', family: 4, port: 443 },
          { kind: 'ip', address: '2001:db8::1', family: 6, port: 443 },
        ],
      },
    });
  });

  it.each([
    ['that the name is not there', 'nothing.example', {}, 'name-not-found', /ENOTFOUND nothing\.example/],
    ['that the name has no address', 'empty.example', {}, 'no-address', /^empty\.example has no address$/],
    [
      'of an address of the other family',
      'v6.example',
      { family: 4 },
      'no-address',
      /^v6\.example has no address of IPv4$/,
    ],
    ['of an error of its own', 'failing.example', {}, 'resolver-failed', /ESERVFAIL failing\.example/],
    ['nothing that can be read', 'garbled.example', {}, 'resolver-failed', /EBADRESP garbled\.example/],
    ['that it will not answer', 'refusing.example', {}, 'resolver-failed', /EREFUSED refusing\.example/],
  ] as const)('that tells %s', async (_, host, options, code, detail) => {
    const failure = failureOf(await ask(host, options));
    expect(failure).toMatchObject({ code, step: 'resolve', blame: 'resolver', detail: expect.stringMatching(detail) });
  });

  it.each(['failing.example', 'nothing.example'])('is named where it is to blame (%s)', async (host) => {
    expect(failureOf(await ask(host)).detail).toContain(`asked 127.0.0.1:${server.port}`);
  });

  it('that does not answer is not waited for after the deadline', async () => {
    const deadline = createDeadline(0.2);
    const outcome = await resolve('silent.example', 443, { resolver }, deadline.signal);
    expect(failureOf(outcome)).toEqual({
      code: 'timeout',
      step: 'resolve',
      blame: 'resolver',
      detail: `no answer from 127.0.0.1:${server.port} about silent.example: the deadline of 0.2 s was reached`,
      byRun: true,
    });
  });

  it('that never answers is unreachable, without any deadline', async () => {
    expect(failureOf(await neverAnswered)).toMatchObject({ code: 'resolver-unreachable', blame: 'resolver' });
  });

  it('that is not there is unreachable', async () => {
    const { address, port } = await closedPort();
    const failure = failureOf(await ask('www.example', { resolver: { address, port } }));
    expect(failure).toMatchObject({ code: 'resolver-unreachable', step: 'resolve', blame: 'resolver' });
    expect(failure.detail).toContain(`name server 127.0.0.1:${port}`);
  });

  it.each(['fe80::1', 'fe80::1%lo', 'fe80::1%nonesuch'])('at an address that cannot be used (%s)', async (address) => {
    const failure = failureOf(await ask('www.example', { resolver: { address, port: 53 } }));
    expect(failure).toMatchObject({ step: 'resolve', blame: 'resolver' });
    expect(failure.code).toBe('resolver-unreachable');
  });

  it('over IPv6', async () => {
    const other = await createDnsServer({ 'www.example': { addresses: ['192.0.2.9'] } }, 0, '::1');
    expect(addressesOf(await ask('www.example', { resolver: other }))).toEqual(['192.0.2.9']);
    await other.close();
  });

  it.each([`${'a'.repeat(64)}.example`, `${'a.'.repeat(130)}example`])(
    'is not asked for what cannot be a name',
    async (host) => {
      const before = server.asked.length;
      expect(failureOf(await ask(host))).toMatchObject({ code: 'name-not-found', blame: 'us' });
      expect(server.asked.length).toBe(before);
    },
  );
});

describe('nobody is asked', () => {
  const given = [
    { host: 'www.example', port: 443, address: '198.51.100.1' },
    { host: 'www.example', port: 443, address: '2001:db8::5' },
    { host: 'www.example', port: 80, address: '198.51.100.2' },
  ];

  it.each([
    ['for an address', '192.0.2.7', {}, ['192.0.2.7'], 'literal'],
    ['for an IPv6 address', '2001:db8::7', {}, ['2001:db8::7'], 'literal'],
    ['for an address with a zone', 'fe80::1%eth0', {}, ['fe80::1%eth0'], 'literal'],
    ['for an address that is written as a number', '0x7f000001', {}, ['127.0.0.1'], 'literal'],
    ['for what --resolve gives', 'www.example', { resolve: given }, ['198.51.100.1', '2001:db8::5'], 'option'],
    ['for what --resolve gives, with -6', 'www.example', { resolve: given, family: 6 }, ['2001:db8::5'], 'option'],
    [
      'for what --resolve gives, whatever the case',
      'WWW.EXAMPLE',
      { resolve: given },
      ['198.51.100.1', '2001:db8::5'],
      'option',
    ],
    ['for where --connect-to leads', 'www.example', { connectTo: { host: '192.0.2.8' } }, ['192.0.2.8'], 'literal'],
  ] as const)('%s', async (_, host, options, addresses, by) => {
    const before = server.asked.length;
    const outcome = await ask(host, options);
    expect(addressesOf(outcome)).toEqual(addresses);
    expect(outcome).toMatchObject({ value: { by } });
    expect(server.asked.length).toBe(before);
  });

  it('for an address of the family that is not wanted', async () => {
    expect(failureOf(await ask('192.0.2.7', { family: 6 }))).toMatchObject({
      code: 'no-address',
      detail: '192.0.2.7 has no address of IPv6, only 192.0.2.7',
    });
  });

  it('but for another port than that of --resolve', async () => {
    expect(addressesOf(await resolve('www.example', 8443, { resolver, resolve: given }, signal))).toContain(
      '192.0.2.1',
    );
  });
});

describe('--connect-to', () => {
  it('leads to every address of another name, and to its port', async () => {
    const outcome = await ask('elsewhere.example', { connectTo: { host: 'www.example', port: 8443 } });
    expect(outcome).toMatchObject({
      value: { destinations: [{ address: '192.0.2.1', port: 8443 }, { port: 8443 }, { port: 8443 }] },
    });
  });

  it('keeps the port of the target where it has none', async () => {
    const outcome = await ask('elsewhere.example', { connectTo: { host: 'v4.example' } });
    expect(outcome).toMatchObject({ value: { destinations: [{ address: '192.0.2.1', port: 443 }] } });
  });
});

describe('the system', () => {
  it('gives what /etc/hosts has', async () => {
    const outcome = await resolve('localhost', 80, {}, signal);
    expect(addressesOf(outcome)).toContain('127.0.0.1');
    expect(outcome).toMatchObject({ value: { by: 'hosts' } });
  });

  it('knows itself', async () => {
    expect(addressesOf(await resolve(hostname(), 80, {}, signal)).length).toBeGreaterThan(0);
  });

  it('is not waited for when the run is over', async () => {
    const deadline = createDeadline(undefined);
    deadline.interrupt('the run was interrupted by SIGINT');
    expect(failureOf(await resolve('nothing.invalid', 80, {}, deadline.signal))).toMatchObject({
      code: 'interrupted',
      step: 'resolve',
      detail: 'no answer about nothing.invalid: the run was interrupted by SIGINT',
    });
  });
});
