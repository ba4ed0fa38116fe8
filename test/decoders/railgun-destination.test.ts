import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DestinationAsked, railgunDestination } from '../../src/decoders/railgun-destination.js';
import { decodeRailgunNat } from '../../src/decoders/railgun-nat.js';

const origin = '203.0.113.34';

/** `https://host:port` with a map. */
function sent(url: string, map?: string, change: Partial<DestinationAsked> = {}) {
  const [, scheme = '', host = '', port] = /^(https?):\/\/(\[.*\]|[^:]*)(?::(\d+))?$/.exec(url) ?? [];
  return railgunDestination({
    host,
    port: Number(port ?? (scheme === 'http' ? 80 : 443)),
    scheme: scheme === 'http' ? 'http' : 'https',
    map: map === undefined ? undefined : decodeRailgunNat(map),
    originAddress: origin,
    ...change,
  });
}

const documented = 'default = 127.0.0.1\nexample.com:2083 = 127.0.0.1:2083\n';
const loadBalancer =
  '# This is a comment. It starts with #\n\n#example.com=127.0.0.1\n\nwww.domain.com=127.0.0.1\napi.domain.com=127.0.0.1\n' +
  'host.anotherdomain.com=127.0.0.1\n\ndefault=127.0.0.2\n';

describe('where rg-listener sends a request', () => {
  it.each([
    ['without a map', 'https://example.com', undefined, origin, 443, 'CF-ORIGIN-IP'],
    ['with an empty map', 'http://example.com', '', origin, 80, 'CF-ORIGIN-IP'],
    ['for the port of a line', 'https://example.com:2083', documented, '127.0.0.1', 2083, 2],
    ['for another port', 'https://example.com', documented, '127.0.0.1', 443, 1],
    ['for another host', 'https://example.net', documented, '127.0.0.1', 443, 1],
    ['for a host of a line', 'https://api.domain.com', loadBalancer, '127.0.0.1', 443, 6],
    ['for a host in a comment', 'http://example.com', loadBalancer, '127.0.0.2', 80, 9],
    ['for a host in any case', 'https://API.domain.COM', loadBalancer, '127.0.0.1', 443, 6],
    ['for a host that no line names', 'https://a.example', 'b.example = 127.0.0.1', origin, 443, 'CF-ORIGIN-IP'],
    ['to the port of an IPv6 target', 'https://a.example', 'a.example = [2001:db8::1]:443', '2001:db8::1', 443, 1],
    ['to a name with a port', 'https://a.example', 'a.example = localhost:8080', 'localhost', 8080, 1],
    ['for an address', 'https://[2001:DB8::9]', '[2001:db8::9]:443 = [::1]:8443', '::1', 8443, 1],
    ['for host and port before host', 'https://a.example', 'a.example=::1\na.example:443=::2', '::2', 443, 2],
    ['for a host before default', 'https://a.example', 'a.example=::1\ndefault=::2', '::1', 443, 1],
    ['for a default with a port', 'https://a.example', 'default = 127.0.0.1:8443', '127.0.0.1', 8443, 1],
  ])('%s', (_, url, map, host, port, decided) => {
    const to = sent(url, map);
    const by = to.decidedBy === 'CF-ORIGIN-IP' ? to.decidedBy : to.decidedBy.line;
    expect([to.host, to.port, by]).toEqual([host, port, decided]);
    expect(to).not.toHaveProperty('portLost');
    expect(to).not.toHaveProperty('ambiguous');
    expect(to.notes).toEqual([]);
  });

  it('says which line decided, without what surrounds it', () => {
    expect(sent('https://a.example', '\ufeff\t a.example\t= ::1 \r\n').decidedBy).toEqual({
      line: 1,
      text: 'a.example\t= ::1',
    });
  });

  it('takes the brackets off the address of the origin', () => {
    expect(sent('https://a.example', '', { originAddress: '[2001:db8::34]' }).host).toBe('2001:db8::34');
  });
});

