/** What may be named before something secret, also as the end of a longer name: `activation.token`, `X-Auth-Key`, `access_token`. */
const named =
  '(?:token|secret|passw(?:or)?d|passphrase|passcode|pwd|credentials?|session|csrf)[\\w.-]{0,64}|(?:key|auth|pass|sid|jwt)';

/** Words that follow `token` or `password` where none is given away: `Invalid or missing railgun token or tag.` */
const harmless =
  'or|and|is|was|are|has|had|have|in|of|for|from|to|on|at|by|as|the|an?|with|without|not|no|but|must|may|can|cannot|could|should|does|will|missing|invalid|expired|required|rejected|refused|wrong|empty|unknown|malformed|mismatch|authentication|failed';

/** Each is linear: what may be repeated cannot match where the next repetition begins. */
const masks: readonly (readonly [RegExp, string])[] = [
  // What a URL has before its `@`.
  [/(:\/\/)(?:[^\s/?#@]*@)+/g, '$1***@'],
  // To the end of the line: blanks are part of these.
  [/((?:authorization|cookie2?)(?:\\*["'\])]){0,2}\s{0,20}[=:>]\s{0,20}).+/gi, '$1***'],
  [/(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----).+/g, '$1***'],
  [/\b(bearer|basic|digest|negotiate|apikey)(\s{1,20})[^\s"',;]+/gi, '$1$2***'],
  // A value in quotes, in quotes that are escaped themselves, or up to a blank.
  [
    new RegExp(
      `((?:${named})(?:\\\\*["'\\])]){0,2}\\s{0,20}(?:=>|[=:>])\\s{0,20})(?:(")(?:[^"\\\\]|\\\\.)+|(')(?:[^'\\\\]|\\\\.)+|(\\\\+")[^"]+|[^\\s"'][^\\s]*)`,
      'gi',
    ),
    '$1$2$3$4***',
  ],
  [
    new RegExp(
      `((?:token|secret|passw(?:or)?d|passphrase|api[ -]?key)["']?(?:\\s{1,8}(?:is|was))?\\s{1,8})(?!(?:${harmless})\\b)[^\\s*=:>][^\\s]*`,
      'gi',
    ),
    '$1***',
  ],
  [/\beyJ[\w-]{6,}\.[\w.~+/=-]+/g, '***'],
];

/**
 * A line of free text without what looks secret in it: passwords and queries of URLs; what follows `Authorization`, `Cookie`,
 * and names that end in words such as `token`, `password` or `key`; and what is as long as a token. It errs on the side of
 * hiding. Names, addresses, paths, times and numbers stay. Linear in the text.
 */
export function redacted(text: string): string {
  let line = withoutCutPassword(withoutQueries(text));
  for (const [pattern, mask] of masks) line = line.replace(pattern, mask);
  return line
    .replace(/[\w-]{32,}/g, withoutToken)
    .replace(/[0-9A-Za-z+/]{60,}={0,2}/g, '***')
    .replace(cutOff, '***…');
}

/** The beginning of a token that was cut off, and what is joined to it. */
const cutOff = /(?<![\w-])(?=[\w-]*[0-9A-Za-z]{16})[\w-]+…$/;

/** As long as tokens are: with a run of one kind of character, or of both cases with a digit. What is joined to it is a part of it. */
function withoutToken(word: string): string {
  return /[0-9A-Za-z]{32}/.test(word) || (/\d/.test(word) && /[A-Z]/.test(word)) ? '***' : word;
}

/** Up to a blank; what closes quotes or brackets around the URL stays. A question is none: `why?` */
function withoutQueries(text: string): string {
  return text.replace(/\?(?:="[^"]*"|\S)+/g, (query) => {
    if (/^[?"'\])>.,;:!]+$/.test(query)) return query;
    const last = query.charAt(query.length - 1);
    return `?***${/["'\])>]/.test(last) ? last : ''}`;
  });
}

/** Where a line was cut, the `@` behind a password may be missing; a port, or an address with colons, is none. */
function withoutCutPassword(text: string): string {
  return text.replace(/:\/\/([^\s/?#@:]*):([^\s/?#@]*)$/, (all, user: string, rest: string) =>
    user.startsWith('[') || /^\d{0,5}…?$/.test(rest) ? all : '://***',
  );
}
