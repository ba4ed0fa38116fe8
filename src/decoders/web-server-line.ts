import { symptoms } from '../knowledge/symptoms.js';

/** A line of an access log (combined, common, and what begins like them) with a status that is an error of the server. */
export interface AccessLogError {
  readonly status: number;
  readonly method?: string;
  /** Without its query. */
  readonly path?: string;
}

const request = /"([A-Z]{3,10}) ([^" ]{1,2000})(?: HTTP\/\d(?:\.\d)?)?" (\d{3}) (?:\d+|-)(?=[ \t]|$)/;
/** A request that could not be read is logged as `-` or as what came instead. */
const unread = /" (\d{3}) (?:\d+|-) "/;

/** The status 500 and above of an access-log line; nothing where it is no such line. The line is of bounded length. */
export function accessLogError(line: string): AccessLogError | undefined {
  const [, method, target, code] = request.exec(line) ?? [];
  if (code !== undefined && method !== undefined && target !== undefined) {
    const status = Number(code);
    if (status < 500 || status > 599) return undefined;
    return { status, method, path: (target.split('?')[0] ?? '').slice(0, 200) };
  }
  const status = Number(unread.exec(line)?.[1] ?? 0);
  return status >= 500 && status <= 599 ? { status } : undefined;
}

/** The spellings of what curl prints: `curl: (52) Empty reply`, `curl exit code 52`, `curl (52)`, `curl error 52`. */
const curlCode =
  /\bcurl(?:\.exe)?(?:'s)?:? {0,3}(?:\(|(?:exit(?:ed)?|error|code|status|with| ){1,8})(\d{1,2})\)?(?!\d)/i;

/** The ids of the symptoms in a line; of those that say the same more or less exactly, the exact one. */
export function symptomsIn(line: string): string[] {
  const [, code] = curlCode.exec(line) ?? [];
  const text = `${line.toLowerCase()}${code === undefined ? '' : ` curl: (${code})`}`;
  const found = symptoms.filter(({ phrases }) => phrases.every((phrase) => text.includes(phrase)));
  const exact = found.filter(
    (row) =>
      !found.some(
        (other) =>
          other.phrases.length > row.phrases.length &&
          row.phrases.every((phrase) => other.phrases.some((p) => p.includes(phrase))),
      ),
  );
  // What a system says is part of what a program says of it.
  const programs = exact.filter(({ program }) => program !== 'system');
  return (programs.length > 0 ? programs : exact).map(({ id }) => id);
}
