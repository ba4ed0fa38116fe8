import { maskedText } from './masked-text.js';
import type { Masking } from './masking.js';
import { type Sensitivity, sensitivityOf } from './sensitive-name.js';

interface Frame {
  readonly isObject: boolean;
  /** Of the name that the whole of it stands under. */
  readonly inherited: { readonly name: string; readonly sensitivity: Sensitivity } | undefined;
  key: string;
  /** `{ "name": …, "value": … }`: whichever comes first waits for the other. */
  named?: string;
  value?: Token;
}

interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Digits of a number that goes by a name such as `code`, from which on it is rather a password than a status. */
const digitsOfSecret = 6;

/**
 * JSON with the values of sensitive names masked, token by token: blanks, order, numbers and names that come twice stay as they
 * are. What is cut off, or is several documents one after another, is read as far as it goes. Linear; nothing recurses but into
 * JSON that is a string of JSON.
 */
export function maskedJson(text: string, masking: Masking, depth = 0): string {
  const edits: { start: number; end: number; to: string }[] = [];
  const stack: Frame[] = [];
  const edit = ({ start, end, text: before }: Token, after: string) => {
    if (after !== before) edits.push({ start, end, to: JSON.stringify(after) });
  };
  const under = (frame: Frame | undefined) => {
    if (frame === undefined) return undefined;
    const own = frame.isObject ? sensitivityOf(frame.key) : undefined;
    return own === undefined ? frame.inherited : { name: frame.key, sensitivity: own };
  };
  const string = (token: Token) => {
    const frame = stack.at(-1);
    const name = under(frame);
    if (name !== undefined) edit(token, masking.mask(name.name, token.text, name.sensitivity));
    else if (frame?.isObject === true && frame.key === 'value') frame.value = token;
    else {
      if (frame?.isObject === true && /^(?:name|key)$/.test(frame.key)) frame.named = token.text;
      edit(token, maskedText(token.text, masking, depth + 1));
    }
  };
  const close = (frame: Frame | undefined) => {
    if (frame?.value === undefined) return;
    const sensitivity = sensitivityOf(frame.named ?? '');
    const { value } = frame;
    edit(
      value,
      sensitivity === undefined
        ? maskedText(value.text, masking, depth + 1)
        : masking.mask(frame.named ?? '', value.text, sensitivity),
    );
  };

  for (let at = 0; at < text.length; ) {
    const unit = text.charAt(at);
    if (unit === '"') {
      const end = endOfString(text, at);
      const token = { start: at, end, text: stringOf(text.slice(at, end)) };
      const frame = stack.at(-1);
      at = end;
      if (frame?.isObject === true && nextOf(text, end) === ':') frame.key = token.text;
      else string(token);
      continue;
    }
    if (unit === '{' || unit === '[') {
      const above = under(stack.at(-1));
      // `state` is what a page calls all that it knows, and `code` a record of its own: only strings directly under them are meant.
      const inherited = unit === '[' || above?.sensitivity === 'strong' ? above : undefined;
      stack.push({ isObject: unit === '{', inherited, key: '' });
    } else if (unit === '}' || unit === ']') {
      close(stack.pop());
    } else if (/[-\d]/.test(unit)) {
      const end = endOfNumber(text, at);
      number({ start: at, end, text: text.slice(at, end) });
      at = end;
      continue;
    }
    at += 1;
  }
  while (stack.length > 0) close(stack.pop());
  return applied(text, edits);

  function number(token: Token): void {
    const name = under(stack.at(-1));
    if (name === undefined) return;
    if (name.sensitivity === 'weak' && token.text.replace(/\D/g, '').length < digitsOfSecret) return;
    edit(token, masking.mask(name.name, token.text, name.sensitivity));
  }
}

function applied(text: string, edits: { start: number; end: number; to: string }[]): string {
  if (edits.length === 0) return text;
  let shown = '';
  let from = 0;
  for (const { start, end, to } of edits.sort((a, b) => a.start - b.start)) {
    shown += text.slice(from, start) + to;
    from = end;
  }
  return shown + text.slice(from);
}

/** The offset behind the closing quotation mark, or the end where there is none. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x5c) at += 1;
    else if (unit === 0x22) return at + 1;
  }
  return text.length;
}

function stringOf(token: string): string {
  try {
    return JSON.parse(token) as string;
  } catch {
    // Cut off, or with what JSON does not allow in a string.
    return token.replace(/^"|"$/g, '');
  }
}

function nextOf(text: string, from: number): string {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
  return text.charAt(at);
}

function endOfNumber(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && /[\d.eE+-]/.test(text.charAt(at))) at += 1;
  return at;
}
