import { recogniseText } from '../../decoders/explained-text.js';
import type { Answer, Given, UsageProblem } from '../command.js';
import type { ExplainAsked, ExplainTarget } from './facts.js';

/** Each argument is a target of its own, unless only all of them together are something: `error 522`. */
export function ask({
  args,
  options,
  targets,
  stdinIsTerminal,
}: Given): Answer<ExplainAsked, ExplainTarget> | UsageProblem {
  const given = args.filter((text) => text !== '-');
  const texts = [...(belongTogether(given) ? [given.join(' ')] : given), ...targets];
  const inputs = [
    ...((options['input'] as readonly string[] | undefined) ?? []),
    ...args.filter((text) => text === '-'),
  ];
  const reports = (options['report'] as readonly string[] | undefined) ?? [];
  if (texts.length + inputs.length + reports.length === 0 && options['targets'] === undefined) {
    if (stdinIsTerminal()) {
      return {
        problem: 'nothing to explain: no CODE or TEXT given',
        hint: 'Give a code such as 522, a line of a log in quotes, or an error page with -i FILE.',
      };
    }
    inputs.push('-');
  }
  if ([...inputs, ...reports, options['targets']].filter((path) => path === '-').length > 1) {
    return { problem: 'standard input can be read only once' };
  }
  return {
    asked: {},
    targets: [
      ...texts.map((text): ExplainTarget => ({ kind: 'text', text })),
      ...inputs.map((path): ExplainTarget => ({ kind: 'file', path })),
      ...reports.map((path): ExplainTarget => ({ kind: 'report', path })),
    ],
  };
}

function belongTogether(args: readonly string[]): boolean {
  if (args.length < 2) return false;
  const isKnown = (text: string) => {
    const { readings, unlisted } = recogniseText(text);
    return readings.length > 0 || unlisted !== undefined;
  };
  return !args.every(isKnown) && isKnown(args.join(' '));
}
