import { connectToWords, fileWord, networkWords, optionWords, trustWords } from '../../model/option-words.js';
import type { BundleAsked, BundleTarget } from './facts.js';

/** The words behind `rg-diag` for all checks of this case. URLs stand in them as the user gave them. */
export function doctorWords(
  { hosts, modeGiven }: Pick<BundleTarget, 'hosts' | 'modeGiven'>,
  asked: BundleAsked,
): string[] {
  const { config, ip = [], mode, edgeProfile, readTimeout, logs = [], since, network, now } = asked;
  const isOrigin = hosts.length > 0;
  return [
    'doctor',
    ...hosts,
    ...optionWords('config', config && fileWord(config)),
    ...(isOrigin ? ip.flatMap((address) => optionWords('ip', address)) : []),
    ...(modeGiven ? optionWords('mode', mode) : []),
    ...optionWords('edge-profile', edgeProfile),
    ...optionWords('read-timeout', readTimeout),
    ...logs.flatMap((path) => optionWords('log', fileWord(path))),
    ...optionWords('since', since),
    ...trustWords(asked),
    ...networkWords(network),
    ...connectToWords(network),
    ...optionWords('now', now),
  ];
}
