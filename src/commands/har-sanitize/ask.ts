import type { Answer, Given, UsageProblem } from '../command.js';
import type { HarSanitizeAsked, HarSanitizeTarget } from './facts.js';

/** Which archive, and what of tokens is masked. */
export function ask({
  args,
  options,
  format,
  stdinIsTerminal,
}: Given): Answer<HarSanitizeAsked, HarSanitizeTarget> | UsageProblem {
  const [path = '-'] = args;
  if (args.length === 0 && stdinIsTerminal()) {
    return {
      problem: 'nothing to read: no FILE given',
      hint: 'As in rg-diag har sanitize www.example.com.har -o sanitized.har.',
    };
  }
  const jwt = options['jwt'] === 'whole' ? 'whole' : 'signature';
  return { asked: { jwt, handOver: format === undefined || format === 'har' }, targets: [{ path }] };
}
