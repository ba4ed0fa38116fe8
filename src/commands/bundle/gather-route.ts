import { cloudflareAddresses } from '../../decoders/cloudflare-addresses.js';
import { decodeText } from '../../decoders/text-encoding.js';
import { readFileEnd } from '../../io/file-end.js';
import { type Gathered, missing } from './gathered.js';
import { gatherRun, type Runner, type RunTime } from './other-run.js';

/** Bytes of each log in which addresses are looked for: its end. */
const longestEnd = 5_000_000;

/** The route to the address of Cloudflare that is the `rank`th most frequent one in logs; 1 is the first. */
export async function gatherRouteToCloudflare(
  { logs, rank, words }: { readonly logs: readonly string[]; readonly rank: number; readonly words: readonly string[] },
  runner: Runner,
  time: RunTime,
): Promise<Gathered> {
  const counts = new Map<string, number>();
  for (const path of logs) {
    const read = await readFileEnd(path, longestEnd, time.signal);
    if (!read.ok) continue;
    for (const { address, count } of cloudflareAddresses(decodeText(read.value.bytes).text)) {
      counts.set(address, (counts.get(address) ?? 0) + count);
    }
  }
  const addresses = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([address]) => address);
  const address = addresses[rank - 1];
  if (address === undefined) {
    return missing(
      addresses.length === 0
        ? 'the logs name no address of Cloudflare'
        : `the logs name ${addresses.length} addresses of Cloudflare only`,
    );
  }
  const line = ['rg-diag', ...words, address].join(' ');
  return { ...(await gatherRun([...words, address], runner, time)), how: line };
}
