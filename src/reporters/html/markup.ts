import { shown } from '../reading/shown.js';

/** Source text of HTML. Only this file makes it of strings, so text from outside cannot become markup elsewhere. */
export class Markup {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

export type Content = string | number | Markup | readonly Markup[];

/** A template of markup: what is filled in is text, escaped and bounded, unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  let source = strings[0] ?? '';
  for (const [index, content] of contents.entries()) source += sourceOf(content) + (strings[index + 1] ?? '');
  return new Markup(source);
}

/** Text in lines, which is printable but for its line feeds: they stay, for `pre`. */
export function preformatted(text: string): Markup {
  return new Markup(escaped(text));
}

function sourceOf(content: Content): string {
  if (content instanceof Markup) return content.source;
  if (typeof content === 'string') return escaped(shown(content));
  if (typeof content === 'number') return escaped(String(content));
  return content.map(({ source }) => source).join('');
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** For the content of an element and for a quoted attribute. */
function escaped(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => references[character] ?? '');
}
