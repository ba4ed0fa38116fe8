import type { Finding } from '../../model/finding.js';
import { placeText } from '../../model/place.js';
import { shortened } from '../../model/shortened.js';
import { shown } from '../reading/shown.js';
import { clipped } from './columns.js';
import type { Paint, Sheet } from './palette.js';
import { wrapped } from './wrapped.js';

/**
 * What was found; in a file also where, in the form that editors and terminals take for a link, and at the end the rule
 * without its command, which is the same in all of them.
 */
export function drawHeadline({ rule, status, says, place }: Finding, { paint, width }: Sheet): string[] {
  const counts = status === 'fail' || status === 'broken' || status === 'warn';
  const draw: Paint = counts ? paint.strong : (text) => text;
  if (place === undefined) return wrapped(shown(says), width).map(draw);
  const file = place.file === '' ? '(empty)' : shortened(place.file, 2 * width);
  const where = shown(placeText({ ...place, file }));
  // Without blanks it stays in one piece.
  const tag = clipped(`[${shown(rule.slice(rule.indexOf('/') + 1)).replaceAll(' ', '_')}]`, width);
  const lines = wrapped(`${where}: ${shown(says)}  ${tag}`, width);
  return lines.map((line, index) =>
    index === lines.length - 1 && line.endsWith(tag)
      ? `${draw(line.slice(0, -tag.length))}${paint.faint(tag)}`
      : draw(line),
  );
}
