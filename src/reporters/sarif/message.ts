import { printable } from '../../model/printable.js';
import { shortened } from '../../model/shortened.js';

/** What viewers show of one text is far less. */
const longest = 4000;

/**
 * Text for a message of SARIF (3.11), which is for reading: unsafe characters are escaped, but line ends part its
 * paragraphs. Braces would name an argument, so they are doubled, as the format asks for; `](` would make a link of what
 * stands before it, so a blank comes between.
 */
export function message(text: string): { readonly text: string } {
  const lines = shortened(text, longest).split('\n').map(printable);
  return { text: lines.join('\n').replaceAll(/[{}]/g, '$&$&').replaceAll('](', '] (') };
}

/** The text with a full stop, so that the first sentence of a message is the summary that viewers take it for. */
export function sentence(text: string): string {
  return text === '' || /[.!?…]$/.test(text) ? text : `${text}.`;
}
