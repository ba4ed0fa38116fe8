import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTracepath } from '../../src/decoders/tracepath.js';
import { routeFixtures } from './route-fixtures.js';

const fixtures = routeFixtures('tracepath');

describe('the output of tracepath', () => {
  it.each(fixtures)('$name', ({ text, route }) => {
    expect(decodeTracepath(text)).toEqual(route);
  });

  it.each(fixtures)('$name, cut off anywhere, holds nothing that is not there', ({ text, route }) => {
    const known = new Map(route.hops.map((hop) => [hop.ttl, hop]));
    for (let end = 0; end <= text.length; end += 1) {
      for (const { ttl, hosts, received, marks } of decodeTracepath(text.slice(0, end)).hops) {
        const whole = known.get(ttl);
        const addresses = whole?.hosts.map(({ address }) => address) ?? [];
        expect(addresses).toEqual(expect.arrayContaining(hosts.map(({ address }) => address)));
        expect(received).toBeLessThanOrEqual(whole?.received ?? 0);
        expect(whole?.marks).toEqual(expect.arrayContaining([...marks]));
      }
    }
  });

  it('does not take for a hop what this machine itself says', () => {
    expect(decodeTracepath(' 1?: [LOCALHOST]   0.014ms pmtu 1500\n')).toEqual({ hops: [], pmtu: 1500 });
    expect(decodeTracepath(' 1:  send failed\n 2:  no info\n').hops).toEqual([]);
  });

  it('never throws, and never counts more answers than probes', () => {
    const word = fc.oneof(
      fc.constantFrom(
        '1:',
        ' 2?: ',
        'no reply',
        '\n',
        '0.5ms',
        'reached',
        '!H',
        'pmtu',
        'asymm',
        '(',
        ')',
        'router.example',
      ),
      fc.nat(300).map(String),
      fc.ipV4(),
      fc.ipV6(),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(word), (words) => {
        for (const { sent, received, loss, ttl } of decodeTracepath(words.join(' ')).hops) {
          expect(received).toBeLessThanOrEqual(sent);
          expect(loss).toBeGreaterThanOrEqual(0);
          expect(ttl).toBeGreaterThan(0);
          expect(ttl).toBeLessThan(256);
        }
      }),
    );
  });

  // No clock: a linear decoder needs milliseconds for these, a quadratic one hours.
  it.each([' 1: 192.0.2.1 (', ' 1:', '(', ' ', '\t', ' 1:  192.0.2.1   0.5ms \n', ' 9ms', 'pmtu ', ' 1?:  no reply\n'])(
    'takes 4 MB of %j',
    (piece) => {
      expect(decodeTracepath(piece.repeat(4e6 / piece.length)).hops.length).toBeLessThan(256);
    },
  );
});
