/** Where a model comes from: what was trained on which data with what. May import types of `models`. */
export { cygnetVersion, recordProvenance } from './provenance.ts';
