const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/**
 * A page with its texts, its comments and the values of its attributes as `edit` wants them, which sees them without entities. Tags stay, and
 * what is changed is escaped again. Linear.
 */
export function editedHtml(page: string, edit: (text: string) => string): string {
  const parts: string[] = [];
  let from = 0;
  while (from < page.length) {
    const tag = page.indexOf('<', from);
    if (tag >= 0 && page.startsWith('<!--', tag)) {
      const stop = page.indexOf('-->', tag + 4);
      const limit = stop < 0 ? page.length : stop;
      parts.push(editedText(page.slice(from, tag), edit), '<!--', edit(page.slice(tag + 4, limit)));
      from = limit;
      continue;
    }
    const end = tag < 0 ? -1 : page.indexOf('>', tag);
    if (tag < 0 || end < 0) break;
    parts.push(editedText(page.slice(from, tag), edit), editedTag(page.slice(tag, end + 1), edit));
    from = end + 1;
    const [, raw] = /^<(script|style)\b/i.exec(page.slice(tag, tag + 10)) ?? [];
    if (raw === undefined) continue;
    // Its content has no entities.
    const stop = page.indexOf('</', from);
    const content = page.slice(from, stop < 0 ? page.length : stop);
    parts.push(edit(content).replaceAll('</', '<\\/'));
    from += content.length;
  }
  parts.push(editedText(page.slice(from), edit));
  return parts.join('');
}

function editedText(text: string, edit: (text: string) => string): string {
  if (text.trim() === '') return text;
  const said = unescapedHtml(text);
  const to = edit(said);
  return to === said ? text : escaped(to);
}

function editedTag(tag: string, edit: (text: string) => string): string {
  if (!tag.includes('=')) return tag;
  return tag.replace(/=(\s*)(?:"([^"]*)"|'([^']*)')/g, (all, blank: string, double?: string, single?: string) => {
    const value = double ?? single ?? '';
    const to = editedText(value, edit);
    return to === value ? all : `=${blank}"${to}"`;
  });
}

/** A text of HTML without entities: those of markup, and the numbered ones. */
export function unescapedHtml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi,
    (all, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named[name.toLowerCase()] ?? all;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : all;
    },
  );
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('\u00a0', '&nbsp;');
}
