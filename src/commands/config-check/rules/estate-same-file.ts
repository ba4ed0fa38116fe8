import { estateRule } from './estate-rule.js';

/** Whether each file was given once. */
export const estateSameFile = estateRule({
  id: 'estate-same-file',
  compares: true,
  means: 'The file was checked against itself: that of the other listener is still to be checked.',
  remedy: 'Give the file of every listener, such as copies from each machine.',
  cites: '',
  well: 'every configuration is a file of its own',
  *find(confs) {
    const seen = new Map<string, number>();
    for (const [index, { conf, pointer }] of confs.entries()) {
      const { path, status } = conf;
      const file = (status?.linkTo ?? path).replace(/^(?:\.\/+)+/, '').replace(/\/(?:\.?\/)+/g, '/');
      const before = seen.get(file);
      if (before === undefined) {
        seen.set(file, index);
        continue;
      }
      const evidence = [`${pointer}/path`, `/configs/${before}/path`];
      yield {
        status: 'note',
        says: `${path} is the same file as ${confs[before]?.conf.path}`,
        evidence,
        place: { file: path },
      };
    }
  },
});
