import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';

/** What is left on of looking into rg-listener itself: profiles, and the signals that they share with other things. */
export const profiling = confRule({
  id: 'profiling',
  means: 'Profiles are for whoever develops rg-listener, and share their signals with other things.',
  remedy: 'Take the line out when nobody needs it any more.',
  cites: sources.railgunExecution,
  well: 'nothing of profiling is left on',
  *find(conf) {
    const at = (key: string) => {
      const by = conf.last(key);
      return by === undefined || by.meant === '' ? undefined : by;
    };
    const [memory, heap, cpu] = [at('memstats.file'), at('memprofile.file'), at('cpuprofile.file')];
    if (memory !== undefined) {
      const says =
        'memstats.file is written at SIGUSR2, which is also what begins an upgrade of rg-listener: do not send it';
      yield { status: 'note', says, by: memory, part: 'key' };
    }
    if (heap !== undefined && cpu !== undefined) {
      const says = `SIGUSR1 does two things: it writes memprofile.file (line ${heap.setting.line}), and begins or ends cpuprofile.file`;
      yield { status: 'note', says, by: cpu, part: 'key', evidence: [`${heap.pointer}/key`] };
    }
    const initial = conf.last('cpuprofile.intial');
    if (initial === undefined || conf.text('cpuprofile.intial') !== '1') return;
    if (cpu === undefined) {
      const says = `${initial.setting.key} = 1 does nothing: cpuprofile.file is not set`;
      yield { status: 'warn', code: 'ineffective-setting', says, by: initial };
    } else {
      const says = `${initial.setting.key} = 1: the processor is profiled from the start on`;
      yield { status: 'note', says, by: initial, evidence: [`${cpu.pointer}/key`] };
    }
  },
});
