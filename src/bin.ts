import { runHistoric } from './cli/historic.js';
import { writeNow } from './cli/write.js';

// The historic spelling is answered from this file's static graph; everything else is loaded when it is asked for.
const argv = process.argv.slice(2);
const rest = runHistoric(argv);
if (rest !== undefined) {
  void import('./cli/program.js')
    .then(({ main }) => main(rest))
    .catch((error: unknown) => writeNow(2, `rg-diag: this is a bug in rg-diag: ${String(error)}\n`));
}
