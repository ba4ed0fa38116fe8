import { railgunParameterOf } from '../../../knowledge/railgun-parameters.js';
import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';

const row = railgunParameterOf('memcached.expiration');

/** Whether pages that are kept go again. */
export const memcachedExpiration = confRule({
  id: 'memcached-expiration',
  means: 'Pages stay in memcached until it is full and throws others out, those that are asked for too.',
  remedy: `Set memcached.expiration to seconds, as in ${row?.default}, unless memcached has room for all pages.`,
  cites: row?.source ?? sources.railgunExecution,
  well: 'pages expire',
  *find(conf) {
    const by = conf.last('memcached.expiration');
    if (by === undefined || conf.number('memcached.expiration') !== 0) return;
    yield { status: 'note', says: 'memcached.expiration = 0: pages are kept for ever', by };
  },
});
