import type { Command } from '../command.js';
import type { BundleVerifyAsked, BundleVerifyFacts, BundleVerifyTarget } from './facts.js';

export const command: Command<BundleVerifyAsked, BundleVerifyTarget, BundleVerifyFacts> = {
  kind: 'diagnosis',
  name: 'bundle verify',
  summary: 'check a bundle before it is sent: whole, unchanged, of types that support takes, with no secret in it',
  description: [
    'Compares a folder that rg-diag bundle has made with its manifest.json: every file that it lists is there, with its size and SHA-256, ' +
      'and nothing else. Links, FIFOs, devices and folders in it are named and never opened.',
    'Then every file is read as if it were to be masked anew: where today’s rules would mask something, the place is named. Every secret ' +
      'that is known is looked for: as it is, escaped or URL-encoded as a whole or in part, in base64, in hexadecimal and in UTF-16, ' +
      'and broken into lines or cut off. Known are those of ' +
      'railgun.conf, those of a list (--secret-file), and what was found in one of the files. No secret is shown.',
  ],
  arguments: [
    {
      value: { name: 'DIR', kind: 'file' },
      required: true,
      repeats: true,
      says: 'a folder that rg-diag bundle has made',
    },
  ],
  options: [
    {
      long: 'config',
      value: { name: 'FILE', kind: 'file' },
      says: 'the railgun.conf whose secrets must not be in it (default /etc/railgun/railgun.conf, where it can be read)',
    },
    {
      long: 'secret-file',
      value: { name: 'FILE', kind: 'file' },
      says: 'further secrets that must not be in it, one a line; - is standard input',
      more: 'A secret of less than six bytes is not looked for: it is found in everything.',
    },
  ],
  takesTargets: false,
  sharing: 'targets',
  concurrency: 'look at N folders at once (default 1)',
  atOnce: 1,
  examples: [
    { command: 'rg-diag bundle verify rg-diag-bundle-20261120T030000Z', says: 'Before it is sent.' },
    {
      command: 'rg-diag bundle verify bundle --config /etc/railgun/railgun.conf --secret-file secrets.txt',
      says: 'Whether any of these secrets is in it.',
    },
  ],
  files: [{ path: '/etc/railgun/railgun.conf', says: 'Its secrets are looked for where no FILE is given.' }],
  notes: [
    {
      title: 'Limits',
      paragraphs: [
        'The manifest is not signed: it shows what has changed since, not who has changed it. Whoever wants to deceive can write another one.',
        'What goes by no name, has no shape of a secret and is in no list is not recognised. Of files that are no text (pictures, packets), ' +
          'and of what is compressed in them, nobody but a person can tell.',
        'Files of more than 20 MB are not looked through: support does not take them.',
      ],
    },
  ],
  ask: async (given) => (await import('./ask.js')).ask(given),
  usualTimeout: () => undefined,
  label: ({ path }) => path,
  measure: () => import('./measure.js'),
  explain: () => import('./explain.js'),
};
