import { describe, expect, it } from 'vitest';
import { createRailgunLogReader } from '../../src/decoders/cf-railgun-reader.js';
import { summarise } from '../../src/decoders/cf-railgun-tally.js';
import { decoders } from '../../src/decoders/index.js';

const RUNS = 1_000_000;

/** xorshift32: seeded, so that a failure can be repeated. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const pieces = [
  ...[
    '151df128a1',
    '2.05',
    '0.009465',
    '0031',
    '5360',
    'stream',
    'normal',
    'origin',
    'direct',
    '(starting new WAN connection)',
  ],
  ...[
    '230b030023ae2822-SJC',
    'Cf-Railgun:',
    'CF-RAY=',
    '"',
    "'",
    '“',
    '”',
    ' ',
    ' ',
    ' ',
    '\t',
    '\n',
    '\r',
    '\0',
    ',',
    '(',
    ')',
  ],
  ...['0x', '-', '.', '\ud800', '\udc00', '💥', 'é', '٣', '\u2028', '__proto__', 'e9', '99999999999', '{', '}', '\\'],
];

/** Mostly pieces of real values, some of them mutilated, some noise. */
function inputOf(random: (below: number) => number): string {
  let text = '';
  for (let count = random(9); count > 0; count -= 1) {
    const kind = random(8);
    const piece = pieces[random(pieces.length)] ?? '';
    if (kind === 0) text += String.fromCharCode(random(0x10000));
    else if (kind === 1) text += piece.slice(random(piece.length + 1));
    else text += kind < 5 ? `${piece} ` : piece;
  }
  return text;
}

describe('fuzz', () => {
  it(`every decoder takes ${RUNS} random inputs without throwing`, { timeout: 120_000 }, () => {
    const random = randomOf(0x5eed);
    let decoded = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const text = inputOf(random);
      for (const decoder of decoders) {
        try {
          const result = decoder.decode(text);
          if (result.ok) decoded += 1;
          else if (result.at > text.length || result.failure.code !== 'malformed') expect.fail(JSON.stringify(text));
        } catch (error) {
          expect.fail(`${decoder.id} threw for ${JSON.stringify(text)}: ${error}`);
        }
      }
    }
    // A generator that never makes a good value would prove little.
    expect(decoded).toBeGreaterThan(RUNS / 500);
  });

  it('a log of a million random lines is read, and every line is counted', { timeout: 120_000 }, () => {
    const random = randomOf(0xca5e);
    const reader = createRailgunLogReader();
    let lines = 0;
    for (let chunk = 0; chunk < 1000; chunk += 1) {
      const text = Array.from({ length: 1000 }, () => inputOf(random).replaceAll('\n', ' ')).join('\n');
      reader.push(Buffer.from(`${text}\n`));
      lines += 1000;
    }
    const { block, tally } = reader.finish();
    expect(block.lines).toBe(lines);
    expect(summarise(tally).values).toBe(block.values);
    expect(block.values).toBeGreaterThan(1000);
  });
});
