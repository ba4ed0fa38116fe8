import { describe, expect, it } from 'vitest';
import { besideFolder } from '../../src/model/beside.js';
import { connectToWords, fileWord, optionWords, resolvingWords } from '../../src/model/option-words.js';

describe('the words of a line', () => {
  it.each([
    [optionWords('since', '24h'), ['--since', '24h']],
    [optionWords('since', '-1h'), ['--since=-1h']],
    [optionWords('timeout', 0), ['--timeout', '0']],
    [optionWords('config', undefined), []],
    [optionWords('config', fileWord('-odd.conf')), ['--config', './-odd.conf']],
    [connectToWords({ connectTo: { host: '2001:db8::1', port: 8443 } }), ['--connect-to', '[2001:db8::1]:8443']],
    [connectToWords({ connectTo: { host: 'origin.test' } }), ['--connect-to', 'origin.test']],
    [connectToWords({}), []],
    [resolvingWords({ family: 6, connectTimeout: 3 }), ['-6']],
  ])('%j', (words, expected) => {
    expect(words).toEqual(expected);
  });
});

describe('what is made beside a folder', () => {
  it.each([
    ['case', 'case.map.json'],
    ['/a/case//', '/a/case.map.json'],
    ['/', '/.map.json'],
  ])('%s is never in it', (directory, path) => {
    expect(besideFolder(directory, '.map.json')).toBe(path);
  });
});
