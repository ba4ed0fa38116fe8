import { packageConf } from '../../model/package-files.js';
import type { SeenFacts } from './facts.js';

/**
 * The railgun.conf of a listener as a shell reads it: FILE for standard input, and where its name could be taken for something
 * else; that of the package where the listener is looked at from outside.
 */
export function confWord({ local }: Pick<SeenFacts, 'local'>): string {
  const path = local?.config.path ?? packageConf;
  return path !== '-' && /^[\w./][\w./:@+-]{0,250}$/.test(path) ? path : 'FILE';
}
