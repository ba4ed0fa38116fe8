import { bracketed } from '../../model/endpoint.js';
import { rgDiagLine } from '../../model/shell-quoted.js';
import type { DoctorAsked } from './facts.js';
import { fileWord, networkWords, optionWords, trustWords } from './plan-words.js';

/** The line that asks the doctor for the same again, with every option that says what is looked at and how; nothing secret is in it. */
export function doctorLine(asked: DoctorAsked): string {
  const { hosts, network, ip = [], logs = [], skip = [] } = asked;
  const { connectTo } = network;
  return rgDiagLine([
    'doctor',
    ...hosts,
    ...optionWords('config', asked.config && fileWord(asked.config)),
    ...ip.flatMap((address) => optionWords('ip', address)),
    ...(asked.modeGiven === true || asked.mode !== 'strict' ? optionWords('mode', asked.mode) : []),
    ...(asked.edgeProfile === '2026' ? [] : optionWords('edge-profile', asked.edgeProfile)),
    ...optionWords('read-timeout', asked.readTimeout),
    ...networkWords(network),
    ...optionWords('connect-to', connectTo && placeText(connectTo)),
    ...trustWords(asked),
    ...logs.flatMap((path) => optionWords('log', fileWord(path))),
    ...(asked.since === '24h' ? [] : optionWords('since', asked.since)),
    ...skip.flatMap((kind) => optionWords('skip', kind)),
    ...optionWords('timeout', asked.timeout),
    ...optionWords('timeout-result', asked.timeoutResult),
    ...optionWords('now', asked.now),
  ]);
}

function placeText({ host, port }: { readonly host: string; readonly port?: number }): string {
  return `${bracketed(host)}${port === undefined ? '' : `:${port}`}`;
}
