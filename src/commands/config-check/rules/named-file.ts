import { shortened } from '../../../model/shortened.js';
import { isOfOtherMachine } from '../package-paths.js';
import type { ConfAt, FileAt } from '../settings.js';
import type { Found } from './conf-rule.js';

/** What it means that a file which rg-listener reads cannot be looked at; nothing where it can. */
export function unusable(conf: ConfAt, at: FileAt): Found | undefined {
  const { file, pointer, by } = at;
  const { key, failure, status } = file;
  if (failure === undefined) {
    if (status === undefined || status.kind !== 'directory') return undefined;
    const says = `${key} names ${pathIn(file.path)}, which is a folder`;
    return { status: 'fail', code: 'not-a-file', says, by, evidence: [`${pointer}/status`] };
  }
  // The run ended first: that is said once.
  if (failure.byRun === true) return undefined;
  const evidence = [`${pointer}/failure`];
  const { code, detail } = failure;
  const found = { says: `${key} cannot be used: ${detail}`, by, evidence };
  if (code === 'permission-denied') {
    const remedy = 'Run it as root, or as the user that rg-listener runs as (railgun).';
    const says = `${key} cannot be looked at by this user: ${detail}`;
    return { ...found, status: 'note', says, remedy, leavesConf: true };
  }
  if (code === 'file-not-found') {
    const says = `${key} names ${pathIn(file.path)}, which is not there`;
    // That is said once, for all of them.
    return isOfOtherMachine(conf, at) ? undefined : { ...found, status: 'fail', code, says };
  }
  return { ...found, status: 'fail', code };
}

/** The file that counts for a key, where the facts have one. */
export function fileOf(conf: ConfAt, key: string): FileAt | undefined {
  return conf.files.find(({ file }) => file.key === key);
}

/** A path for a message. */
export function pathIn(path: string): string {
  return shortened(path, 200);
}
