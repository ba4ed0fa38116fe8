/** A title as it stands within a sentence: `web server is down`; names keep their capital letter. */
export function inSentence(title: string): string {
  return /^(?:[A-Z]{2}|Railgun\b)/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
}
