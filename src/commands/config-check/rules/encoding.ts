import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';

/** Whether the file has bytes that editors put in and nobody sees: a byte order mark, ends of lines of Windows, no UTF-8. */
export const encoding = confRule({
  id: 'encoding',
  means:
    'The file of the package has none of it, and nothing says that rg-listener reads past it: it may become part of a key or a value.',
  remedy: 'Save it as plain text with the line ends of Unix (LF): sed -i "s/\\r$//" FILE.',
  cites: sources.packageFile,
  well: 'plain text with the line ends of Unix',
  *find({ conf, pointer }) {
    const { path, mark, carriageReturns: count, notUtf8 } = conf;
    if (mark === true) {
      yield {
        status: 'warn',
        code: 'malformed',
        says: 'the file begins with a byte order mark',
        place: { file: path, line: 1, column: 1, length: 1 },
        evidence: [`${pointer}/mark`],
        remedy: 'Save it as UTF-8 without a byte order mark.',
        fix: {
          says: 'take the byte order mark away',
          edits: [{ file: path, line: 1, column: 1, length: 1, replacement: '' }],
        },
      };
    }
    if (count > 0) {
      yield {
        status: 'warn',
        code: 'malformed',
        says: `${count} ${count === 1 ? 'line ends' : 'lines end'} with a carriage return, as on Windows`,
        evidence: [`${pointer}/carriageReturns`],
      };
    }
    if (notUtf8 === true) {
      yield {
        status: 'note',
        says: 'the file is no UTF-8: it was read as ISO 8859-1',
        evidence: [`${pointer}/notUtf8`],
        remedy: 'Save it as UTF-8, or write only ASCII into it.',
      };
    }
  },
});
