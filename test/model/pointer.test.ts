import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolvePointer } from '../../src/model/pointer.js';

/** The document and the pointers of RFC 6901, section 5. */
const document = {
  foo: ['bar', 'baz'],
  '': 0,
  'a/b': 1,
  'c%d': 2,
  'e^f': 3,
  'g|h': 4,
  'i\\j': 5,
  'k"l': 6,
  ' ': 7,
  'm~n': 8,
};

describe('resolvePointer', () => {
  it.each<[string, unknown]>([
    ['', document],
    ['/foo', ['bar', 'baz']],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/e^f', 3],
    ['/g|h', 4],
    ['/i\\j', 5],
    ['/k"l', 6],
    ['/ ', 7],
    ['/m~0n', 8],
  ])('finds %j as the standard says', (pointer, value) => {
    expect(resolvePointer(document, pointer)).toEqual(value);
  });

  it.each([
    'foo',
    '#/foo',
    '/foo/2',
    '/foo/-',
    '/foo/00',
    '/foo/01',
    '/foo/+1',
    '/foo/1e0',
    '/foo/length',
    '/bar',
    '/a~2b',
    '/m~',
    '/foo/0/x',
    '/toString',
    '/__proto__',
  ])('finds nothing at %j', (pointer) => {
    expect(resolvePointer(document, pointer)).toBeUndefined();
  });

  it('finds what is false, null or empty', () => {
    expect(resolvePointer({ a: [null, false, ''] }, '/a/0')).toBeNull();
    expect(resolvePointer({ a: [null, false, ''] }, '/a/1')).toBe(false);
    expect(resolvePointer({ a: [null, false, ''] }, '/a/2')).toBe('');
    expect(resolvePointer(null, '/a')).toBeUndefined();
  });

  it('unescapes ~01 to ~1, not to a slash', () => {
    expect(resolvePointer({ '~1': 'right', '/': 'wrong' }, '/~01')).toBe('right');
  });

  it('finds every member of every document, and never throws', () => {
    const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.array(fc.integer())), fc.string(), (value, pointer) => {
        for (const [key, list] of Object.entries(value)) {
          expect(resolvePointer(value, `/${escaped(key)}`)).toBe(list);
          for (const [index, item] of list.entries()) {
            expect(resolvePointer(value, `/${escaped(key)}/${index}`)).toBe(item);
          }
        }
        resolvePointer(value, pointer);
      }),
    );
  });
});
