/** The version of the package; a contract test holds it to package.json. */
export const version = '0.1.0';
