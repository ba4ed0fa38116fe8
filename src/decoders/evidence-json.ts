/** A string or number of a JSON text, or a key. */
export interface JsonToken {
  readonly kind: 'key' | 'string' | 'number';
  /** Of a string what it says, of a number how it is written. */
  readonly text: string;
  /** What the value goes by: its key, that of the list it is in, or the `name` beside a `value`; '' where there is none. */
  readonly name: string;
  /** The string before it in the same list, '' where there is none: names of headers may stand before their values. */
  readonly before: string;
  /** Keys of the objects around it, the outermost first, at most the nearest few. */
  readonly within: readonly string[];
}

interface Frame {
  readonly isObject: boolean;
  /** The key that an array stands under. */
  readonly inherited: string;
  /** Of an object the last key, of a list the last string. */
  key: string;
  named: string;
  waiting: { readonly start: number; readonly end: number; readonly text: string } | undefined;
}

/** Objects around a value that are told. */
const nearest = 8;

/**
 * JSON with its strings, numbers and keys as `edit` wants them: blanks, order and everything else stay. A number that is edited
 * becomes a string. For what `JSON.parse` takes; linear, and nothing recurses.
 */
export function editedJson(text: string, edit: (token: JsonToken) => string): string {
  const edits: { start: number; end: number; to: string }[] = [];
  const stack: Frame[] = [];
  const within = () => {
    const keys: string[] = [];
    for (let at = Math.max(0, stack.length - nearest); at < stack.length; at += 1) {
      const frame = stack[at] as Frame;
      if (frame.isObject) keys.push(frame.key);
    }
    return keys;
  };
  const offer = (kind: JsonToken['kind'], start: number, end: number, said: string, name: string, before = '') => {
    const to = edit({ kind, text: said, name, before, within: within() });
    if (to !== said) edits.push({ start, end, to: JSON.stringify(to) });
  };
  const nameIn = (frame: Frame | undefined) =>
    frame === undefined ? '' : frame.isObject ? frame.key : frame.inherited;
  const close = (frame: Frame | undefined) => {
    if (frame?.waiting === undefined) return;
    const { start, end, text: said } = frame.waiting;
    offer('string', start, end, said, frame.named);
  };
  for (let at = 0; at < text.length; ) {
    const unit = text.charAt(at);
    const frame = stack.at(-1);
    if (unit === '"') {
      const end = endOfString(text, at);
      const said = stringOf(text.slice(at, end));
      if (frame?.isObject === true && isKey(text, end)) {
        offer('key', at, end, said, '');
        frame.key = said;
      } else if (frame?.isObject === true && frame.key === 'value') frame.waiting = { start: at, end, text: said };
      else {
        if (frame?.isObject === true && /^(?:name|key)$/.test(frame.key)) frame.named = said;
        const isListed = frame?.isObject === false;
        offer('string', at, end, said, nameIn(frame), isListed ? frame.key : '');
        if (isListed) frame.key = said;
      }
      at = end;
    } else if (unit === '{' || unit === '[') {
      stack.push({ isObject: unit === '{', inherited: nameIn(frame), key: '', named: 'value', waiting: undefined });
      at += 1;
    } else if (unit === '}' || unit === ']') {
      close(frame);
      stack.pop();
      at += 1;
    } else if (/[-\d]/.test(unit)) {
      let end = at + 1;
      while (end < text.length && /[\d.eE+-]/.test(text.charAt(end))) end += 1;
      offer('number', at, end, text.slice(at, end), nameIn(frame));
      at = end;
    } else at += 1;
  }
  return applied(text, edits);
}

/** Whether a text is JSON as a whole. */
export function isJson(text: string): boolean {
  if (!/^\ufeff?\s*[[{]/.test(text.slice(0, 1000))) return false;
  try {
    JSON.parse(text.replace(/^\ufeff/, ''));
    return true;
  } catch {
    return false;
  }
}

function applied(text: string, edits: { start: number; end: number; to: string }[]): string {
  if (edits.length === 0) return text;
  const parts: string[] = [];
  let from = 0;
  for (const { start, end, to } of edits.sort((a, b) => a.start - b.start)) {
    parts.push(text.slice(from, start), to);
    from = end;
  }
  return parts.join('') + text.slice(from);
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x5c) at += 1;
    else if (unit === 0x22) return at + 1;
  }
  return text.length;
}

function stringOf(token: string): string {
  if (token.length >= 2 && token.endsWith('"') && !token.includes('\\')) return token.slice(1, -1);
  try {
    return JSON.parse(token) as string;
  } catch {
    return token.replace(/^"|"$/g, '');
  }
}

function isKey(text: string, from: number): boolean {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
  return text.charAt(at) === ':';
}
