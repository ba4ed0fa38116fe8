import { bracketed } from '../../model/endpoint.js';
import type { SourcePlace } from '../../model/place.js';
import type { ConfigResolveAsked, DestinationFacts, MapLineFacts, WayFacts } from './facts.js';

/** `https://example.com:2083`; the usual port is left out. */
export function requestText({ scheme, host, port }: DestinationFacts): string {
  const isUsual = port === (scheme === 'https' ? 443 : 80);
  return `${scheme}://${bracketed(host)}${isUsual ? '' : `:${port}`}`;
}

/** `127.0.0.1:443`; of an address that was not named, `CF-ORIGIN-IP, port 443`. */
export function wayText({ host, port }: WayFacts): string {
  return host === undefined ? `CF-ORIGIN-IP, port ${port}` : `${bracketed(host)}:${port}`;
}

/** `line 3 of /etc/railgun/railgun-nat.conf`, or `CF-ORIGIN-IP`. */
export function decidedText(decidedBy: WayFacts['decidedBy']): string {
  return decidedBy === 'CF-ORIGIN-IP' ? decidedBy : `line ${decidedBy.line} of ${decidedBy.file}`;
}

/** `line 3`, `lines 3, 5` */
export function linesText(lines: readonly { readonly line: number }[]): string {
  return `line${lines.length > 1 ? 's' : ''} ${lines.map(({ line }) => line).join(', ')}`;
}

/** Where a line of the map is, or nothing where no line is meant. */
export function placeOf(line: MapLineFacts | 'CF-ORIGIN-IP'): { readonly place?: SourcePlace } {
  if (line === 'CF-ORIGIN-IP') return {};
  return { place: { file: line.file, line: line.line, text: line.text } };
}

/** The first of lines in question, in the map. */
export function firstPlace(
  lines: readonly { readonly line: number; readonly text: string }[],
  { listener: { mapFile } }: DestinationFacts,
): { readonly place?: SourcePlace } {
  const [first] = lines;
  return first === undefined || mapFile === undefined ? {} : placeOf({ file: mapFile, ...first });
}

/** As a shell reads it, whatever is in the name of a file. */
export function quoted(text: string): string {
  return /^[\w./:@-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The command that looks at all of the configuration. */
export function checkCommand({ config }: ConfigResolveAsked): string {
  return `rg-diag config check ${config === '-' ? '' : quoted(config)}`.trimEnd();
}
