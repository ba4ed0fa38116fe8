import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeManifest, manifestWithoutSums } from '../../src/decoders/bundle-manifest.js';

const sum = 'a1'.repeat(32);
const file = { file: 'syslog.txt', bytes: 5, sha256: sum };
const manifest = (changes: object = {}) =>
  JSON.stringify({
    schema: 'rg-diag-bundle/1',
    version: '1',
    at: 'then',
    anonymised: true,
    parts: [],
    files: [file],
    ...changes,
  });

describe('a manifest', () => {
  it('is read as it was written', () => {
    const part = {
      kind: 'log',
      file: 'syslog.txt',
      what: 'a log',
      how: '/var/log/syslog',
      state: { state: 'collected' },
    };
    expect(decodeManifest(manifest({ parts: [part, 'x', { file: '../x' }] }))).toEqual({
      version: '1',
      at: 'then',
      anonymised: true,
      files: [file],
      parts: [{ kind: 'log', file: 'syslog.txt', what: 'a log', how: '/var/log/syslog' }],
    });
    expect(decodeManifest(manifest({ files: [{ ...file, sha256: sum.toUpperCase() }] }))).toMatchObject({
      files: [file],
    });
  });

  it.each([
    ['', 'a JSON object'],
    ['[]', 'a JSON object'],
    [manifest({ schema: 'rg-diag/1' }), 'the schema'],
    [manifest({ files: {} }), 'a list'],
    [manifest({ files: [file, file] }), 'twice'],
    ...['', '.', '..', 'a/b', '/etc/passwd', '../x', 'a\0b', 'n'.repeat(256), 7].map((name): [string, string] => [
      manifest({ files: [{ ...file, file: name }] }),
      'file 1 of its list',
    ]),
    [manifest({ files: [{ ...file, bytes: -1 }] }), 'file 1'],
    [manifest({ files: [{ ...file, bytes: 1.5 }] }), 'file 1'],
    [manifest({ files: [{ ...file, sha256: 'a1' }] }), 'file 1'],
    [manifest({ files: Array(10_001).fill(file) }), 'a list'],
  ])('that is none says why: %j', (text, says) => {
    expect(decodeManifest(text)).toMatchObject({
      code: 'malformed',
      step: 'decode',
      detail: expect.stringContaining(says),
    });
  });

  it('without its sums has everything else', () => {
    const shown = manifestWithoutSums(manifest({ token: sum, sums: [{ sha256: 'not one' }] }));
    expect(shown?.split(sum)).toHaveLength(2);
    expect(shown).toContain('not one');
    expect(manifestWithoutSums('{')).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((files) => manifest({ files, parts: files })),
        ),
        (text) => {
          decodeManifest(text);
          manifestWithoutSums(text);
        },
      ),
    );
  });
});
