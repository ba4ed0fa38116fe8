import fc from 'fast-check';
import { expect, it } from 'vitest';
import { explain } from '../../../src/commands/route/explain.js';
import type { WayFacts } from '../../../src/commands/route/facts.js';
import { routeEnd } from '../../../src/decoders/route-end.js';
import type { Failure } from '../../../src/model/failure.js';
import { resolvePointer } from '../../../src/model/pointer.js';
import { verdictOf } from '../../../src/model/report.js';

const destination = '203.0.113.9';
const addresses = ['192.0.2.1', '198.51.100.1', '162.158.1.1', destination, '2001:db8::1'];

const hops = fc.array(
  fc.record({
    hosts: fc.uniqueArray(
      fc
        .constantFrom(...addresses)
        .map((address) => ({ address, ...(address.startsWith('162.') && { cloudflare: true as const }) })),
      { maxLength: 2, selector: ({ address }) => address },
    ),
    lost: fc.nat(2),
    marks: fc.uniqueArray(fc.constantFrom('!H', '!N', '!X', '!13', '!99', '!P'), { maxLength: 2 }),
  }),
  { maxLength: 9 },
);

const cuts: readonly (Failure | undefined)[] = [
  undefined,
  { code: 'timeout', step: 'spawn', blame: 'us', detail: 'mtr did not end' },
  { code: 'timeout', step: 'spawn', blame: 'us', detail: 'mtr did not end', byRun: true },
  { code: 'interrupted', step: 'spawn', blame: 'us', detail: 'mtr did not end', byRun: true },
];

const ways = fc
  .record({
    hops,
    cut: fc.constantFrom(...cuts),
    protocol: fc.constantFrom('tcp' as const, 'udp' as const, 'icmp' as const),
    name: fc.constantFrom('mtr' as const, 'traceroute' as const, 'tracepath' as const),
    asked: fc.constantFrom('auto' as const, 'tcp' as const, 'udp' as const, 'icmp' as const),
  })
  .map(({ hops: rows, cut, protocol, name, asked }): WayFacts => {
    const all = rows.map(({ hosts, lost, marks }, index) => {
      const received = hosts.length === 0 ? 0 : 3 - lost;
      return {
        ttl: index + 1,
        hosts,
        sent: 3,
        received,
        loss: (3 - received) / 3,
        marks: hosts.length === 0 ? [] : marks,
      };
    });
    const { hops: seen, reachedAt, turnedBackBy, loop } = routeEnd(all, destination);
    return {
      kind: 'route',
      asked: { network: {}, protocol: asked, maxHops: 30, queries: 3 },
      host: destination,
      port: 443,
      address: destination,
      tool: { name, path: `/usr/bin/${name}` },
      protocol,
      command: [`/usr/bin/${name}`],
      tried: [],
      hops: seen,
      reached: reachedAt !== undefined,
      ...(turnedBackBy !== undefined && { turnedBackBy }),
      ...(loop !== undefined && { loop }),
      ...(cut !== undefined && { cut }),
      ms: 1,
      output: '',
    };
  });

it('whatever was seen is judged, and well is only what was reached and seen to its end', () => {
  fc.assert(
    fc.property(ways, (facts) => {
      const { findings, metrics, blocks, signals } = explain(facts);
      expect(findings.filter(({ code }) => code === 'unclassified')).toEqual([]);
      for (const { evidence } of findings) {
        for (const pointer of evidence) expect(resolvePointer(facts, pointer), pointer).toBeDefined();
      }
      if (verdictOf(findings) === 'ok') expect([facts.reached, facts.cut]).toEqual([true, undefined]);
      expect(metrics.every(({ value }) => Number.isFinite(value))).toBe(true);
      expect([blocks.length, signals.length].every((length) => length > 0)).toBe(true);
      for (const { remedy } of findings) expect(remedy).not.toContain('sudo');
    }),
    { numRuns: 2000 },
  );
});