describe('the trap with ports', () => {
  it.each([
    ['https://example.com:2083', undefined, 443],
    ['http://example.com:8080', undefined, 80],
    ['https://example.com:2083', 'default = 127.0.0.1', 443],
    ['https://example.com:2083', 'example.com = 127.0.0.1', 443],
    ['https://example.com:2087', documented, 443],
    ['https://example.com:2083', 'example.com = 127.0.0.1:8443', 8443],
  ])('%s with %j arrives at another port', (url, map, port) => {
    expect(sent(url, map)).toMatchObject({ port, portLost: Number(url.slice(-4)) });
  });

  it.each([
    ['https://example.com:2083', 'example.com = 127.0.0.1:2083', 2083],
    ['https://example.com:2083', 'example.com:2083 = 127.0.0.1:9000', 9000],
    ['http://example.com:443', undefined, 80],
    ['https://example.com:80', undefined, 443],
  ])('%s with %j loses none', (url, map, port) => {
    const to = sent(url, map);
    expect(to.port).toBe(port);
    expect(to).not.toHaveProperty('portLost');
  });

  it('is not lost to plain HTTP, which insecure.origin wants', () => {
    const to = sent('https://example.com', undefined, { scheme: 'http' });
    expect(to.port).toBe(80);
    expect(to).not.toHaveProperty('portLost');
  });

  it('says that a line with a port on its left alone is not documented', () => {
    expect(sent('https://example.com:2083', 'example.com:2083 = 127.0.0.1')).toEqual({
      host: '127.0.0.1',
      port: 443,
      decidedBy: { line: 1, text: 'example.com:2083 = 127.0.0.1' },
      portLost: 2083,
      notes: ['line 1 names a port for the host and none for its target: where that leads is not documented'],
    });
  });
});

describe('what no document says', () => {
  it('is which of two lines counts', () => {
    expect(sent('https://a.example', 'a.example = ::1\nA.example = ::2\ndefault = ::3\na.example=::4')).toEqual({
      host: '::4',
      port: 443,
      decidedBy: { line: 4, text: 'a.example=::4' },
      ambiguous: true,
      otherLines: [
        { line: 1, text: 'a.example = ::1' },
        { line: 2, text: 'A.example = ::2' },
      ],
      notes: ['lines 1, 2 are for the same too: which one counts is not documented, the last one is taken'],
    });
    expect(sent('https://b.example', 'default = ::1\ndefault = ::2')).toMatchObject({ host: '::2', ambiguous: true });
  });

  it('matters nothing where they agree, or something closer decides', () => {
    expect(sent('https://a.example', 'a.example = ::1\na.example = ::1')).not.toHaveProperty('ambiguous');
    expect(sent('https://a.example', 'default = ::1\ndefault = ::2\na.example = ::3')).not.toHaveProperty('ambiguous');
  });

  it.each([
    ['https://www.a.example', '*.a.example = ::1\ndefault = ::2', '::2', 1],
    ['https://x.www.a.example', '*.a.example = ::1', origin, 1],
    ['https://www.a.example', '*.a.example:443 = ::1', origin, 1],
    ['https://a.example', '*.a.example = ::1', origin, 0],
    ['https://www.a.example', '*.a.example:8443 = ::1', origin, 0],
    ['https://nota.example', '*.a.example = ::1', origin, 0],
    ['https://www.a.example', '*.a.example = ::1\nwww.a.example = ::2', '::2', 0],
  ])('is what a wildcard does: %s with %j', (url, map, host, noted) => {
    const note = 'line 1 is for this host by a wildcard, which no document has: it is not applied';
    expect(sent(url, map)).toMatchObject({ host, notes: noted === 1 ? [note] : [] });
  });

  it.each([
    ['a.example = 127.0.0.1;', 1],
    ['default = ::1\na.example:443 = 300.0.0.1', 2],
    ['default = nowhere!', 1],
    ['a.example = ::1\ndefault = nowhere!', 0],
    ['a.example:8443 = nowhere!', 0],
    ['b.example = nowhere!', 0],
  ])('is what becomes of a line whose target cannot be read: %j', (map, line) => {
    const note = `line ${line} is for this request too, but its target cannot be read`;
    expect(sent('https://a.example', map).notes).toEqual(line > 0 ? [note] : []);
  });
});

it('every request goes somewhere: to a target of the map or to the origin', () => {
  const name = fc.constantFrom('a.example', 'A.example', 'b.example', '*.example', 'default', 'x y', '');
  const port = fc.constantFrom('', ':443', ':80', ':8443', ':0');
  const target = fc.constantFrom('127.0.0.1', '[::1]:443', '::1', 'localhost:8080', 'x y', '', '1.2');
  const line = fc.tuple(name, port, target).map(([left, at, right]) => `${left}${at} = ${right}`);
  const url = fc.constantFrom('https://a.example', 'http://b.example:8443', 'https://c.example:8443', 'http://[::1]');
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), url, (lines, asked) => {
      const to = sent(asked, lines.join('\n'));
      expect(to.port).toBeGreaterThan(0);
      if (to.decidedBy === 'CF-ORIGIN-IP') expect(to.host).toBe(origin);
      else expect(to.decidedBy.text).toBe(lines[to.decidedBy.line - 1]?.trim());
      if (to.portLost !== undefined) expect([to.portLost, to.port === 8443]).toEqual([8443, false]);
      expect(to.ambiguous === true).toBe(to.otherLines !== undefined);
    }),
    { numRuns: 3000 },
  );
});
