import type { Finding, RelatedFinding } from '../../model/finding.js';
import { byRelation, relatedWords } from '../reading/related-words.js';
import { shown } from '../reading/shown.js';
import { beside } from './beside.js';
import { type Sheet, statusMarks } from './palette.js';
import { wrapped } from './wrapped.js';

/** Of one finding more than these help no reader; verbose has all of them. */
const most = 8;

const signs: Readonly<Record<RelatedFinding['relation'], string>> = { follows: '↳', confirms: '≈' };

/** What other checks found that belongs to a finding, a paragraph each. */
export function drawRelated({ related = [] }: Finding, sheet: Sheet): string[] {
  const kept = sheet.verbose ? byRelation(related) : byRelation(related).slice(0, most);
  const lines = kept.flatMap((finding) => drawOne(finding, sheet));
  const left = related.length - kept.length;
  return left === 0 ? lines : [...lines, `  ${sheet.paint.faint(`(and ${left} more; --verbose names them)`)}`];
}

function drawOne({ relation, rule, status, target, says }: RelatedFinding, { paint, width, verbose }: Sheet): string[] {
  const { mark, tone } = statusMarks[status];
  const tag = verbose ? ` [${shown(rule)}]` : '';
  const text = `${relatedWords[relation]} ${target === '' ? '(empty)' : shown(target)}: ${shown(says)}${tag}`;
  return beside(
    [
      { lines: [' '], columns: 1 },
      { lines: [signs[relation]], columns: 1, paint: paint.faint },
      { lines: [mark], columns: 1, paint: paint[tone] },
      { lines: wrapped(text, width - 6) },
    ],
    ' ',
  );
}

/** The line to type. It is not folded: pasted in two, a shell would run its first half. */
export function drawAgain({ again }: Finding, { paint }: Sheet): string[] {
  return again === undefined || again === '' ? [] : [`  ${paint.faint('again:')} ${shown(again).trim()}`];
}
