import type { Answer, Given, UsageProblem } from '../command.js';
import type { BundleVerifyAsked, BundleVerifyTarget } from './facts.js';

/** Which folders, and where the secrets are that must not be in them. */
export function ask({ args, options }: Given): Answer<BundleVerifyAsked, BundleVerifyTarget> | UsageProblem {
  const config = options['config'] as string | undefined;
  const secretFile = options['secret-file'] as string | undefined;
  if (secretFile === '-' && args.length > 1) {
    return {
      problem: 'standard input can be read only once, and there are several folders',
      hint: 'Write the secrets into a file: --secret-file FILE.',
    };
  }
  return {
    asked: { ...(config !== undefined && { config }), ...(secretFile !== undefined && { secretFile }) },
    targets: args.map((path) => ({ path })),
  };
}
