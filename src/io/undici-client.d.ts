// undici has types for its index only, and loading all of that takes much longer than this file of it.
declare module 'undici/lib/dispatcher/client.js' {
  // biome-ignore lint/style/noDefaultExport: so it is
  export { Client as default } from 'undici';
}
