import type { Rule } from '../../../model/rule.js';
import type { WayFacts } from '../facts.js';
import { pings } from './reached.js';

export const loss: Rule<WayFacts> = {
  id: 'route/loss',
  means: 'Some probes to the destination itself got no answer: packets are lost, or it limits how many it answers.',
  remedy:
    'Ask again with more probes (--queries 10), and look from which hop on the loss stays: it begins there.\nLoss at a hop that is gone behind it is none: routers answer few probes, and pass the others on.',
  cites: '',
  skips({ reached, hops, tool }) {
    if (!reached) return 'the destination was not reached';
    if (tool.name === 'tracepath') return 'tracepath sends only until it has an answer';
    return (hops.at(-1)?.sent ?? 0) < 1 ? 'no probe was counted' : undefined;
  },
  check({ hops, protocol, cloudflare }) {
    const { loss: share = 0, sent = 0, received = 0 } = hops.at(-1) ?? {};
    const evidence = [`/hops/${hops.length - 1}/loss`];
    if (share === 0) return { status: 'pass', says: `all of ${sent} probes were answered`, evidence };
    const says = `${sent - received} of ${sent} probes to the destination got no answer`;
    if (cloudflare && protocol !== 'tcp') {
      const remedy = 'Cloudflare limits how many pings it answers: ask with --protocol tcp.';
      return { status: 'note', says, evidence, remedy, cites: pings };
    }
    return { status: 'warn', says, evidence, code: 'packet-loss' };
  },
};
