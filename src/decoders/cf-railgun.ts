import { railgunFlags } from '../knowledge/railgun-flags.js';
import { COMPRESSED, LONGEST_VALUE, nextField, ORIGIN, parse, RailgunParts } from './cf-railgun-grammar.js';
import type { Decoded, DecodedField, Decoder } from './decoder.js';
import { foundAt, type HeaderValue, headerName, headerValue } from './header-value.js';

/** The forms of a header, in the order of `RailgunParts.form`. */
export const headerForms = ['compressed', 'stream', 'normal', 'direct', 'origin'] as const;

export type HeaderForm = (typeof headerForms)[number];

/** What can be missing or wrong, in the order of `RailgunParts.needed`; `end` is anything after a complete value. */
const railgunFields = ['id', 'ratioPercent', 'originTimeSeconds', 'flags', 'version', 'reason', 'end'] as const;

type RailgunField = (typeof railgunFields)[number];

/** The flags word: 16 bits, on the wire in hexadecimal. */
export interface CfRailgunFlags {
  /** Four lower-case digits. */
  readonly hex: string;
  readonly value: number;
  /** The bits that are set and that a source explains, ascending; `bit` is the mask. */
  readonly set: readonly { readonly bit: number; readonly name: string; readonly meaning: string }[];
  /** The masks of the other bits that are set, ascending. */
  readonly unknown: readonly number[];
}

/** One `Cf-Railgun` value, or a flags word alone (form `flags`). What the value does not have is an absent key. */
export interface CfRailgun {
  readonly form: HeaderForm | 'flags';
  /** The connection or request id, as it was written. */
  readonly id?: string;
  /** Size after compression, percent of the original. */
  readonly ratioPercent?: number;
  /** 100 - `ratioPercent`, without the noise of binary fractions. */
  readonly savedPercent?: number;
  /** How long rg-listener waited for the origin, seconds. */
  readonly originTimeSeconds?: number;
  readonly flags?: CfRailgunFlags;
  /** The first four characters of the hash of the listener's version, as they were written: never a number. */
  readonly version?: string;
  /** Why the request went straight to the origin (form `direct`). */
  readonly reason?: string;
  /** Whether both ends had the dictionary (flags 0x30); absent where the value does not say. */
  readonly compressionWorking?: boolean;
}

const expected: Readonly<Record<RailgunField, string>> = {
  id: 'the connection id (10 hex digits such as 151df128a1)',
  ratioPercent: 'the compression ratio (percent such as 2.05) or one of stream, normal, origin',
  originTimeSeconds: 'the origin time (seconds such as 0.009465)',
  flags: 'the flags (1 to 4 hex digits such as 0030)',
  version: 'the version (4 hex digits such as 5360)',
  reason: 'the reason in parentheses (up to 80 plain characters)',
  end: 'the end of the value',
};

const flagsWord = /^(?:0x)?([0-9a-f]{1,4})$/i;

export const cfRailgun: Decoder<CfRailgun> = {
  id: 'cf-railgun',
  reads: 'A Cf-Railgun header or its value in every published form, or a bare flags word.',
  decode(text) {
    const place = headerValue(text, headerName('cf', 'railgun'));
    const word = flagsWord.exec(text.slice(place.start, Math.min(place.end, place.start + 7)));
    if (word !== null) return decodeFlagsWord(text, place, word[1] ?? '');
    return decodeHeader(text, place);
  },
};

function decodeHeader(text: string, place: HeaderValue): Decoded<CfRailgun> {
  const parts = new RailgunParts();
  const bytes = bytesOf(text, place);
  const parsed = parse(bytes, 0, bytes.length, parts);
  const valueEnd = place.start + parts.end;
  const { facts, fields } = read(text, parts, place.start);
  if (parsed && valueEnd === place.end) return { ok: true, facts: facts as CfRailgun, fields };

  // A complete value with something after it is no value: its form is not certain.
  const { form, compressionWorking, ...rest } = facts;
  const field = railgunFields[parsed ? nextField(parts) : parts.needed] ?? 'end';
  const at = parsed ? skipBlanks(text, valueEnd, place.end) : place.start + parts.neededAt;
  const start = place.start === place.end ? 'a Cf-Railgun value' : startOf(field);
  const failure = {
    code: 'malformed',
    step: 'decode',
    blame: 'us',
    detail: `expected ${start}, found ${foundAt(text, at, place.end)}`,
  } as const;
  return { ok: false, facts: rest, fields, failure, field, at };
}

