import { plainAddress, type Route, RouteRows } from './route-hops.js';

/** `router.example (192.0.2.1)`, `192.0.2.1`, `1.234 ms`, `1.234ms`, `*`, `!H`, `<syn,ack>`, `[AS64500]`, or something else. */
const token =
  /(?<ms>\d+(?:\.\d+)?)[ \t]?ms(?![^ \t])|(?<lost>\*)|(?<mark>!(?:<\d{1,3}>|[A-Z0-9-]*))|\((?<inner>[^() \t]*)\)|(?<word>[^ \t]+)/giu;

/**
 * What traceroute prints: a line for each hop, with an address (behind its name, where names are looked up), a time for
 * each answer, `*` for each probe without one, and marks behind the answers that say why a probe got no farther. Takes the
 * traceroute of Dmitry Butskoy, of GNU inetutils, of BusyBox and of the BSDs, which begins a new line for a further address
 * of a hop. Of a line that has no end, what is whole counts. Sources: traceroute(8) of Linux 2.1.2, output of inetutils 2.4
 * and of BusyBox 1.35.
 */
export function decodeTraceroute(text: string): Route {
  const rows = new RouteRows();
  let ttl = 0;
  for (let at = 0; at < text.length; ) {
    const lf = text.indexOf('\n', at);
    const end = lf < 0 ? text.length : lf;
    const line = text.slice(at, end);
    at = end + 1;
    const [start, digits] = /^[ \t]*(\d{1,3})(?=[ \t])/.exec(line) ?? [];
    // A line that is neither a hop nor goes on with one: the head, or an error.
    if (start === undefined && (ttl === 0 || !/^[ \t]/.test(line))) continue;
    if (digits !== undefined) ttl = Number(digits);
    readProbes(line.slice(start?.length ?? 0), ttl, rows, lf < 0);
  }
  return { hops: rows.hops() };
}

/** Not a number, nor what stands in brackets of any kind. */
const looksLikeName = /^[a-z0-9_](?![\d.]*$)[^<>[\]]*$/i;

/** The answers of one line, which are all of the address that was written last before them. */
function readProbes(line: string, ttl: number, rows: RouteRows, isOpen: boolean): void {
  let address: string | undefined;
  let name: string | undefined;
  for (const { 0: whole, index, groups = {} } of line.matchAll(token)) {
    // What the text ends in the middle of may be half of it.
    const isHalf = isOpen && index + whole.length === line.length;
    const { ms, lost, mark, inner, word } = groups;
    if (ms !== undefined) {
      rows.sent(ttl);
      rows.answer(ttl, Number(ms), address);
      if (address !== undefined) rows.host(ttl, address, name);
    } else if (lost !== undefined) rows.sent(ttl);
    else if (mark !== undefined) {
      if (mark.length > 1 && !(isHalf && /\d$/.test(mark))) rows.mark(ttl, mark.replace(/[<>]/g, ''));
    } else if (inner !== undefined) {
      const found = plainAddress(inner);
      if (found !== undefined) address = found;
    } else if (word !== undefined && !isHalf) {
      const found = plainAddress(word);
      address = found ?? address;
      if (found !== undefined) name = undefined;
      else if (looksLikeName.test(word)) name = word;
    }
  }
}
