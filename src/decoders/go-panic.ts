import { redacted } from '../model/redact.js';
import { shortened } from '../model/shortened.js';

/**
 * How a crash begins: `panic: …`, `fatal error: …` of the runtime (`throw: …` before Go 1.1), or a signal that ends the program
 * with its goroutines (`SIGQUIT: quit`). `served`: a panic that the HTTP server of Go survived and wrote down.
 */
export type GoCrashKind = 'panic' | 'fatal-error' | 'signal' | 'served';

/** One crash of a program in Go, or a panic that it survived. Texts are at most 300 UTF-16 units; what could be secret is masked. */
export interface GoCrash {
  /** From 1, within what was read. */
  readonly line: number;
  readonly kind: GoCrashKind;
  /** Behind the colon: `runtime error: index out of range`. */
  readonly message: string;
  /** The error is one of the runtime itself. */
  readonly runtimeError?: true;
  /** `SIGSEGV`, or its number in hexadecimal as older versions print it. */
  readonly signal?: string;
  /** The first goroutine that is printed. */
  readonly goroutine?: { readonly id: number; readonly state: string };
  /** Functions on its stack, the innermost first, those of the runtime left out: at most 5. */
  readonly functions: readonly string[];
  /** How many goroutines are printed. */
  readonly goroutines: number;
  /** A package for memcached is on the stack, or named in the message. */
  readonly memcached?: true;
}

/** What a panic log holds. */
export interface GoPanicLog {
  readonly lines: number;
  /** Those that ended the program: `served` ones did not, and are in `kinds` only. */
  readonly crashes: number;
  readonly kinds: Readonly<Partial<Record<GoCrashKind, number>>>;
  /** Crashes that name memcached. */
  readonly memcached: number;
  /** The last that ended the program. */
  readonly last?: GoCrash;
  readonly lastServed?: GoCrash;
  /** Lines that belong to no crash, blank ones left out. What they say is kept to themselves: the file may be any. */
  readonly others: number;
}

type Draft = { -readonly [Key in keyof GoCrash]: GoCrash[Key] } & { functions: string[] };

const longestText = 300;
const mostFunctions = 5;

/**
 * Reads what the runtime of Go writes when a program crashes: several crashes in one file, each with its goroutines. A text that
 * begins or ends in the middle of one is read as far as it goes. Never throws; linear.
 */
export function decodeGoPanics(text: string): GoPanicLog {
  const kinds: Partial<Record<GoCrashKind, number>> = {};
  let [lines, crashes, memcached, others] = [0, 0, 0, 0];
  // A panic while another one is under way is indented: it is part of the same crash.
  let current: Draft | undefined;
  let last: Draft | undefined;
  let lastServed: Draft | undefined;
  for (let start = 0; start < text.length; ) {
    const stop = text.indexOf('\n', start);
    const end = stop < 0 ? text.length : stop;
    // What is longer says nothing more.
    const line = text.slice(start, Math.min(end, start + 2000)).replace(/\r$/, '');
    start = end + 1;
    lines += 1;
    const begun = beginning(line);
    if (begun !== undefined) {
      current = { line: lines, functions: [], goroutines: 0, ...begun };
      kinds[begun.kind] = (kinds[begun.kind] ?? 0) + 1;
      if (begun.kind === 'served') lastServed = current;
      else {
        last = current;
        crashes += 1;
        if (begun.memcached) memcached += 1;
      }
    } else if (current !== undefined && isPart(line)) {
      const knew = current.memcached;
      add(current, line);
      if (current.memcached && !knew && current === last) memcached += 1;
    } else if (line.trim() !== '') others += 1;
  }
  return {
    lines,
    crashes,
    kinds,
    memcached,
    ...(last !== undefined && { last }),
    ...(lastServed !== undefined && { lastServed }),
    others,
  };
}

type Beginning = Pick<GoCrash, 'kind' | 'message' | 'runtimeError' | 'signal' | 'memcached'>;

const beginnings: readonly (readonly [RegExp, GoCrashKind])[] = [
  [/^panic: (.*)/, 'panic'],
  [/^(?:fatal error|throw): (.*)/, 'fatal-error'],
  [/^(SIG[A-Z]{2,10}: .*)/, 'signal'],
  [/\bpanic serving (.*)/, 'served'],
];

function beginning(line: string): Beginning | undefined {
  for (const [pattern, kind] of beginnings) {
    const [, text] = pattern.exec(line) ?? [];
    if (text === undefined) continue;
    const [signal] = kind === 'signal' ? text.split(':', 1) : [];
    return {
      kind,
      message: harmless(text),
      ...(/\bruntime error\b/.test(text) && { runtimeError: true }),
      ...(signal !== undefined && { signal }),
      ...(namesMemcached(text) && { memcached: true }),
    };
  }
  return undefined;
}

/** Lines of a crash behind its first one, beside functions. */
const parts: readonly RegExp[] = [
  /^\[signal /,
  /^goroutine \d+ \[/,
  /^\t/,
  /^\s*$/,
  /^exit status \d+$/,
  /^PC=0x/,
  /^runtime stack:$/,
  /^(?:rax|rbx|rcx|rdx|rdi|rsi|rbp|rsp|rip|rflags|r\d+|cs|fs|gs) /,
  /^\.\.\.(?:additional|\d+) frames elided/,
];

function isPart(line: string): boolean {
  return parts.some((pattern) => pattern.test(line)) || functionIn(line) !== undefined;
}

/** The name in a line of a stack, `main.(*lane).stop(0xc420010000)` or `created by main.start`; its arguments can be anything. */
function functionIn(line: string): string | undefined {
  const text = line.replace(/^created by /, '').replace(/ in goroutine \d+$/, '');
  const open = text.endsWith(')') ? text.lastIndexOf('(') : -1;
  const name = open > 0 ? text.slice(0, open) : text;
  return name.includes('.') && /^[\w./*()%·[\]-]+$/.test(name) ? name : undefined;
}

function add(crash: Draft, line: string): void {
  const [, signal] = /^\[signal (SIG[A-Z]{2,10}|0x[0-9a-f]{1,4})\b/.exec(line) ?? [];
  if (signal !== undefined) crash.signal ??= signal;
  const [, id, state = ''] = /^goroutine (\d{1,15}) \[([^\]]{0,100})/.exec(line) ?? [];
  if (id !== undefined) {
    crash.goroutines += 1;
    crash.goroutine ??= { id: Number(id), state: harmless(state) };
    return;
  }
  if (namesMemcached(line)) crash.memcached = true;
  if (crash.goroutines !== 1 || crash.functions.length >= mostFunctions || !line.endsWith(')')) return;
  const name = functionIn(line);
  if (name !== undefined && !/^(?:runtime|panic)[./]/.test(name)) crash.functions.push(harmless(name));
}

function namesMemcached(text: string): boolean {
  return /memcached?\b/i.test(text);
}

/** Without what could be secret. */
function harmless(text: string): string {
  return shortened(redacted(text.slice(0, 2000)), longestText);
}
