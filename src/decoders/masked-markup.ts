import type { Masking } from './masking.js';
import { sensitivityOf } from './sensitive-name.js';

interface Attribute {
  readonly name: string;
  readonly value: string;
  /** Offsets of the value, without its quotation marks. */
  readonly start: number;
  readonly end: number;
}

/** HTML or XML, with the values of fields, `meta` and elements that have a sensitive name masked. Nothing else changes. */
export function maskedMarkup(text: string, masking: Masking): string {
  let shown = '';
  let from = 0;
  for (let at = text.indexOf('<'); at >= 0; ) {
    const end = text.indexOf('>', at);
    if (end < 0) break;
    const attributes = attributesOf(text, at, end);
    const names = attributes.filter((one) => /^(?:name|property|id|http-equiv)$/i.test(one.name));
    const name = names.find((one) => sensitivityOf(one.value) !== undefined)?.value ?? '';
    const value = attributes.find((one) => /^(?:value|content)$/i.test(one.name));
    const sensitivity = sensitivityOf(name);
    if (sensitivity !== undefined && value !== undefined) {
      shown += text.slice(from, value.start) + masking.mask(name, value.value, sensitivity);
      from = value.end;
    }
    const next = text.indexOf('<', end);
    const element = /^<(?:[\w.-]*:)?([\w.-]+)/.exec(text.slice(at, at + 200))?.[1] ?? '';
    const ofElement = sensitivityOf(element);
    const content = text.slice(end + 1, next < 0 ? text.length : next);
    // `<code>` is of HTML, and so is a title.
    if (ofElement !== undefined && element !== 'code' && content.trim() !== '' && text.charAt(end - 1) !== '/') {
      shown += text.slice(from, end + 1) + masking.mask(element, content, ofElement);
      from = end + 1 + content.length;
    }
    at = next;
  }
  return shown + text.slice(from);
}

function attributesOf(text: string, start: number, end: number): Attribute[] {
  const attributes: Attribute[] = [];
  // It can begin only behind something else: without that, every unit of a long name would be tried.
  const pattern = /(?<![^\s<>"'/])([^\s=<>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;
  const tag = text.slice(start, end);
  for (const found of tag.matchAll(pattern)) {
    const [whole, name = '', double, single, bare = ''] = found;
    const value = double ?? single ?? bare;
    const quoted = double !== undefined || single !== undefined ? 1 : 0;
    const valueEnd = start + found.index + whole.length - quoted;
    attributes.push({ name, value, start: valueEnd - value.length, end: valueEnd });
  }
  return attributes;
}
