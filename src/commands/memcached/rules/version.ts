import { memcachedVersion } from '../../../knowledge/railgun-memcached.js';
import type { Rule } from '../../../model/rule.js';
import type { ServerFacts } from '../facts.js';

/** Whether Railgun is documented to work with this version. */
export const version: Rule<ServerFacts> = {
  id: 'memcached/version',
  means: `Railgun is documented to work with memcached ${memcachedVersion.major}.${memcachedVersion.minor} or newer.`,
  remedy: 'Install a newer memcached.',
  cites: memcachedVersion.source,
  skips: (facts) => (partsOf(facts.version) === undefined ? 'its version is no number' : undefined),
  check(facts) {
    const [major, minor] = partsOf(facts.version) ?? [0, 0];
    const { major: needed, minor: least } = memcachedVersion;
    const says = `memcached ${facts.version}`;
    const evidence = ['/version'];
    if (major > needed || (major === needed && minor >= least)) return { status: 'pass', says, evidence };
    return { status: 'warn', says: `${says} is older than ${needed}.${least}`, evidence, code: 'outdated-version' };
  },
};

function partsOf(text: string): readonly [number, number] | undefined {
  const [, major, minor] = /^(\d{1,6})\.(\d{1,6})(?!\d)/.exec(text) ?? [];
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)];
}
