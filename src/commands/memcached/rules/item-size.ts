import { numberOf } from '../../../decoders/memcached.js';
import { railgunConfSources } from '../../../knowledge/railgun-memcached.js';
import { grouped } from '../../../model/count.js';
import type { Rule } from '../../../model/rule.js';
import type { ServerFacts } from '../facts.js';

const lower = 'Or lower memcached.limit and stream.size in railgun.conf.';

/** As memcached takes it: whole mebibytes that hold so many bytes. */
function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1_048_576);
}

/** Whether the pages that Railgun keeps fit into an item. */
export const itemSize: Rule<ServerFacts> = {
  id: 'memcached/item-size',
  means: 'Pages that are larger than an item may be are not kept, and so never compared.',
  remedy: lower,
  cites: railgunConfSources.sizes,
  skips: ({ settings }) =>
    largestOf(settings) === undefined ? 'the server does not say how large items may be' : undefined,
  check({ settings, asked: { limit, streamSize } }) {
    const largest = largestOf(settings) ?? 0;
    const evidence = ['/settings/item_size_max', '/asked/limit', '/asked/streamSize'];
    const says = `items have at most ${grouped(largest)} bytes`;
    // Larger pages are streamed, and larger ones than the limit are not kept: the smaller of the two is what is needed.
    const needed = Math.min(limit, streamSize);
    if (largest < needed) {
      const which = streamSize <= limit ? 'stream.size' : 'memcached.limit';
      const small = `${says}: pages up to ${grouped(needed)} bytes (${which}) are to be kept`;
      const remedy = `Allow larger items: start memcached with -I ${megabytes(needed)}m.\n${lower}`;
      return { status: 'warn', says: small, evidence, remedy, code: 'item-size-too-small' };
    }
    if (largest < limit) {
      const remedy = `To keep larger pages, start memcached with -I ${megabytes(limit)}m.\n${lower}`;
      return { status: 'note', says: `${says}, less than memcached.limit (${grouped(limit)} bytes)`, evidence, remedy };
    }
    return { status: 'pass', says, evidence };
  },
};

function largestOf(settings: ServerFacts['settings']): number | undefined {
  return numberOf(settings['item_size_max']);
}
