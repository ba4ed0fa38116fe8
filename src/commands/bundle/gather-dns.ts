import { resolve } from '../../io/resolve.js';
import { familyOf } from '../../model/endpoint.js';
import type { NetworkOptions } from '../../model/network.js';
import { type Gathered, missing } from './gathered.js';

const port = 443;

/** The addresses of each name, of both families, and who says so. `--connect-to` has no meaning here. */
export async function gatherDns(
  names: readonly string[],
  { connectTo: _, family: only, ...network }: NetworkOptions,
  signal: AbortSignal,
): Promise<Gathered> {
  if (names.length === 0) return missing('there is no name to ask for');
  const families = only === undefined ? ([4, 6] as const) : ([only] as const);
  const asked = names.map(async (name) => {
    if (familyOf(name) !== undefined) return [`${name}`, '  is an address'];
    const lines = await Promise.all(
      families.map(async (family) => {
        const type = (family === 4 ? 'A' : 'AAAA').padEnd(5);
        const { ok, ms, ...answer } = await resolve(name, port, { ...network, family }, signal);
        const time = `${ms.toFixed(1)} ms`;
        if (!('value' in answer)) return [`  ${type} - (${answer.failure.code}: ${answer.failure.detail}; ${time})`];
        const { destinations, by } = answer.value;
        return destinations.map(({ address }) => `  ${type} ${address} (${sourceOf(by, network)}, ${time})`);
      }),
    );
    return [name, ...lines.flat()];
  });
  const text = (await Promise.all(asked)).map((lines) => `${lines.join('\n')}\n`).join('\n');
  return { state: 'collected', text };
}

function sourceOf(by: string, { resolver }: NetworkOptions): string {
  if (by === 'resolver') return `from ${resolver?.address}, port ${resolver?.port}`;
  if (by === 'hosts') return 'from the hosts file of this machine';
  return by === 'option' ? 'as --resolve says' : 'from the system';
}
