import { addressKind } from '../../../decoders/address-kind.js';
import { sources } from '../../../knowledge/sources.js';
import { familyOf } from '../../../model/endpoint.js';
import type { SettingAt } from '../settings.js';
import { confRule, type Found } from './conf-rule.js';

const keys = ['activation.railgun_host', 'activation.public_ip'] as const;

/** Whether Cloudflare can reach what is called the public address. */
export const activationAddress = confRule({
  id: 'activation-address',
  means: 'Cloudflare connects to this address: from the Internet, to the port of wan.port.',
  remedy: 'Set activation.railgun_host to the public IPv4 address of rg-listener, or of the balancer or NAT before it.',
  cites: `${sources.railgunExecution}; ${sources.packageFile}`,
  well: 'the public address can be one',
  *find(conf) {
    for (const key of keys) {
      const by = conf.last(key);
      const { meant = '' } = by ?? {};
      if (by === undefined) continue;
      if (meant === '' && by.setting.hidden !== true) {
        yield { status: 'fail', code: 'not-activated', says: `${key} is empty`, by };
      } else if (/^YOUR_[A-Z_]{1,60}$/.test(meant)) {
        const says = `${key} was never filled in: it is what the package put there`;
        yield { status: 'fail', code: 'not-activated', says, by };
      } else if (familyOf(meant) !== undefined) yield* ofAddress(key, meant, by);
      else if (/^[\w.-]{1,253}$/.test(meant)) yield* ofName(key, meant, by);
    }
  },
});

function* ofAddress(key: string, address: string, by: SettingAt): Generator<Found> {
  const { kind, says: what, documentation, source } = addressKind(address);
  const cites = source === undefined ? {} : { cites: source };
  if (kind === 'cloudflare') {
    const says = `${key} = ${address} is an address of Cloudflare itself`;
    yield { status: 'fail', code: 'cloudflare-address', says, by, ...cites };
  } else if (kind !== 'public' && documentation !== true) {
    const says = `${key} = ${address} is an address ${what ?? 'that is not public'}: Cloudflare cannot reach it`;
    yield { status: 'fail', code: 'private-address', says, by, ...cites };
  } else if (key === 'activation.public_ip' && familyOf(address) === 6) {
    const says = `${key} is an IPv6 address, and no document has one there`;
    const remedy = 'Set activation.railgun_host to the public IPv4 address of rg-listener, in the place of it.';
    yield { status: 'warn', code: 'undocumented-form', says, by, remedy };
  }
}

function* ofName(key: string, name: string, by: SettingAt): Generator<Found> {
  if (/^localhost\.?$|\.(?:localhost|local|internal|lan|home\.arpa)\.?$/i.test(name) || !/\w\.\w/.test(name)) {
    // What looks like an address and is none is of the wrong type.
    if (/(?:^|\.)\d+\.?$/.test(name)) return;
    const says = `${key} = ${name} is a name of this network only: Cloudflare cannot reach it`;
    yield { status: 'fail', code: 'private-address', says, by };
  } else if (!/(?:^|\.)\d+\.?$/.test(name)) {
    const says = `${key} is a name, and the documents disagree on when it is looked up again: for each request, or at a restart`;
    yield { status: 'note', says, by, remedy: 'Prefer the address, as the file of the package does.' };
  }
}
