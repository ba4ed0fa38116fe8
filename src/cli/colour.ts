export interface ColourChoice {
  /** `--color`, where it was given. */
  readonly option: 'auto' | 'always' | 'never' | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
}

/**
 * Whether one stream takes colour: `--color` > `NO_COLOR` > `FORCE_COLOR` and `CLICOLOR_FORCE` > `CLICOLOR` > a
 * terminal that is not dumb (no-color.org, force-color.org, bixense.com/clicolors). Empty variables count as unset.
 */
export function takesColour({ option, env, isTerminal }: ColourChoice): boolean {
  if (option === 'always') return true;
  if (option === 'never') return false;
  if (isSet(env['NO_COLOR'])) return false;
  if (isSet(env['FORCE_COLOR'])) return !['0', 'false'].includes(env['FORCE_COLOR']);
  if (isSet(env['CLICOLOR_FORCE']) && env['CLICOLOR_FORCE'] !== '0') return true;
  if (env['CLICOLOR'] === '0') return false;
  return isTerminal && env['TERM'] !== 'dumb';
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
