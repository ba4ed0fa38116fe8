import { railgunParameterOf } from './railgun-parameters.js';

/** What makes rg-listener read a changed key of railgun.conf, as a step: SIGHUP where the documents list the key for it. */
export function railgunReload(key: string): string {
  return railgunParameterOf(key)?.reload === true ? 'send rg-listener a SIGHUP' : 'restart rg-listener';
}
