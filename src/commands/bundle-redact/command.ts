import type { Command } from '../command.js';
import type { BundleRedactAsked, BundleRedactFacts, BundleRedactTarget } from './facts.js';

export const command: Command<BundleRedactAsked, BundleRedactTarget, BundleRedactFacts> = {
  kind: 'diagnosis',
  name: 'bundle redact',
  summary: 'mask a bundle that was made earlier, or any folder of text files, into a new folder, and prove it',
  description: [
    'Reads every file of a folder, masks what is secret in it by today’s rules, and writes the result into a new folder, with a new ' +
      'manifest.json. The folder that is read stays as it is. What one file gives away is masked in all of them; so are the secrets of ' +
      'railgun.conf, and those of a list (--secret-file).',
    'Then everything is read again and searched for each of these secrets: as it is, escaped or URL-encoded as a whole or in part, ' +
      'in base64, in hexadecimal and in UTF-16, and broken into lines or cut off. Where one is left, there is no new folder, the place is named, and the exit code is 2. Otherwise it appears, as a whole.',
    'Links, FIFOs, devices and folders in it, what is no text, and files of more than 20 MB are left out; the manifest says so.',
  ],
  arguments: [
    {
      value: { name: 'DIR', kind: 'file' },
      required: true,
      repeats: false,
      says: 'a folder that rg-diag bundle has made, or one of text files',
    },
  ],
  options: [
    {
      long: 'dir',
      value: { name: 'NEW', kind: 'text' },
      says: 'the folder to make (default DIR-redacted); it must not be there yet, and not be in DIR',
    },
    {
      long: 'anonymise',
      says: 'put labels in the place of addresses and names, the same in all files and in what they are called',
      more: 'Names are those that stand in any file where hosts are named, and mail addresses. Which label stands for what, and what the files were called, is written beside the new folder (NEW.map.json), not into it, for its owner only (mode 0600). Loopback addresses, and those of Cloudflare, stay.',
    },
    {
      long: 'config',
      value: { name: 'FILE', kind: 'file' },
      says: 'the railgun.conf whose secrets are masked too (default /etc/railgun/railgun.conf, where it can be read)',
    },
    {
      long: 'secret-file',
      value: { name: 'FILE', kind: 'file' },
      says: 'further secrets to be masked, one a line; - is standard input',
      more: 'A secret of less than six bytes is not looked for: it is found in everything.',
    },
  ],
  takesTargets: false,
  sharing: 'targets',
  examples: [
    {
      command: 'rg-diag bundle redact rg-diag-bundle-20261120T030000Z --dir masked --anonymise',
      says: 'For somebody who is not to know the names of the hosts.',
    },
    {
      command: 'rg-diag bundle redact evidence --dir masked --secret-file secrets.txt',
      says: 'A folder of logs that was gathered by hand.',
    },
  ],
  files: [{ path: '/etc/railgun/railgun.conf', says: 'Its secrets are masked where no FILE is given.' }],
  notes: [
    {
      title: 'Limits',
      paragraphs: [
        'What goes by no name, has no shape of a secret and is in no list is not recognised: look at what you send.',
        'Names are replaced that stand, in any of the files, where names of hosts stand: in railgun-nat.conf, in URLs, headers, certificates and paths, behind keys such as host, before a port, in the place of the machine in a log. ' +
          'A name that stands in plain text alone is not recognised, and neither are names of people and companies, and what is in pictures or compressed.',
        'They and addresses are found as they are, URL-encoded or with the escapes of JSON and pages, more than once too, in base64, in hexadecimal, and with hyphens for dots and colons; ' +
          'not in base64 or hexadecimal that is broken into lines or has blanks in it.',
        'Of certificates, labels stand for fingerprints, serial numbers, ids of keys, and for the organisation, its number and its place in a subject whose common name is a host, or that has none. ' +
          'Dates, the country, the issuer (also where that is the company itself), and an organisation that stands in a table or a text without its key stay; with them a public certificate may still be found.',
        'A folder may have 100 MB of text.',
      ],
    },
  ],
  ask: async (given) => (await import('./ask.js')).ask(given),
  usualTimeout: () => undefined,
  label: ({ path }) => path,
  measure: () => import('./measure.js'),
  explain: () => import('./explain.js'),
};
