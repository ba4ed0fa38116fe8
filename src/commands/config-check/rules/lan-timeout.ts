import { edgeProfiles } from '../../../knowledge/edge-profiles.js';
import { railgunParameterOf } from '../../../knowledge/railgun-parameters.js';
import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';

const [before, now] = edgeProfiles;
const usual = Number(railgunParameterOf('lan.timeout')?.default);

/** Whether rg-listener waits for the origin as long as Cloudflare waits for rg-listener, and no longer. */
export const lanTimeout = confRule({
  id: 'lan-timeout',
  means: `Cloudflare gives an answer up after ${now.readSeconds} s (error 524) unless proxy_read_timeout of an Enterprise zone was raised, rg-listener after lan.timeout (error 527; 502 before 5.3.0): the shorter one counts.`,
  remedy: `Set lan.timeout above the slowest page, and below ${now.readSeconds}, or below proxy_read_timeout where the zone has another.`,
  cites: `${railgunParameterOf('lan.timeout')?.source}; ${now.source}; ${before.source}; ${sources.railgunChangelog}`,
  well: 'lan.timeout is no longer than Cloudflare waits, and no shorter than its default',
  *find(conf) {
    const by = conf.last('lan.timeout');
    const seconds = conf.number('lan.timeout');
    // What 0 means, and what cannot be read, other rules say.
    if (by === undefined || seconds === undefined || conf.held('lan.timeout').unread !== undefined) return;
    if (seconds >= now.readSeconds) {
      const says = `lan.timeout = ${seconds} is in vain unless proxy_read_timeout of an Enterprise zone was raised: visitors get error 524 after ${now.readSeconds} s`;
      yield { status: 'warn', code: 'ineffective-setting', says, by };
    } else if (seconds >= before.readSeconds) {
      const says = `lan.timeout = ${seconds}: Cloudflare waits ${now.readSeconds} s by its newer documents, ${before.readSeconds} s by the older ones`;
      yield { status: 'note', says, by, cites: `${now.source}; ${before.source}` };
    } else if (seconds < usual) {
      const says = `lan.timeout = ${seconds}: visitors get error 527 (502 before 5.3.0) for pages that the default of ${usual} s would have delivered`;
      yield {
        status: 'note',
        says,
        by,
        cites: `${sources.railgunExecution}; ${sources.of2023}, 527; ${sources.railgunChangelog}`,
      };
    }
  },
});
