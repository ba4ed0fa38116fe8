import type { Answer, Given, UsageProblem } from '../command.js';
import type { HarCheckAsked, HarCheckTarget } from './facts.js';

/** Seconds from which on a request is slow. */
const usualSlow = 5;

/** Which archives, and what is slow. */
export function ask({ args, options, stdinIsTerminal }: Given): Answer<HarCheckAsked, HarCheckTarget> | UsageProblem {
  if (args.length === 0 && stdinIsTerminal()) {
    return { problem: 'nothing to read: no FILE given', hint: 'As in rg-diag har check www.example.com.har.' };
  }
  if (args.length > 2) {
    return {
      problem: `two archives can be compared, and ${args.length} were given`,
      hint: 'As in rg-diag har check proxied.har paused.har.',
    };
  }
  if (args.filter((path) => path === '-').length > 1) return { problem: 'standard input can be read only once' };
  const slow = (options['slow'] as number | undefined) ?? usualSlow;
  return { asked: { slow }, targets: [{ paths: args.length === 0 ? ['-'] : args }] };
}
