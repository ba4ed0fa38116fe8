import type { Explanation } from '../command.js';
import type { HarFacts } from './facts.js';
import { countsText, differenceText, entryText, requestText } from './text.js';

/** Lines of a ticket about one thing. */
const few = 10;

/** What a ticket needs: what failed, with rays and times. */
export function signalsOf({ archives, comparison }: HarFacts): Explanation['signals'] {
  return [
    ...archives.flatMap(({ path, summary: { statuses, colos, errors, unanswered } }): [string, string][] => [
      ['Archive', `${path}: statuses ${countsText(statuses)}`],
      ...(Object.keys(colos).length === 0 ? [] : [['Data centres', countsText(colos)] as [string, string]]),
      ...[...errors, ...unanswered]
        .slice(0, few)
        .map((entry): [string, string] => [
          'Error',
          `${entryText(entry)}${entry.at === undefined ? '' : `, ${entry.at}`}`,
        ]),
    ]),
    ...(comparison?.examples ?? [])
      .slice(0, few)
      .map((one): [string, string] => [
        'Difference',
        `${requestText(one.first)}: ${differenceText(one)} (${one.kind})`,
      ]),
  ];
}
