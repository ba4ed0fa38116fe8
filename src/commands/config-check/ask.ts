import { packageConf } from '../../model/package-files.js';
import type { Answer, Given, UsageProblem } from '../command.js';
import type { ConfigCheckAsked, ConfigCheckTarget } from './facts.js';

/** What is asked of which files: they belong together, and so are one target. */
export function ask({ args, options }: Given): Answer<ConfigCheckAsked, ConfigCheckTarget> | UsageProblem {
  const files = args.length === 0 ? [packageConf] : args;
  const fix = options['fix'] === true;
  if (files.includes('')) return { problem: 'FILE is empty', hint: 'As in rg-diag config check railgun.conf.' };
  if (files.filter((path) => path === '-').length > 1) return { problem: 'standard input can be read only once' };
  if (fix && files.includes('-')) {
    return {
      problem: '--fix changes files, and standard input is none',
      hint: 'As in rg-diag config check --fix railgun.conf.',
    };
  }
  return {
    asked: { ...(options['behind-load-balancer'] === true && { behindLoadBalancer: true }), ...(fix && { fix }) },
    targets: [{ files }],
  };
}
