import type { CommandSpec } from '../../src/commands/command.js';
import { definitions } from './mdoc.js';
import { type Marks, prose } from './prose.js';

const verdicts: readonly (readonly [code: string, says: string])[] = [
  ['0', 'Everything that was tested is well. Never the status of a run that tested nothing.'],
  ['1', 'At least one warning, and nothing worse.'],
  ['2', 'Failed: what was tested is not as it should be.'],
  [
    '3',
    'Unknown: nothing could be tested, input could not be read as what it should be, or the output could not be written.',
  ],
];

const mishaps: readonly (readonly [code: string, says: string])[] = [
  [
    '64',
    'The command line is wrong; the message names the spelling that would have been right. 3 with --format=nagios.',
  ],
  ['70', 'A bug in rg-diag. 3 with --format=nagios.'],
  ['130', 'Ended by an interrupt (SIGINT).'],
  ['143', 'Ended by a request to terminate (SIGTERM).'],
];

const printed: readonly (readonly [code: string, says: string])[] = [
  ['0', 'The text was printed.'],
  ['3', 'The text could not be written.'],
  ['64', 'The command line is wrong; the message says how.'],
  ['70', 'A bug in rg-diag.'],
];

/** What the exit status says: the same codes for every command that diagnoses, in every format. */
export function exitStatus(
  { kind, exitStatus: own }: Pick<CommandSpec, 'kind' | 'exitStatus'>,
  marks: Marks,
): string[] {
  const common = kind === 'print' ? printed : [...verdicts, ...mishaps];
  const codes = own?.map(({ code, says }) => [code, says] as const) ?? common;
  const list = definitions(
    codes.map(([code, says]) => [code, prose(says, marks)]),
    '143',
  );
  if (kind !== 'diagnosis') return list;
  return [...list, '.Pp', ...prose('Over several reports the worst decides: 2 before 3 before 1 before 0.', marks)];
}