function startOf(field: RailgunField): string {
  return field === 'id' ? `${expected.id}, “direct” or a flags word` : expected[field];
}

/** One byte for each UTF-16 unit, so that offsets are the same; what is not ASCII becomes a byte that no rule takes. */
function bytesOf(text: string, { start, end }: HeaderValue): Uint8Array {
  const bytes = new Uint8Array(Math.min(end - start, LONGEST_VALUE));
  for (let i = 0; i < bytes.length; i += 1) {
    const unit = text.charCodeAt(start + i);
    bytes[i] = unit < 0x80 ? unit : 0xff;
  }
  return bytes;
}

type Facts = { -readonly [Key in keyof CfRailgun]?: CfRailgun[Key] };

/** The facts and places of whatever was read, in the order of the header for fields and of CLI.md for facts. */
function read(text: string, parts: RailgunParts, base: number): { facts: Facts; fields: DecodedField[] } {
  const facts: Facts = {};
  const fields: DecodedField[] = [];
  const field = (name: keyof CfRailgun, start: number, end: number) => {
    const value = text.slice(base + start, base + end);
    fields.push({ name, text: value, start: base + start, end: base + end });
    return value;
  };
  const form = headerForms[parts.form];
  if (form !== undefined) facts.form = form;
  if (parts.idAt >= 0) facts.id = field('id', parts.idAt, parts.idAt + 10);
  if (parts.wordAt >= 0) field('form', parts.wordAt, parts.wordEnd);
  if (parts.ratio >= 0) {
    facts.ratioPercent = parts.ratio;
    facts.savedPercent = savedOf(field('ratioPercent', parts.ratioAt, parts.ratioEnd));
  }
  if (parts.time >= 0) {
    facts.originTimeSeconds = parts.time;
    field('originTimeSeconds', parts.timeAt, parts.timeEnd);
  }
  if (parts.flags >= 0) {
    facts.flags = flagsOf(parts.flags);
    field('flags', parts.flagsAt, parts.flagsEnd);
  }
  if (parts.version >= 0) facts.version = field('version', parts.versionAt, parts.versionAt + 4);
  if (parts.reasonAt >= 0) facts.reason = field('reason', parts.reasonAt, parts.reasonEnd);
  const working = compressionWorking(parts);
  if (working !== undefined) facts.compressionWorking = working;
  fields.sort((a, b) => a.start - b.start);
  return { facts, fields };
}

function compressionWorking({ form, flags }: RailgunParts): boolean | undefined {
  if (form < 0 || form === ORIGIN) return undefined;
  return form === COMPRESSED ? isWorking(flags) : false;
}

/** The sender sent the dictionary and the listener found it (the FAQ's rule: third nibble 3, 7, B or F). */
function isWorking(flags: number): boolean {
  return (flags & 0x30) === 0x30;
}

/** 100 minus a decimal, counted in units of its last digit: 2.05 gives 97.95. */
function savedOf(ratio: string): number {
  const unit = 10 ** (ratio.split('.')[1]?.length ?? 0);
  return (100 * unit - Math.round(Number(ratio) * unit)) / unit;
}

function flagsOf(value: number): CfRailgunFlags {
  const known = railgunFlags.filter(({ bit }) => (value & bit) !== 0);
  const explained = known.reduce((mask, { bit }) => mask | bit, 0);
  const unknown = Array.from({ length: 16 }, (_, i) => 1 << i).filter((bit) => (value & ~explained & bit) !== 0);
  return {
    hex: value.toString(16).padStart(4, '0'),
    value,
    set: known.map(({ bit, name, says }) => ({ bit, name, meaning: says })),
    unknown,
  };
}

function decodeFlagsWord(text: string, { start, end }: HeaderValue, digits: string): Decoded<CfRailgun> {
  const value = Number.parseInt(digits, 16);
  const facts: CfRailgun = { form: 'flags', flags: flagsOf(value), compressionWorking: isWorking(value) };
  return { ok: true, facts, fields: [{ name: 'flags', text: text.slice(start, end), start, end }] };
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && (text[at] === ' ' || text[at] === '\t')) at += 1;
  return at;
}
