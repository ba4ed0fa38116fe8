import { isRgListener } from '../../../decoders/proc-process.js';
import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import { grouped } from '../../../model/count.js';
import type { Rule } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';
import { shellWord } from '../shell-word.js';

const restart = `Restart it, which writes the file anew: ${listenerKnowledge.service.restart}`;

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0)) || '/';
}

/** Whether the pid file names the process. */
export const pidFile: Rule<SeenFacts> = {
  id: 'listener/pid-file',
  means: 'Whoever stops or reloads rg-listener by its pid file reaches nobody, or another program.',
  remedy: `Find the process itself: pgrep rg-listener\n${restart}`,
  cites: listenerKnowledge.parameters.source,
  skips: ({ local }) =>
    local === undefined
      ? 'it is looked at from outside'
      : local.pidFile.state === 'not-set'
        ? 'pid.file is not set'
        : undefined,
  check({ local }) {
    const file = local?.pidFile ?? { state: 'not-set' };
    const evidence = ['/local/pidFile'];
    switch (file.state) {
      case 'absent': {
        const runs = local?.processes.state === 'seen' && local.processes.processes.length > 0;
        if (!runs) return { status: 'note', says: `there is no ${file.path}`, evidence, remedy: '' };
        const says = `there is no ${file.path}, and yet an rg-listener runs`;
        const remedy = `Check that the folder exists and user railgun may write there: sudo ls -ld ${shellWord(folderOf(file.path), 'FOLDER')}\n${restart}`;
        return { status: 'warn', says, evidence: [...evidence, '/local/processes'], remedy, code: 'file-not-found' };
      }
      case 'unreadable': {
        const says = `${file.path} cannot be read: ${file.failure.detail}`;
        return {
          status: 'warn',
          says,
          evidence,
          remedy: 'Run it with sudo, or check the name.',
          code: file.failure.code,
        };
      }
      case 'not-a-number': {
        const says = `${file.path} holds ${file.bytes === 1 ? '1 byte' : `${grouped(file.bytes)} bytes`}, and no process number`;
        return { status: 'warn', says, evidence, code: 'malformed' };
      }
      case 'stale':
        return {
          status: 'warn',
          says: `${file.path} names process ${file.pid}, which does not exist`,
          evidence,
          code: 'stale-pid-file',
        };
      case 'read': {
        const { pid, process } = file;
        if (process === undefined) {
          return {
            status: 'note',
            says: `${file.path} names process ${pid}; what that is cannot be seen`,
            evidence,
            remedy: '',
          };
        }
        if (isRgListener(process)) {
          return { status: 'pass', says: `${file.path} names process ${pid}, an rg-listener`, evidence };
        }
        const says = `${file.path} names process ${pid}, which is ${process.name}`;
        return { status: 'warn', says, evidence, code: 'wrong-process' };
      }
      case 'not-set':
        throw new Error('no pid file');
    }
  },
};
