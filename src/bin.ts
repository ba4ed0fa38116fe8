import { runHistoric } from './cli/historic.js';

// The historic spelling is answered from this file's static graph; everything else is loaded when it is asked for.
const argv = process.argv.slice(2);
const rest = runHistoric(argv);
if (rest !== undefined) {
  void import('./cli/program.js').then(({ main }) => main(rest));
}
