import { railgunConfSources } from '../../../knowledge/railgun-memcached.js';
import { confRule } from './conf-rule.js';

/** Whether all pages that are compressed may also be kept. */
export const memcachedLimit = confRule({
  id: 'memcached-limit',
  means:
    'Pages are kept in memcached up to memcached.limit, and compressed up to stream.size: what is not kept cannot be compared.',
  remedy:
    'Set memcached.limit to stream.size at least, and see that memcached takes items of that size: rg-diag memcached.',
  cites: railgunConfSources.sizes,
  well: 'memcached.limit is no less than stream.size',
  *find(conf) {
    const [limit, size] = [conf.number('memcached.limit'), conf.number('stream.size')];
    const by = conf.last('memcached.limit');
    // Where it is absent, or cannot be read, the documents disagree on what holds: other rules say so.
    if (by === undefined || conf.held('memcached.limit').unread !== undefined) return;
    if (limit === undefined || size === undefined || limit === 0 || limit >= size) return;
    const says = `memcached.limit = ${limit} is less than stream.size (${size})`;
    const other = conf.last('stream.size');
    yield { status: 'note', says, by, ...(other && { evidence: [`${other.pointer}/value`] }) };
  },
});
