import { unescapedHtml } from './evidence-html.js';
import { evidenceSensitivity, isNoSecret } from './evidence-names.js';
import type { Masking } from './masking.js';

/** UTF-16 units of a tag that are looked at. */
const longestTag = 4000;

const attribute = /(?<=\s)([\w:.-]{1,60})\s{0,5}=\s{0,5}(?:\\?"([^"<>\\]*)|\\?'([^'<>\\]*)|([^\s"'<>\\]+))/g;

/**
 * HTML and XML in which the value of a field is masked that is one of a password, or goes by the name of a secret:
 * `<input type="password" value="…">`, `<add key="Password" value="…">`. Linear.
 */
export function maskedFields(text: string, masking: Masking): string {
  if (!/\s(?:value|content)\s{0,5}=/i.test(text)) return text;
  const parts: string[] = [];
  let from = 0;
  for (let start = text.indexOf('<'); start >= 0; ) {
    const next = text.indexOf('<', start + 1);
    const end = text.indexOf('>', start);
    if (end < 0) break;
    if ((next < 0 || end < next) && end - start <= longestTag) {
      parts.push(text.slice(from, start), maskedField(text.slice(start, end), masking));
      from = end;
    }
    start = next;
  }
  return parts.join('') + text.slice(from);
}

function maskedField(tag: string, masking: Masking): string {
  if (!/\s(?:value|content)\s{0,5}=/i.test(tag)) return tag;
  let name = '';
  for (const [, key = '', double, single, bare] of tag.matchAll(attribute)) {
    const value = double ?? single ?? bare ?? '';
    if (/^type$/i.test(key) && /^password$/i.test(value) && name === '') name = 'password';
    if (/^(?:name|key|id|property|itemprop)$/i.test(key) && evidenceSensitivity(value) === 'strong') name = value;
  }
  if (name === '') return tag;
  return tag.replace(attribute, (all, key: string, double?: string, single?: string, bare?: string) => {
    const value = double ?? single ?? bare ?? '';
    const said = unescapedHtml(value);
    if (!/^(?:value|content)$/i.test(key) || isNoSecret(said) || isNoSecret(value)) return all;
    const shown = masking.mask(name, said, 'strong', value);
    if (shown === value) return all;
    // A mask has a blank in it.
    const own = all.slice(0, all.length - value.length);
    return bare === undefined ? own + shown : `${own}"${shown}"`;
  });
}
