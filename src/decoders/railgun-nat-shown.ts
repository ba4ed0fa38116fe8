import { railgunParameters } from '../knowledge/railgun-parameters.js';
import { type ConfLine, confLines } from './conf-lines.js';
import { nearestAmong } from './nearest-known.js';

const secretKeys = railgunParameters.filter(({ secret }) => secret).map(({ key }) => key);

/**
 * The text of a `railgun-nat.conf` with as many asterisks in the place of what may be nobody's business: comments, lines that are
 * no `name=target`, what has the shape of a token or belongs to a secret key, and URLs with a password or a query. Everything
 * else stands where it stood: columns count the same.
 */
export function shownNatText(text: string): string {
  return confLines(text)
    .map((line) => shownLine(line))
    .join('');
}

function shownLine(line: ConfLine): string {
  const content = line.raw.slice(0, line.raw.length - line.end.length);
  switch (line.kind) {
    case 'blank':
      return line.raw;
    case 'comment': {
      const begin = content.indexOf('#') + 1;
      return masked(content, begin, content.length) + line.end;
    }
    case 'unreadable':
      // Blanks around it stay, and a = that has nothing before it: what is wrong is the same.
      return content.replace(/[^\s=#\ufeff]/g, '*') + line.end;
    case 'pair': {
      const { key, value } = line;
      const isSecret = /token|secret|passw/i.test(key.text) || nearestAmong(key.text, secretKeys) !== undefined;
      const before = content.slice(0, key.column - 1) + shownWords(key.text);
      const between = content.slice(before.length, value.column - 1);
      const shown = isSecret ? '*'.repeat(value.text.length) : shownWords(value.text);
      return before + between + shown + content.slice(value.column - 1 + value.text.length) + line.end;
    }
  }
}

/** Names and addresses as they are, with slips at their ends; all else, and what is meant as a comment, as asterisks. */
function shownWords(text: string): string {
  const hash = text.indexOf('#');
  if (hash >= 0) return shownWords(text.slice(0, hash)) + masked(text.slice(hash), 1, text.length - hash);
  return mayBeSeen(text) ? text : '*'.repeat(text.length);
}

/** Names with such a label exist, but they have a domain. */
function mayBeSeen(text: string): boolean {
  return (
    /^["']?(?:https?:\/\/)?[\w.:*[\]%, \t\u0080-\uffff-]*\/?["']?;?$/i.test(text) &&
    !/(?:^|[^\w.-])[0-9a-z]{20,}(?:$|[^\w.-])/i.test(text)
  );
}

function masked(text: string, from: number, to: number): string {
  return text.slice(0, from) + '*'.repeat(to - from) + text.slice(to);
}
