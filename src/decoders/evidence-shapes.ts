import { isNoSecret, isPlainWords, isSaidOfSecret, isTellingEvidence } from './evidence-names.js';
import { type Masking, urlDecoded } from './masking.js';

/** Units of a login without `@` in its authority that are looked at. */
const longestLogin = 300;

/** A line in which everything is masked that has the shape of a secret, whatever it is called; of logins in URLs see `maskedLogins`. */
export function maskedShapes(line: string, masking: Masking): string {
  let text = maskedDataSources(line, masking);
  text = maskedCommands(text, masking);
  text = maskedSchemes(text, masking);
  if (text.includes('eyJ')) text = maskedTokens(text, masking);
  text = text.replace(issued, (token) => masking.mask('token', token, 'strong'));
  if (text.includes('$') || text.includes('{S'))
    text = text.replace(hashed, (hash) => masking.mask('password hash', hash, 'strong'));
  text = maskedElements(text, masking);
  text = maskedSentences(text, masking);
  return maskedRuns(text, masking);
}

/** Keys that their issuers give a beginning of their own: Amazon, GitHub, GitLab, Slack, Stripe, Google, Cloudflare (Origin CA). */
const issued =
  /(?<![A-Za-z0-9])(?:(?:AKIA|ASIA)[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_\w{30,255}|glpat-[\w-]{20,255}|xox[abeprs]-[A-Za-z0-9-]{10,255}|[rs]k_(?:live|test)_[A-Za-z0-9]{16,255}|AIza[\w-]{35}|v1\.0-[0-9a-f]{24}-[0-9a-f]{100,200})(?![A-Za-z0-9])[\w-]*/g;

/** Hashes of passwords as crypt(3), bcrypt, Argon2 and the files of web and LDAP servers have them. */
const hashed =
  /\$(?:apr1|1)\$[^$\s:]{1,8}\$[\w./]{8,60}|\$[56]\$(?:rounds=\d{1,9}\$)?[^$\s:]{1,16}\$[\w./]{20,120}|\$2[abxy]?\$\d\d\$[\w./]{20,60}|\$(?:y|7|gy|argon2(?:id?|d)|scrypt|pbkdf2[\w-]{0,12})\$[\w=,./+$-]{20,300}|\{S{1,2}HA(?:256|512)?\}[\w+/]{20,120}={0,2}/g;

/** Words that follow `requirepass` in a sentence about it. */
const aboutIt =
  /^(?:is|was|are|not|and|or|in|has|have|had|option|directive|setting|parameter|to|for|but|must|may|can|should|set|with|without|on|off|of|the|a|an|be|being|from|by|at|as|line|value|password|redacted\].*)$/i;

