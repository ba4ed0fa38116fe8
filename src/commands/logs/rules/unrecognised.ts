import type { Rule } from '../../../model/rule.js';
import { shortened } from '../../../model/shortened.js';
import type { LogsFacts } from '../facts.js';
import { counted, isText } from '../text.js';

/** Lines that may be of rg-listener and are not known. */
export const unrecognised: Rule<LogsFacts> = {
  id: 'logs/unrecognised',
  means: 'No published line of rg-listener is like these, so nothing is said about them.',
  remedy: 'Read the samples below the causes; what looks like an error belongs into a support ticket.',
  cites: '',
  check({ unrecognised: count, unrecognisedSamples }) {
    if (count === 0) return { status: 'pass', says: 'every line of rg-listener is known', evidence: ['/unrecognised'] };
    const [first] = unrecognisedSamples;
    const evidence = ['/unrecognised', ...(first === undefined ? [] : ['/unrecognisedSamples/0'])];
    const sample = first === undefined ? '' : `, such as line ${first.line}${shownText(first.text)}`;
    const remedy = unrecognisedSamples.some(({ text }) => isText(text)) || first === undefined ? this.remedy : '';
    return { status: 'note', says: `${counted(count, 'line')} not recognised${sample}`, evidence, remedy };
  },
};

function shownText(text: string): string {
  return isText(text) ? `: ${shortened(text, 160)}` : ', which is no text';
}
