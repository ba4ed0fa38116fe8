import { railgunParameterOf } from '../knowledge/railgun-parameters.js';
import { evidenceSensitivity, isNoSecret } from './evidence-names.js';
import { maskedEvidenceLine } from './evidence-text.js';
import { isMasked, type Masking } from './masking.js';
import { bareValueOf } from './railgun-slips.js';

/** Whose configuration a file is. */
export type ConfOwner = 'railgun' | 'other';

const setting = /^([\s#;/-]*(?:export\s{1,20})?)([\w.-]{1,64})(\s{0,100}[=:]\s{0,100}|\s{1,100})(\S.*)$/s;

/**
 * A line of a configuration, also of one that is a comment, with the value of a secret key masked. Slips around it stay, such as a
 * semicolon or quotation marks: they may be what is wrong. What no key explains is read as text.
 */
export function maskedConfLine(line: string, masking: Masking, owner: ConfOwner): string {
  const [, before = '', key = '', between = '', value = ''] = setting.exec(line) ?? [];
  const isComment = /[#;]|\/\//.test(before);
  // Two words one after another are a sentence in a comment; anywhere else the equals sign was forgotten.
  const isSetting = value !== '' && (/[=:]/.test(between) || !isComment);
  if (isSetting && !value.startsWith('//') && isSecretKey(key, value))
    return before + key + between + maskedValue(key, value, masking);
  if (owner === 'railgun')
    return maskedLongRuns(maskedEvidenceLine(line, masking), isSetting ? key : '', value, masking);
  return maskedEvidenceLine(maskedLogin(line, masking), masking);
}

function isSecretKey(key: string, value: string): boolean {
  if (railgunParameterOf(key)?.secret === true) return true;
  if (railgunParameterOf(key) !== undefined) return false;
  const sensitivity = evidenceSensitivity(key);
  // `auth = yes`, `key = /etc/…`: settings more often than secrets.
  if (sensitivity === 'weak')
    return /^["']?[\w+/=-]{12,}["']?;?$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value);
  return sensitivity === 'strong' && !/^["']?\/[\w./-]+["']?[;,]?$/.test(value);
}

function maskedValue(key: string, value: string, masking: Masking): string {
  const bare = bareValueOf(value.replace(/,\s*$/, ''));
  if (isNoSecret(bare) || isNoSecret(value.trim())) return value;
  const at = value.indexOf(bare);
  const tail = value.slice(at + bare.length);
  // A comment behind it, or a part of it: nobody knows.
  const comment = /^([\s"';,]*#\s*)(.*?)(\s*)$/s.exec(tail);
  for (const one of [value.trim(), bare.split(/\s+[;#]/)[0] ?? '', comment === null ? '' : `${bare}${tail}`.trim()])
    if (one !== '' && one !== bare && one.length <= bare.length + 200 && !/redacted\]/.test(one))
      masking.remember(key, one, 'strong');
  const shown = masking.mask(key, bare, 'strong');
  if (comment === null) return value.slice(0, at) + shown + tail;
  const [, mark = '', said = '', end = ''] = comment;
  return `${value.slice(0, at)}${shown}${mark}${said === '' || isMasked(said) ? said : '[comment redacted]'}${end}`;
}

/** A line of memcached's file of passwords: `user:password`, and nothing else in it; `host:port` and `unix:/path` are none. */
function maskedLogin(line: string, masking: Masking): string {
  const [, user = '', password = '', end = ''] = /^(\s*[^\s:#=/"'[\]{}*]{1,64}:)([^\s/:][^\s]*)(\s*)$/.exec(line) ?? [];
  if (password === '' || isNoSecret(password) || /^\d{1,5}$/.test(password) || /^[\da-f]{0,4}:/i.test(password))
    return line;
  return user + masking.mask('password', password, 'strong') + end;
}

/** A token under a misspelt key, in a comment, or alone; and the most of one. Files may have the name of their hash. */
function maskedLongRuns(line: string, key: string, value: string, masking: Masking): string {
  if (railgunParameterOf(key)?.type === 'path' && /^\/[\w./-]+;?\s*$/.test(value)) return line;
  // What is joined to such a run is a part of it.
  return line.replace(/[\w-]{20,}/g, (word) => {
    const runs = word.match(/[0-9a-z]{20,}/gi) ?? [];
    const isToken = runs.some((run) => run.length >= 32 || (/\d/.test(run) && /[a-z]/i.test(run)));
    return isToken ? masking.mask('token', word, 'strong') : word;
  });
}
