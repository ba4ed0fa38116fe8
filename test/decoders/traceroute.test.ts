import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTraceroute } from '../../src/decoders/traceroute.js';
import { routeFixtures } from './route-fixtures.js';

const fixtures = routeFixtures('traceroute');

describe('the output of traceroute', () => {
  it.each(fixtures)('$name', ({ text, route }) => {
    expect(decodeTraceroute(text)).toEqual(route);
  });

  it.each(fixtures)('$name, cut off anywhere, holds nothing that is not there', ({ text, route }) => {
    const known = new Map(route.hops.map((hop) => [hop.ttl, hop]));
    for (let end = 0; end <= text.length; end += 1) {
      for (const { ttl, hosts, received, marks } of decodeTraceroute(text.slice(0, end)).hops) {
        const whole = known.get(ttl);
        const addresses = whole?.hosts.map(({ address }) => address) ?? [];
        expect(addresses).toEqual(expect.arrayContaining(hosts.map(({ address }) => address)));
        expect(received).toBeLessThanOrEqual(whole?.received ?? 0);
        expect(whole?.marks).toEqual(expect.arrayContaining([...marks]));
      }
    }
  });

  it('reads no number that was cut off as a time, and no mark as another one', () => {
    expect(decodeTraceroute('\n 1  192.0.2.1  0.03').hops).toEqual([]);
    expect(decodeTraceroute('\n 1  192.0.2.1  0.03 ms !1').hops[0]).toMatchObject({ received: 1, marks: [] });
    expect(decodeTraceroute('\n 1  192.0.2.1  0.03 ms !1\n').hops[0]).toMatchObject({ received: 1, marks: ['!1'] });
  });

  it('takes an address with a zone, and a hop whose router has none', () => {
    expect(decodeTraceroute(' 1  fe80::1%eth0  0.5 ms\n 2  0.5 ms\n').hops).toMatchObject([
      { hosts: [{ address: 'fe80::1' }] },
      { hosts: [], received: 1 },
    ]);
  });

  it('never throws, and never counts more answers than probes', () => {
    const word = fc.oneof(
      fc.constantFrom('ms', '*', '!', '!H', '!<13>', '(', ')', '\n', '\n 1 ', '0.5 ms', 'router.example', '[AS1]', '<'),
      fc.nat(300).map(String),
      fc.ipV4(),
      fc.ipV6(),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(word), (words) => {
        for (const { sent, received, loss, ttl } of decodeTraceroute(words.join(' ')).hops) {
          expect(received).toBeLessThanOrEqual(sent);
          expect(loss).toBeGreaterThanOrEqual(0);
          expect(ttl).toBeGreaterThan(0);
          expect(ttl).toBeLessThan(256);
        }
      }),
    );
  });

  // No clock: a linear decoder needs milliseconds for these, a quadratic one hours.
  it.each([
    '* ',
    '0',
    '(',
    '!',
    ' ',
    '\t',
    '192.0.2.1 ',
    '0.5 ms ',
    '\n 1  192.0.2.1  0.5 ms',
    'a(',
    '\n',
    ' 1 * ',
    '1.',
  ])('takes 4 MB of %j', (piece) => {
    expect(decodeTraceroute(piece.repeat(4e6 / piece.length)).hops.length).toBeLessThan(256);
  });
});
