import type { CommandRow } from './command.js';

/** The only list of commands: name → summary, lazy loader. */
export const catalogue: readonly CommandRow[] = [
  {
    name: 'decode',
    summary: 'decode Cf-Railgun and CF-RAY values, one by one or out of logs of any size',
    load: () => import('./decode/command.js'),
  },
  {
    name: 'completion',
    summary: 'print a completion script for bash, zsh or fish',
    load: () => import('./completion/command.js'),
  },
];
