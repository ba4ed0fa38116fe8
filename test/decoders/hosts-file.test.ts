import { describe, expect, it } from 'vitest';
import { decodeHostsFile } from '../../src/decoders/hosts-file.js';

const text = [
  '127.0.0.1 localhost',
  '# 10.0.0.9 www.example.com',
  '',
  '10.0.0.12\twww.example.com  WWW.example.com shop # www.example.org',
  '  fe80::1%eth0 WWW.Example.org\r',
  'www.example.com 10.0.0.13',
  '300.0.0.1 www.example.com',
  '10.0.0.14 www.example.com.evil',
].join('\n');

describe('entries of a hosts file', () => {
  it('are those of the names that are asked for, each once a line, with the line', () => {
    expect(decodeHostsFile(text, new Set(['www.example.com', 'www.example.org']))).toEqual([
      { line: 4, address: '10.0.0.12', name: 'www.example.com' },
      { line: 5, address: 'fe80::1%eth0', name: 'www.example.org' },
    ]);
  });

  it('are found as aliases, and none is where none is asked for', () => {
    expect(decodeHostsFile(text, new Set(['shop']))).toEqual([{ line: 4, address: '10.0.0.12', name: 'shop' }]);
    expect(decodeHostsFile(text, new Set())).toEqual([]);
  });

  it('of every cut of a file can be read', () => {
    for (let end = 0; end < text.length; end += 1) {
      const entries = decodeHostsFile(text.slice(0, end), new Set(['www.example.com']));
      expect(entries.every(({ name }) => name === 'www.example.com')).toBe(true);
    }
  });
});
