import type { FileStatus } from '../../../model/file-status.js';
import { confRule } from './conf-rule.js';

/** Whether only those who need it may read the files that hold secrets. */
export const exposedSecret = confRule({
  id: 'exposed-secret',
  means:
    'Every user of the machine can read it: with the token anybody can pose as this Railgun, with the key as its host.',
  remedy: 'Let rg-listener alone read it: chown root:railgun FILE; chmod 640 FILE.',
  cites: '',
  well: 'no file that holds a secret can be read by everybody',
  *find(conf) {
    const { status, path, token } = conf.conf;
    const hasToken = token?.shape === 'right' || token?.shape === 'wrong-shape';
    // The only other key whose value may rightly be one.
    const hasPassword = conf.last('stats.url')?.setting.hidden === true;
    const evidence = [`${conf.pointer}/status`];
    if (status !== undefined && (hasToken || hasPassword) && isFor(status, 0o004)) {
      const what = hasToken ? 'the token' : 'a URL with a password or a query';
      const says = `the file has ${what} in it, and everybody may read it (${status.mode})`;
      yield { status: 'warn', code: 'exposed-secret', says, place: { file: path }, evidence };
    }
    for (const { file, pointer, by } of conf.files) {
      if (file.key !== 'key.file' || file.status?.kind !== 'file' || !isFor(file.status, 0o004)) continue;
      const says = `everybody may read the private key (${file.status.mode})`;
      yield { status: 'warn', code: 'exposed-secret', says, by, evidence: [`${pointer}/status`], leavesConf: true };
    }
  },
});

function isFor({ mode }: FileStatus, bits: number): boolean {
  return (Number.parseInt(mode, 8) & bits) !== 0;
}
