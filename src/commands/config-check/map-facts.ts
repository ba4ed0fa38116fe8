import { confLines } from '../../decoders/conf-lines.js';
import { decodeRailgunNat } from '../../decoders/railgun-nat.js';
import { shownNatText } from '../../decoders/railgun-nat-shown.js';
import type { DecodedText } from '../../decoders/text-encoding.js';
import type { MapFacts } from './facts.js';

/** What a railgun-nat.conf says, without what may be a secret. */
export function readMap({ text, encoding }: DecodedText): Omit<MapFacts, 'path' | 'status'> {
  const shown = shownNatText(text);
  const { entries, problems } = decodeRailgunNat(shown);
  const lines = confLines(shown);
  return {
    lines: lines.map(({ raw, end }) => raw.slice(0, raw.length - end.length)),
    carriageReturns: lines.filter(({ end }) => end.startsWith('\r')).length,
    ...(encoding !== 'utf8' && { notUtf8: true as const }),
    entries,
    problems,
  };
}
