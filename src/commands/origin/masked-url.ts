export { maskedQueries, maskedUrl } from '../../model/masked-url.js';
