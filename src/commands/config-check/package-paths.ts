import { packageConf } from '../../model/package-files.js';
import type { ConfAt, FileAt } from './settings.js';

/**
 * Whether a file that is missing is missing because this machine is not that of rg-listener: it is where the package puts it, nothing
 * that the package puts anywhere is here, and neither is railgun.conf at its place.
 */
export function isOfOtherMachine(conf: ConfAt, { file, by }: FileAt): boolean {
  if (conf.conf.path === packageConf || !isPackaged(file.path, by.row?.packaged)) return false;
  return conf.files.every((other) => !isPackaged(other.file.path, other.by.row?.packaged) || isAbsent(other));
}

/** Whether a file that is read, or the folder of one that is written, is not there. */
export function isAbsent({ file: { failure, folder } }: FileAt): boolean {
  return failure?.code === 'file-not-found' || folder?.failure?.code === 'file-not-found';
}

function isPackaged(path: string, packaged: readonly string[] | undefined): boolean {
  return packaged?.includes(path) === true;
}
