import { describe, expect, it } from 'vitest';
import { hostsInEvidence } from '../../src/decoders/evidence-hosts.js';
import type { EvidenceKind } from '../../src/decoders/evidence-kind.js';
import { decodeSecretList } from '../../src/decoders/secret-list.js';

describe('names of hosts in a file', () => {
  it.each<[EvidenceKind, string, string[]]>([
    [
      'railgun-nat',
      'Shop.Example.net = internal7:8443\n*.a.example.org = 10.0.0.5\ndefault = 10.0.0.6',
      ['shop.example.net', 'a.example.org'],
    ],
    [
      'log',
      'Nov 20 03:00:01 web7 railgun[162.158.1.2:22114]: GET https://shop.example.net/x failed',
      ['web7', 'shop.example.net'],
    ],
    [
      'text',
      'ftp://me:pw@files.example.net:21/ and http://10.0.0.5/ and http://[::1]/ and http://localhost/',
      ['files.example.net'],
    ],
    [
      'report',
      '{"host": "a.example.net", "Hostname":"b.example.net.", "names": 3, "note": "c.example.net"}',
      ['a.example.net', 'b.example.net'],
    ],
    [
      'text',
      'Host: shop.example.net\r\nDNS:*.cert.example.net, CN=cn.example.net',
      ['shop.example.net', 'cert.example.net', 'cn.example.net'],
    ],
    ['text', 'version 1.2.3.4, file.name and 12:34:56', []],
  ])('in a %s: %j', (kind, text, names) => {
    expect(hostsInEvidence(kind, text)).toEqual(expect.arrayContaining(names));
    const others = hostsInEvidence(kind, text).filter((name) => !names.includes(name));
    expect(others.filter((name) => name !== 'internal7')).toEqual([]);
  });

  // No clock: a quadratic search would take hours, which the time limit of a test ends.
  it.each(['://', 'host:', '"host":"', 'a.', 'CN=', ' ', '://a@'])(
    'cost as much as the text is long: 4 MB of %j',
    (piece) => {
      expect(hostsInEvidence('text', piece.repeat(4e6 / piece.length)).length).toBeLessThan(2);
    },
  );
});

describe('a list of secrets', () => {
  it('has one a line, blanks around it aside', () => {
    const { secrets } = decodeSecretList('\ufefffirst\r\n\n  with blank inside \nfirst\n');
    expect([...secrets]).toEqual([
      ['first', 'secret 1'],
      ['with blank inside', 'secret 3'],
    ]);
    expect(decodeSecretList('').secrets.size).toBe(0);
  });
});
