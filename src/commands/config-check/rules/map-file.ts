import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';
import { fileOf, unusable } from './named-file.js';

/** Whether the map that is named is there. */
export const mapFile = confRule({
  id: 'map-file',
  means:
    'Without the map requests go to the address that DNS has at Cloudflare, behind a NAT or a balancer back to where they came from.',
  remedy: 'Create the file, or correct its name.',
  cites: `${sources.railgunExecution}; ${sources.railgunProblems}`,
  well: 'the map that is named can be read, or none is named',
  *find(conf) {
    const file = fileOf(conf, 'map.file');
    const found = file && unusable(conf, file);
    if (found !== undefined) yield found;
  },
});
