import { sources } from '../../../knowledge/sources.js';
import { estateRule, whereIs } from './estate-rule.js';

/** What decides how requests are handled, and with which listener they come is chance. */
const keys = [
  'wan.port',
  'wan.tls',
  'lan.timeout',
  'validate.cert',
  'insecure.origin',
  'compress.data',
  'stream.size',
  'memcached.limit',
  'memcached.expiration',
  'memcached.timeout',
  'origin.cf-railgun',
] as const;

/** Whether the listeners behave alike. */
export const estateSettings = estateRule({
  id: 'estate-settings',
  compares: true,
  means: 'The load balancer decides which listener gets a request: where they differ, errors come and go.',
  remedy: 'Set the same in every file, unless it is meant to differ.',
  cites: sources.railgunBalancers,
  well: 'what decides about requests is the same in all configurations',
  *find([first, ...rest]) {
    for (const conf of rest) {
      for (const key of keys) {
        const [own, other] = [conf.text(key), first?.text(key)];
        // What is not shown is compared by nobody.
        if (first === undefined || own === undefined || other === undefined || own === other) continue;
        const { place, evidence } = whereIs(conf, key);
        const says = `${key} is ${shown(own)}, and ${shown(other)} in ${first.conf.path}`;
        yield { status: 'note', says, place, evidence: [...evidence, ...whereIs(first, key).evidence] };
      }
    }
  },
});

function shown(value: string): string {
  return value === '' ? 'empty' : value.slice(0, 60);
}
