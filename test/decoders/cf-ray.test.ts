import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cfRay } from '../../src/decoders/cf-ray.js';

describe('cf-ray', () => {
  it.each([
    ['230b030023ae2822-SJC', '230b030023ae2822', 'SJC'],
    ['2848f5c229e802d9-AMS', '2848f5c229e802d9', 'AMS'],
    ['f694c6892660106-DFW', 'f694c6892660106', 'DFW'],
    ['a34389ad6c43d7f-AMS', 'a34389ad6c43d7f', 'AMS'],
    ['478149ad1570291', '478149ad1570291', undefined],
    ['2a074d8b36f00000-ATL', '2a074d8b36f00000', 'ATL'],
    ['CF-RAY: 230b030023ae2822-SJC\r\n', '230b030023ae2822', 'SJC'],
    ['< cf-ray:230B030023AE2822-SJC', '230B030023AE2822', 'SJC'],
    ['"Cf-Ray": "230b030023ae2822-SJC",', '230b030023ae2822', 'SJC'],
    ['http_cf_ray=“230b030023ae2822”', '230b030023ae2822', undefined],
  ])('%s', (text, id, colo) => {
    const decoded = cfRay.decode(text);
    expect(decoded.ok).toBe(true);
    expect(decoded.facts).toStrictEqual({ form: 'ray', id, ...(colo !== undefined && { colo }) });
    for (const field of decoded.fields) expect(text.slice(field.start, field.end)).toBe(field.text);
    expect(decoded.fields.map(({ name }) => name)).toEqual(colo === undefined ? ['id'] : ['id', 'colo']);
  });

  it.each([
    ['', 'id', 0, 'expected the ray id (15 or 16 hex digits), found the end'],
    ['CF-RAY: ', 'id', 7, 'expected the ray id (15 or 16 hex digits), found the end'],
    ['230b030023ae28', 'id', 0, 'expected the ray id (15 or 16 hex digits), found “230b030023ae28”'],
    ['230b030023ae28220', 'id', 0, 'expected the ray id (15 or 16 hex digits), found “230b030023ae28220”'],
    ['230b030023ae282g', 'id', 0, 'expected the ray id (15 or 16 hex digits), found “230b030023ae282g”'],
    ['230b030023ae2822-sjc', 'colo', 16, 'expected a data centre such as -SJC or the end, found “-sjc”'],
    ['230b030023ae2822-SJCX', 'colo', 16, 'expected a data centre such as -SJC or the end, found “-SJCX”'],
    ['230b030023ae2822 -SJC', 'colo', 17, 'expected a data centre such as -SJC or the end, found “-SJC”'],
    ['230b030023ae2822-SJC x', 'end', 21, 'expected the end of the value, found “x”'],
  ])('refuses %j', (text, field, at, detail) => {
    const decoded = cfRay.decode(text);
    expect(decoded.ok ? undefined : [decoded.field, decoded.at, decoded.failure.detail]).toEqual([field, at, detail]);
  });

  it('reads back what is made of its parts, and never throws', () => {
    const id = fc.stringMatching(/^[0-9a-fA-F]{15,16}$/);
    const colo = fc.stringMatching(/^[A-Z]{3}$/);
    fc.assert(
      fc.property(id, colo, (ray, place) => {
        expect(cfRay.decode(`${ray}-${place}`).facts).toEqual({ form: 'ray', id: ray, colo: place });
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(cfRay.decode(text).ok).toBe(false);
      }),
    );
  });
});
