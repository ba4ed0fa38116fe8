import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { railgunDestination } from '../../src/decoders/railgun-destination.js';
import { decodeRailgunNat } from '../../src/decoders/railgun-nat.js';
import { railgunWay } from '../../src/decoders/railgun-way.js';

function wayOf(map: string, host = 'a.example', port = 443) {
  return railgunWay({ host, port, scheme: 'https', map: decodeRailgunNat(map), originAddress: '8.8.8.8' });
}

const numbers = (lines: readonly { readonly line: number }[]) => lines.map(({ line }) => line);

describe('why a request goes where it goes', () => {
  it('says what was looked for, in order, and which was taken', () => {
    const { steps } = wayOf('default=::1\na.example=::2\na.example:443=::3\nb.example=::4\na.example=::2\n');
    expect(steps.map(({ step, lines, taken }) => [step, numbers(lines), taken === true])).toEqual([
      ['host-and-port', [3], true],
      ['host', [2, 5], false],
      ['default', [1], false],
      ['CF-ORIGIN-IP', [], false],
    ]);
  });

  it('says where it would go without the line', () => {
    const { withoutLine } = wayOf('default=::1\na.example=::2\n');
    expect(withoutLine).toMatchObject({ host: '::1', decidedBy: { line: 1 } });
    expect(wayOf('a.example=::2\n').withoutLine).toMatchObject({ host: '8.8.8.8', decidedBy: 'CF-ORIGIN-IP' });
    expect(wayOf('a.example=::1\na.example=::2\n').withoutLine).toMatchObject({ host: '::1', decidedBy: { line: 1 } });
    expect(wayOf('b.example=::2\n')).not.toHaveProperty('withoutLine');
  });

  it('names lines that cannot be used where they come first, and wildcards where they would decide', () => {
    expect(numbers(wayOf('a.example=1.2.3.400\ndefault=::1\n').unusable)).toEqual([1]);
    expect(numbers(wayOf('default=1.2.3.400\na.example=::1\n').unusable)).toEqual([]);
    expect(numbers(wayOf('*.example=::1\ndefault=::1\n').wildcards)).toEqual([1]);
    expect(numbers(wayOf('*.example=::1\na.example=::1\n').wildcards)).toEqual([]);
  });

  it('bounds what it names', () => {
    const map = `${'a.example=::1\n'.repeat(50)}a.example =${' '.repeat(1000)}::2\n`;
    const way = wayOf(map);
    expect(way.others.length).toBe(10);
    const [, host] = way.steps;
    expect(host?.lines.length).toBe(10);
    expect(host?.lines.at(-1)?.line).toBe(51);
    expect(host?.lines.at(-1)?.text.length).toBe(200);
  });

  it('takes the line that railgunDestination takes, for any map', () => {
    const name = fc.constantFrom(
      'a.example',
      'b.example',
      'default',
      '*.example',
      'a.example:443',
      'a.example:80',
      'bad name',
    );
    const target = fc.constantFrom('::1', '10.0.0.1', '10.0.0.1:2083', 'nowhere', '1.2.3.400');
    const line = fc.tuple(name, target).map(([left, right]) => `${left} = ${right}`);
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom(80, 443, 2083), (lines, port) => {
        const map = decodeRailgunNat(lines.join('\n'));
        const asked = { host: 'a.example', port, scheme: 'https', map, originAddress: '8.8.8.8' } as const;
        const way = railgunWay(asked);
        expect(way.destination).toEqual(railgunDestination(asked));
        const taken = way.steps.filter((step) => step.taken === true);
        expect(taken.length).toBe(1);
        const { decidedBy } = way.destination;
        if (decidedBy === 'CF-ORIGIN-IP') expect(taken[0]?.step).toBe('CF-ORIGIN-IP');
        else expect(numbers(taken[0]?.lines ?? [])).toContain(decidedBy.line);
      }),
    );
  });
});
