import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';

/** Whether there is a token that can be one. What it is, nobody is told. */
export const activationToken = confRule({
  id: 'activation-token',
  means: 'Without its token rg-listener cannot activate: it logs “Invalid or missing railgun token or tag”.',
  remedy: 'Copy the token of this Railgun from the dashboard into activation.token: 32 letters and digits.',
  cites: `${sources.railgunExecution}; ${sources.railgunActivation}; ${sources.packageFileAws}`,
  well: 'every token has the shape of one',
  *find(conf) {
    const by = conf.last('activation.token');
    const { token } = conf.conf;
    if (by === undefined || token === undefined) return;
    const evidence = [`${conf.pointer}/token`];
    if (token.shape === 'placeholder') {
      const says = 'activation.token was never filled in: it is what the package put there';
      yield { status: 'fail', code: 'not-activated', says, by, evidence };
    } else if (token.shape === 'empty') {
      yield { status: 'fail', code: 'not-activated', says: 'activation.token is empty', by, evidence };
    } else if (token.shape === 'wrong-shape') {
      const length = token.characters === 32 ? 'others too' : `${token.characters} characters`;
      const says = `activation.token: expected 32 letters and digits, found ${length}`;
      yield { status: 'fail', code: 'invalid-value', says, by, evidence };
    }
  },
});
