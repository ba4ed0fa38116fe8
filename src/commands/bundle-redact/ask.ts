import type { Answer, Given, UsageProblem } from '../command.js';
import type { BundleRedactAsked, BundleRedactTarget } from './facts.js';

/** Which folder, and where the masked one is to appear. */
export function ask({
  args: [path = ''],
  options,
}: Given): Answer<BundleRedactAsked, BundleRedactTarget> | UsageProblem {
  const bare = path.replace(/(?<=[^/])\/{1,}$/, '');
  const directory = (options['dir'] as string | undefined) ?? `${bare}-redacted`;
  if (directory.trim() === '')
    return { problem: 'the name of the folder to make is empty', hint: 'As in --dir masked.' };
  if (options['dir'] === undefined && /(?:^|\/)\.{0,2}$/.test(bare)) {
    return {
      problem: `there is no name for what ${path} becomes`,
      hint: 'Say what the new folder is called: --dir NEW.',
    };
  }
  const config = options['config'] as string | undefined;
  const secretFile = options['secret-file'] as string | undefined;
  return {
    asked: {
      directory,
      ...(options['anonymise'] === true && { anonymise: true }),
      ...(config !== undefined && { config }),
      ...(secretFile !== undefined && { secretFile }),
    },
    targets: [{ path }],
  };
}
