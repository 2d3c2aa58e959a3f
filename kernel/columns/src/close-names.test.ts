import { expect, test } from 'vitest';
import { closeNames, didYouMean } from './close-names.ts';

test('close names are those with few other letters, or that contain the word', () => {
  expect(closeNames('ptt', ['pt', 'eta', 'phi'])).toEqual(['pt']);
  expect(closeNames('jet_pt', ['Jet_Pt', 'jet_tp', 'muon'])).toEqual(['Jet_Pt', 'jet_tp']);
  expect(closeNames('higgs', ['higgs-uci-20k', 'calo'])).toEqual(['higgs-uci-20k']);
});

test('without a close name, the names there are get listed', () => {
  expect(didYouMean('xyz', ['alpha', 'beta'])).toBe('There is: "alpha", "beta".');
  expect(didYouMean('xyz', [])).toBe('There is none.');
});