/** Passwords that commands take: `mysql -pX`, `sshpass -p X`, `redis-cli -a X`, `requirepass X`. */
function maskedCommands(line: string, masking: Masking): string {
  let text = line;
  const mask = (all: string, before: string, password: string) =>
    isNoSecret(password) ? all : before + masking.mask('password', password, 'strong');
  if (/mysql|mariadb/i.test(text))
    text = text.replace(/\b(?:mysql|mariadb)[\w-]{0,20}\s[^|;&\r\n]+/gi, (command) =>
      command.replace(/((?:^|\s)-p["']?)(?!\[[^[\]]{1,60} redacted\])([^\s"'=-][^\s"']{0,300})/g, mask),
    );
  if (/sshpass|redis-cli/i.test(text))
    text = text.replace(
      /(\b(?:sshpass\s{1,4}-p|redis-cli\s(?:[^|;&\s]{1,100}\s){0,8}?-a)\s{0,4}["']?)(\[[^[\]]{1,60} redacted\]|[^\s"']{1,300})/gi,
      mask,
    );
  if (!/requirepass|masterauth/i.test(text)) return text;
  return text.replace(
    /(\b(?:requirepass|masterauth)["']?[ \t]{1,8}["']?)(\[[^[\]]{1,60} redacted\]|[^\s"'=:;,]{1,300})/gi,
    (all, before: string, password: string) => (aboutIt.test(password) ? all : mask(all, before, password)),
  );
}

/** A line without `user:password` in `scheme://user:password@host`, also where the password has what an address does not allow. */
export function maskedLogins(line: string, masking: Masking): string {
  let shown = '';
  let from = 0;
  const scheme = /:(?:\/\/|\\\/\\\/)/g;
  const authority = /(?:\[[^[\]]{1,60} redacted\]|[^/?#\s"'<>`\\])*/y;
  for (let found = scheme.exec(line); found !== null; found = scheme.exec(line)) {
    const start = found.index + found[0].length;
    authority.lastIndex = start;
    const host = authority.exec(line)?.[0] ?? '';
    const end = host.includes('@') ? start + host.lastIndexOf('@') : lateEnd(line, start, host);
    if (end === undefined) continue;
    const login = line.slice(start, end);
    if (login === '' || isNoSecret(login) || isNoSecret(urlDecoded(login))) continue;
    const colon = login.indexOf(':');
    const password = colon < 0 ? '' : login.slice(colon + 1);
    if (colon >= 0 && isNoSecret(password)) {
      // Masked by its value: in an address there are no blanks.
      if (!/\s/.test(password)) continue;
      shown += line.slice(from, start + colon + 1) + encodeURIComponent(password);
      from = end;
      scheme.lastIndex = end;
      continue;
    }
    for (const one of new Set([password, urlDecoded(password)]))
      if (one !== '') masking.remember('login', one, 'strong');
    // A name alone is found everywhere.
    const label = masking.mask('login', urlDecoded(login), colon < 0 ? 'weak' : 'strong', login);
    shown += line.slice(from, start) + encodeURIComponent(label);
    from = end;
    scheme.lastIndex = end;
  }
  return shown + line.slice(from);
}

/** The `@` of a login whose password has a slash or a question mark in it; `host:80/path@x` is none. */
function lateEnd(line: string, start: number, host: string): number | undefined {
  if (!/^[^:[\]]{1,100}:[^:]*$/.test(host.slice(0, longestLogin)) || /:\d{0,5}$/.test(host)) return undefined;
  const rest = /^[^\s"'<>`]*/.exec(line.slice(start, start + longestLogin))?.[0] ?? '';
  const at = rest.indexOf('@');
  return at < 0 ? undefined : start + at;
}

/** `user:password@tcp(host:3306)/db`, and what curl and its like take behind `-u`. */
function maskedDataSources(line: string, masking: Masking): string {
  if (!line.includes(':')) return line;
  let text = line;
  if (text.includes('@tcp(') || text.includes('@unix('))
    text = text.replace(/[^\s"'`]+/g, (word) =>
      word.replace(
        /^([^:@]{0,100}:)(.{1,300})(@(?:tcp|unix)\()/,
        (all, user: string, password: string, rest: string) =>
          isNoSecret(password) ? all : user + masking.mask('password', password, 'strong') + rest,
      ),
    );
  if (!/(?:^|\s)-/.test(text)) return text;
  const mask = (all: string, user: string, password: string) =>
    isNoSecret(password) ? all : user + masking.mask('password', password, 'strong');
  // In quotation marks it may have blanks in it.
  for (const quoted of [
    /((?:^|\s)(?:-[a-zA-Z]{0,8}[uU]|--user|--proxy-user)(?:[ \t]{1,4}|=)?"[^\s:"/]{1,100}:)(?!\/\/)([^"\r\n]{1,300})(?=")/g,
    /((?:^|\s)(?:-[a-zA-Z]{0,8}[uU]|--user|--proxy-user)(?:[ \t]{1,4}|=)?'[^\s:'/]{1,100}:)(?!\/\/)([^'\r\n]{1,300})(?=')/g,
  ])
    text = text.replace(quoted, mask);
  if (/\bcurl\b/.test(text))
    text = text.replace(
      /((?:^|\s)-[a-zA-Z]{0,8}[uU][ \t]{0,4}[^\s:"'/=-][^\s:"'/]{0,100}:)(?!\/\/)(\[[^[\]]{1,60} redacted\]|[^\s"']{1,300})/g,
      mask,
    );
  return text.replace(
    /((?:^|[\s'"])(?:-u|-U|--user|--proxy-user)(?:[ \t]{1,4}|=)["']?[^\s:"'/]{1,100}:)(?!\/\/)(\[[^[\]]{1,60} redacted\]|[^\s"']{1,300})/g,
    mask,
  );
}

/** `Basic dXNlcjpwYXNz` and `Bearer 8a1b2c…` wherever they stand. */
function maskedSchemes(line: string, masking: Masking): string {
  if (!/basic|bearer/i.test(line)) return line;
  return line.replace(
    /\b(basic|bearer)([ \t]{1,4}|%20|\+)([\w.~+/-]{8,}={0,2})/gi,
    (all, scheme: string, blank: string, value: string) => {
      if (scheme.toLowerCase() === 'basic') {
        const login = Buffer.from(value, 'base64').toString('utf8');
        const colon = login.indexOf(':');
        if (colon < 0 || !/^[^\p{Cc}\ufffd]+$/u.test(login)) return all;
        masking.remember('Authorization', login, 'strong');
        masking.remember('Authorization', login.slice(colon + 1), 'strong');
      } else if (!/\d/.test(value) && !/^[\w.~+/-]{24,}/.test(value)) return all;
      return `${scheme}${blank}${masking.mask('Authorization', value, 'strong')}`;
    },
  );
}

/** JSON Web Tokens: of those that are signed the signature, of those that are encrypted all but the header. */
function maskedTokens(line: string, masking: Masking): string {
  return line.replace(/[\w.=-]+/g, (run) => {
    const parts = run.split('.');
    const at = parts.findIndex((part, index) => headerAt(part) >= 0 && (parts[index + 1] ?? '') !== '');
    if (at < 0) return run;
    const isSigned = parts[at + 1]?.startsWith('ey') === true;
    const kept = parts.slice(0, at + (isSigned ? 2 : 1)).join('.');
    const secret = parts.slice(at + (isSigned ? 2 : 1)).join('.');
    if (secret.length < 16 || secret === 'redacted') return run;
    masking.remember(masking.note('JWT'), secret, 'strong');
    return `${kept}.redacted`;
  });
}

/** The header is JSON in base64, and so begins with `eyJ`. */
function headerAt(part: string): number {
  const at = part.indexOf('eyJ');
  return at < 0 || (at > 0 && /[A-Za-z0-9]/.test(part.charAt(at - 1))) || part.length - at < 10 ? -1 : at;
}

/** `<Password>…</Password>` in XML that is logged. */
function maskedElements(line: string, masking: Masking): string {
  if (!line.includes('</')) return line;
  return line.replace(
    /(<(?:[\w-]{1,30}:)?([\w.-]{0,50}(?:password|passwd|token|secret|apikey|api_key))>)([^<>]{1,2000})(?=<\/)/gi,
    (all, tag: string, name: string, value: string) =>
      isNoSecret(value) ? all : tag + masking.mask(name, value, 'strong'),
  );
}

/** `the token is 8a1b2c3d`, `password hunter22`: only what has letters and digits, so that no word is taken for it. */
function maskedSentences(line: string, masking: Masking): string {
  if (!/token|secret|passw|passphrase|api[ -]?key/i.test(line)) return line;
  const told = line.replace(
    /((?:token|secret|password|passwd|passphrase|api[ -]?key)["']?[ \t]{1,4}(?:is|was)[ \t]{0,3}[:=][ \t]{0,8}["']?)(\[[^[\]]{1,60} redacted\]|[^\s"',;[(<][^\s"',;]{0,199})/gi,
    (all, before: string, found: string) => {
      const value = found.replace(/[.!?]+$/, '');
      if (isNoSecret(value) || isSaidOfSecret(value) || /^\d{1,3}$/.test(value)) return all;
      const shown = isPlainWords(value) ? masking.maskHere('secret', value) : masking.mask('secret', value, 'strong');
      return before + shown + found.slice(value.length);
    },
  );
  return told.replace(
    /((?:token|secret|password|passwd|passphrase|api[ -]?key)["']?(?:[ \t]{1,4}(?:is|was|of))?[ \t]{1,8}["']?)([^\s"'=:,;()[\]]{6,200})/gi,
    (all, before: string, found: string) => {
      const value = found.replace(/[.!?]+$/, '');
      const looksIt = /\d/.test(value) && /[a-z]/i.test(value) && isTellingEvidence(value);
      if (!looksIt || value.startsWith('%5B') || /^(?:[a-f\d]{1,3}\.){2,}|^HTTP\/|\//i.test(value)) return all;
      return before + masking.mask('secret', value, 'strong') + found.slice(value.length);
    },
  );
}

/** Runs of letters and digits that are as long as a key and as mixed. */
function maskedRuns(line: string, masking: Masking): string {
  return line.replace(/[A-Za-z0-9+/_-]{32,}/g, (run, offset: number) => {
    const before = line.charAt(offset - 1);
    const after = line.charAt(offset + run.length);
    // Part of a name of a file or a host, or of base64 that ends with filling.
    if (
      before === '.' ||
      before === '%' ||
      after === '.' ||
      (after === '=' && line.charAt(offset + run.length + 1) !== '"')
    )
      return run;
    // What is joined to it is a part of it, unless it is a path.
    if (/^[\w-]+$/.test(run) && run.split(/[_-]/).some((part) => part.length === 32 && isToken(part)))
      return masking.mask('token', run, 'strong');
    return run.length === 40 && isKey(run) ? masking.mask('key', run, 'strong') : run;
  });
}

/** As activation tokens are: 32 letters and digits. A hash has the letters of hexadecimal digits alone, in one case. */
function isToken(run: string): boolean {
  if (!/^[A-Za-z0-9]+$/.test(run) || !/\d/.test(run) || !/[A-Za-z]/.test(run)) return false;
  return !/^[\da-f]+$/.test(run) && !/^[\dA-F]+$/.test(run);
}

/** As the secret keys of Amazon, and the API tokens of Cloudflare, are: 40 units of base64. */
function isKey(run: string): boolean {
  const count = (kind: RegExp) => run.replace(kind, '').length;
  // A path, or words with dashes between.
  if ((run.startsWith('/') && count(/[^/]/g) > 1) || !/[A-Za-z0-9+]{12}/.test(run)) return false;
  return count(/[^A-Z]/g) >= 3 && count(/[^a-z]/g) >= 3 && /\d/.test(run);
}
