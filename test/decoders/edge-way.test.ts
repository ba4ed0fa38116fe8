import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EdgeWay, edgeWay, type Scheme, schemeOfPort } from '../../src/decoders/edge-way.js';

const modes = ['off', 'flexible', 'full', 'strict', 'origin-pull'] as const;
type Mode = (typeof modes)[number];

type Expected = Readonly<Record<number, string>>;

/**
 * Written from Cloudflare's pages about SSL/TLS modes and network ports: how the edge connects for a visitor who asks in this
 * mode, with this scheme, on this port. `full https:8443` where other rules than those of the mode hold.
 */
const ways: Readonly<Record<Mode, Readonly<Record<Scheme, Expected>>>> = {
  off: {
    https: {
      80: 'http:80',
      443: 'http:80',
      8080: 'http:8080',
      8443: 'http:8443',
      2083: 'http:2083',
      2095: 'http:2095',
      12345: 'http:12345',
    },
    http: {
      80: 'http:80',
      443: 'http:80',
      8080: 'http:8080',
      8443: 'http:8443',
      2083: 'http:2083',
      2095: 'http:2095',
      12345: 'http:12345',
    },
  },
  flexible: {
    https: {
      80: 'http:80',
      443: 'http:80',
      8080: 'http:8080',
      8443: 'full https:8443',
      2083: 'full https:2083',
      2095: 'http:2095',
      12345: 'http:12345',
    },
    http: {
      80: 'http:80',
      443: 'http:80',
      8080: 'http:8080',
      8443: 'http:8443',
      2083: 'http:2083',
      2095: 'http:2095',
      12345: 'http:12345',
    },
  },
  full: {
    https: {
      80: 'https:80',
      443: 'https:443',
      8080: 'https:8080',
      8443: 'https:8443',
      2083: 'https:2083',
      2095: 'https:2095',
      12345: 'https:12345',
    },
    http: {
      80: 'http:80',
      443: 'http:443',
      8080: 'http:8080',
      8443: 'http:8443',
      2083: 'http:2083',
      2095: 'http:2095',
      12345: 'http:12345',
    },
  },
  strict: {
    https: {
      80: 'https:80',
      443: 'https:443',
      8080: 'https:8080',
      8443: 'https:8443',
      2083: 'https:2083',
      2095: 'https:2095',
      12345: 'https:12345',
    },
    http: {
      80: 'http:80',
      443: 'http:443',
      8080: 'http:8080',
      8443: 'http:8443',
      2083: 'http:2083',
      2095: 'http:2095',
      12345: 'http:12345',
    },
  },
  'origin-pull': {
    https: {
      80: 'https:443',
      443: 'https:443',
      8080: 'https:8080',
      8443: 'https:8443',
      2083: 'https:2083',
      2095: 'https:2095',
      12345: 'https:12345',
    },
    http: {
      80: 'https:443',
      443: 'https:443',
      8080: 'https:8080',
      8443: 'https:8443',
      2083: 'https:2083',
      2095: 'https:2095',
      12345: 'https:12345',
    },
  },
};

function textOf(asked: Mode, { scheme, port, mode }: EdgeWay): string {
  return `${mode === asked ? '' : `${mode} `}${scheme}:${port}`;
}

describe('the way to the origin', () => {
  const rows = modes.flatMap((mode) =>
    (['https', 'http'] as const).flatMap((scheme) =>
      Object.entries(ways[mode][scheme]).map(([port, way]) => [mode, scheme, Number(port), way] as const),
    ),
  );

  it('is known for every mode, scheme and kind of port', () => {
    expect(rows).toHaveLength(5 * 2 * 7);
  });

  it.each(rows)('under %s, for %s on %i, is %s', (mode, scheme, port, way) => {
    expect(textOf(mode, edgeWay(mode, scheme, port))).toBe(way);
  });

  it.each([2053, 2083, 2087, 2096, 8443])('under Flexible is that of Full on %i', (port) => {
    expect(edgeWay('flexible', 'https', port)).toEqual(edgeWay('full', 'https', port));
  });

  it('is total: one of the two schemes, and a port that was asked for or the usual one of the scheme', () => {
    const anyMode = fc.constantFrom(...modes);
    const anyScheme = fc.constantFrom('https' as const, 'http' as const);
    fc.assert(
      fc.property(anyMode, anyScheme, fc.integer({ min: 1, max: 65535 }), (mode, scheme, port) => {
        const way = edgeWay(mode, scheme, port);
        const usual = { https: 443, http: 80 }[way.scheme];
        expect([port, usual]).toContain(way.port);
        if (mode === 'full' || mode === 'strict') expect(way).toEqual({ scheme, port, mode });
        if (mode === 'off') expect(way.scheme).toBe('http');
        if (mode === 'origin-pull') expect(way.scheme).toBe('https');
        // Whoever keeps the scheme keeps the port.
        if (way.scheme === scheme && ![80, 443].includes(port)) expect(way.port).toBe(port);
        if (way.mode !== mode) expect([mode, way.mode, way.scheme]).toEqual(['flexible', 'full', 'https']);
      }),
    );
  });
});

describe('the scheme of a port', () => {
  it.each([80, 8080, 8880, 2052, 2082, 2086, 2095])('is http for %i', (port) => {
    expect(schemeOfPort(port)).toBe('http');
  });

  it.each([443, 2053, 2083, 2087, 2096, 8443])('is https for %i', (port) => {
    expect(schemeOfPort(port)).toBe('https');
  });

  it.each([1, 22, 81, 444, 8000, 12345, 65535])('is https for %i, which Cloudflare does not proxy', (port) => {
    expect(schemeOfPort(port)).toBe('https');
  });
});
