import { withoutCertificateOwners } from './anonymised-certificates.js';
import { withinForms } from './anonymised-forms.js';
import type { AnonymousLabels } from './anonymised-labels.js';
import { withoutBrokenNames } from './anonymised-lines.js';
import { type Anonymised, anonymisedTokens } from './anonymised-tokens.js';
import { utf16View } from './evidence-utf16.js';

/** base64 in base64: below this nobody looks. */
const deepest = 3;

/**
 * A text with labels in the place of names and addresses, however it is written: as it is, in UTF-16, with escapes, in base64, cut off, or
 * broken into lines. Linear.
 */
export function anonymisedText(text: string, labels: AnonymousLabels, depth = 0): Anonymised {
  const wide = utf16View(text);
  if (wide !== undefined && depth < deepest) {
    const changed = anonymisedText(wide.text, labels, depth + 1);
    return { text: changed.count === 0 ? text : wide.written(changed.text), count: changed.count };
  }
  const owners = withoutCertificateOwners(text, labels);
  const forms =
    depth >= deepest
      ? { text: owners.text, count: 0 }
      : withinForms(owners.text, labels, (part) => anonymisedText(part, labels, depth + 1));
  const lines = withoutBrokenNames(forms.text, labels);
  const tokens = anonymisedTokens(lines.text, labels);
  return { text: tokens.text, count: owners.count + forms.count + lines.count + tokens.count };
}
