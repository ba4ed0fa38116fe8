import { packageConf } from '../../model/package-files.js';
import { confWord } from './conf-word.js';
import type { SeenFacts } from './facts.js';

/** A name of a file or an address as a shell reads it; the placeholder where it could be taken for something else. */
export function shellWord(text: string, placeholder: string): string {
  if (/^[\w./][\w./:@+-]{0,250}$/.test(text)) return text;
  // Brackets of an address of IPv6 are a pattern to a shell.
  return /^\[[0-9a-f:.]{2,45}\](?::\d{1,5})?$/i.test(text) ? `'${text}'` : placeholder;
}

/** The command that looks at this listener again, with these options. */
export function lookAgain(facts: Pick<SeenFacts, 'local' | 'wan' | 'statistics'>, options: string): string {
  const { local, wan, statistics } = facts;
  if (local !== undefined) {
    const word = confWord(facts);
    return `rg-diag listener ${word === packageConf ? '' : `--config ${word} `}${options}`;
  }
  const stats = statistics.state === 'skipped' ? '' : `--stats ${shellWord(statistics.address, 'ADDR:PORT')} `;
  return `rg-diag listener ${shellWord(wan.attempts[0]?.address ?? '', 'HOST')} ${stats}${options}`;
}

/** What a step is for, before its command; where the listener is looked at from outside, where to do it. */
export function onItsMachine({ local }: Pick<SeenFacts, 'local'>, purpose: string): string {
  return local === undefined ? 'On the machine of rg-listener:' : `${purpose}:`;
}
