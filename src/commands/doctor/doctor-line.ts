import { connectToWords, fileWord, networkWords, optionWords, trustWords } from '../../model/option-words.js';
import { rgDiagLine } from '../../model/shell-quoted.js';
import type { DoctorAsked } from './facts.js';

/** The line that asks the doctor for the same again, with every option that says what is looked at and how; nothing secret is in it. */
export function doctorLine(asked: DoctorAsked): string {
  const { hosts, network, ip = [], logs = [], skip = [] } = asked;
  return rgDiagLine([
    'doctor',
    ...hosts,
    ...optionWords('config', asked.config && fileWord(asked.config)),
    ...ip.flatMap((address) => optionWords('ip', address)),
    ...(asked.modeGiven === true || asked.mode !== 'strict' ? optionWords('mode', asked.mode) : []),
    ...(asked.edgeProfile === '2026' ? [] : optionWords('edge-profile', asked.edgeProfile)),
    ...optionWords('read-timeout', asked.readTimeout),
    ...networkWords(network),
    ...connectToWords(network),
    ...trustWords(asked),
    ...logs.flatMap((path) => optionWords('log', fileWord(path))),
    ...(asked.since === '24h' ? [] : optionWords('since', asked.since)),
    ...skip.flatMap((kind) => optionWords('skip', kind)),
    ...optionWords('timeout', asked.timeout),
    ...optionWords('timeout-result', asked.timeoutResult),
    ...optionWords('now', asked.now),
  ]);
}
