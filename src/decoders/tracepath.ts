import { plainAddress, type Route, RouteRows } from './route-hops.js';

/**
 * What tracepath prints: `N:` (`N?:` where it had to guess), who answered, how long it took, and words: `reached`, `pmtu`,
 * `asymm`, marks such as `!H`; `no reply` after three probes without an answer; `[LOCALHOST]` for what this machine itself
 * says. It sends probes with UDP until one is answered, and so says little about losses. A last line without its end is not
 * read. Source: iputils, tracepath.c and tracepath(8).
 */
export function decodeTracepath(text: string): Route {
  const rows = new RouteRows();
  let pmtu: number | undefined;
  for (let at = 0; ; ) {
    const end = text.indexOf('\n', at);
    if (end < 0) break;
    const line = text.slice(at, end);
    at = end + 1;
    const size = /\bpmtu (\d{1,6})\b/.exec(line)?.[1];
    if (size !== undefined) pmtu = Number(size);
    const [start, digits] = /^[ \t]*(\d{1,3})\??:[ \t]+/.exec(line) ?? [];
    if (start !== undefined) readAnswer(line.slice(start.length), Number(digits), rows);
  }
  return { hops: rows.hops(), ...(pmtu !== undefined && { pmtu }) };
}

function readAnswer(rest: string, ttl: number, rows: RouteRows): void {
  if (/^(\[LOCALHOST\]|send failed|no info)/.test(rest)) return;
  rows.sent(ttl);
  if (rest.startsWith('no reply')) return;
  const [, first = '', inner] = /^([^ \t]+)(?:[ \t]+\(([^() \t]*)\))?/.exec(rest) ?? [];
  // Older versions write the address first where they write both.
  const address = plainAddress(inner ?? '') ?? plainAddress(first);
  const ms = /[ \t](\d{1,9}(?:\.\d{1,6})?)ms\b/.exec(rest)?.[1];
  rows.answer(ttl, ms === undefined ? undefined : Number(ms), address);
  if (address !== undefined) rows.host(ttl, address, plainAddress(first) === undefined ? first : inner);
  const mark = /[ \t](![A-Z])/.exec(rest)?.[1];
  if (mark !== undefined) rows.mark(ttl, mark);
}
