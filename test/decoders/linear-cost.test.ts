import { describe, expect, it } from 'vitest';
import { createRailgunLogReader } from '../../src/decoders/cf-railgun-reader.js';
import { decoders } from '../../src/decoders/index.js';

describe('linear cost', () => {
  // No clock: a linear decoder needs milliseconds for these, a quadratic one hours, which the time limit of a test ends.
  const bad = [
    '"',
    '(',
    ' ',
    '\t',
    '0',
    'direct ',
    'direct (',
    '151df128a1 ',
    'cf-railgun: ',
    '{"cf_railgun":"',
    '\\"',
    '2.05 ',
    '[',
    ',',
  ];

  it.each(bad)('for 20 MB of %j in one value', (piece) => {
    for (const decoder of decoders) expect(decoder.decode(piece.repeat(20e6 / piece.length)).ok).toBe(false);
  });

  // A field behind a name is up to a sample long wherever it stands: there one kind of column costs what it has to show.
  const columns = ['@', 'a\t@', 'a,@', '"a" "@"', 'a @'];
  const inLogs = bad.map((piece) => [piece, piece === 'cf-railgun: ' ? columns.slice(0, 1) : columns] as const);

  it.each(inLogs)('for 4 MB of %j in one line of a log, after a value in %j', (piece, lines) => {
    const filler = Buffer.from(piece.repeat(4e6 / piece.length));
    for (const line of lines) {
      const reader = createRailgunLogReader();
      reader.push(Buffer.from(`${line.replace('@', '151df128a1 2.05 0.009465 0031 5360')}\n`));
      reader.push(filler);
      expect(reader.finish().block.lines).toBe(2);
    }
  });
});
