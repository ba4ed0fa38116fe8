import { escaped, literal, textLine } from './mdoc.js';

/** Words that a page marks where they stand in running text. */
export interface Marks {
  /** What stands for a value: `FILE`. */
  readonly values: readonly string[];
  /** Environment variables. */
  readonly variables?: readonly string[];
  /** Words that are never hyphenated: the spellings of choices. */
  readonly whole?: readonly string[];
}

/**
 * Running text as lines of mdoc: each sentence begins a line, and what is an option, a value, a variable, a path, the
 * program itself or a word between backquotes (to be typed or read as it stands) is marked as one.
 */
export function prose(text: string, marks: Marks): string[] {
  const lines: string[] = [];
  let line: string[] = [];
  const endLine = () => {
    if (line.length > 0) lines.push(textLine(line.join(' ')));
    line = [];
  };
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const [, before = '', core = '', after = ''] = /^([([]*)(.*?)([.,:;)\]?!]*)$/s.exec(word) ?? [];
    const marked = markOf(core, marks);
    if (marked === undefined)
      line.push(`${marks.whole?.includes(core) ? '\\%' : ''}${word === '-' ? literal(word) : escaped(word)}`);
    else {
      endLine();
      // Delimiters are arguments of their own, and stay outside of the mark.
      lines.push(`.${[marked[0], ...before, ...marked.slice(1), ...after].join(' ')}`);
    }
    if (/[.?!]\)?$/.test(word) || line.join(' ').length > 66) endLine();
  }
  endLine();
  return lines;
}

/** Paragraphs, `.Pp` between them. */
export function paragraphs(texts: readonly string[], marks: Marks): string[] {
  return texts.flatMap((text, index) => (index === 0 ? prose(text, marks) : ['.Pp', ...prose(text, marks)]));
}

/** A phrase of a definition (`print nothing but errors`) as a sentence. */
export function sentence(says: string): string {
  const first = says.charAt(0).toUpperCase() + says.slice(1);
  return /[.?!]$/.test(first) ? first : `${first}.`;
}

function markOf(core: string, { values, variables = [] }: Marks): string[] | undefined {
  const typed = /^`([^`]+)`$/.exec(core)?.[1];
  if (typed !== undefined) return ['Cm', literal(typed)];
  const option = /^-(-?[A-Za-z0-9][\w-]*)(?:=(.+))?$/.exec(core);
  if (option !== null) {
    const [, name = '', value] = option;
    const flag = ['Fl', literal(name)];
    return value === undefined
      ? flag
      : [...flag, 'Ns', '=', 'Ns', values.includes(value) ? 'Ar' : 'Cm', literal(value)];
  }
  if (values.includes(core)) return ['Ar', core];
  if (variables.includes(core)) return ['Ev', core];
  if (/^(~|\.{1,2})?\/[\w.+*@-]+(\/[\w.+*@-]*)*$/.test(core)) return ['Pa', literal(core)];
  if (core === 'rg-diag') return ['Nm', 'rg-diag'];
  return undefined;
}
