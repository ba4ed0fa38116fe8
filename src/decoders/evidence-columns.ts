import { isNoSecret } from './evidence-names.js';
import type { Masking } from './masking.js';

/** A whole field in quotation marks, with blanks around it. */
const field = /(?<=^|\s)"([^"\\]*(?:\\.[^"\\]*)*)"(?=\s|$)/g;

/** Every cookie has a name, and a value or its mask. */
const cookies =
  /^[\w!#$%&'*+.^`|~-]{1,120}=(?:\[[^[\]]{1,60} redacted\]|[^\s;"]*)(?:;\s?[\w!#$%&'*+.^`|~-]{1,120}=(?:\[[^[\]]{1,60} redacted\]|[^\s;"]*))*;?$/;

/** The status behind the request, or the protocol in it: lines of access logs. */
const access = /"\s[1-5]\d\d\s|HTTP\/\d(?:\.\d)?"/;

/** Measurements, and what else servers log so. */
const harmlessName =
  /^(?:r?t|u[crh]?t|urt|uct|uht|rtt|time|took|duration|cs|us|ua|host|vhost|method|status|bytes|size|len|length|port|proto|protocol|cipher|charset|q|v|ver|version|cache|upstream\w*|request_time|connect_time|header_time|response_time|gzip(?:_ratio)?|pipe|node|server|scheme|lang|locale|country|cf-?ray|ray|max-age|width)$/i;

/** A line of an access log in which the values of cookies are masked that are a column of their own: `"session=8a1b2c"`. */
export function maskedCookieColumns(line: string, masking: Masking): string {
  if (!line.includes('="') && !/"[^"\s=]{1,120}=/.test(line)) return line;
  if (!access.test(line)) return line;
  return line.replace(field, (all, content: string) => {
    if (!content.includes('=') || !cookies.test(content)) return all;
    const shown = content.replace(/(?<=^|;\s?)([^=;\s]+)=([^;]+)/g, (pair, name: string, value: string) =>
      isHarmless(name, value) ? pair : `${name}=${masking.mask(name, value, 'cookie')}`,
    );
    return `"${shown}"`;
  });
}

/** A short number, a measurement, or what stands for a value. */
function isHarmless(name: string, value: string): boolean {
  return (
    isNoSecret(value) ||
    /^[\d.,:-]{1,8}$/.test(value) ||
    /^[\d.]{1,12}(?:[mu]?s|[kmg]?i?b|%)$/i.test(value) ||
    (harmlessName.test(name) && !/^[\w+/=-]{16,}$/.test(value))
  );
}
