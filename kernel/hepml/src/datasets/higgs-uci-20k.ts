import { Table } from '../data/index.ts';
import { readTable } from '../root/index.ts';
import type { DatasetFacts, DatasetField } from './card.ts';
import { preloadedFile } from './preloaded-file.ts';

const scaled = 'dimensionless, scaled';

const jetFields = (jet: number): readonly DatasetField[] => [
  { name: `jet${jet}_pt`, unit: scaled, description: `Momentum of jet ${jet} across the beam` },
  { name: `jet${jet}_eta`, unit: scaled, description: `Pseudorapidity (angle to the beam) of jet ${jet}` },
  { name: `jet${jet}_phi`, unit: scaled, description: `Angle of jet ${jet} around the beam` },
  { name: `jet${jet}_b-tag`, unit: scaled, description: `How much jet ${jet} looks like it came from a bottom quark` },
];

const fields: readonly DatasetField[] = [
  { name: 'lepton_pT', unit: scaled, description: 'Momentum of the electron or muon across the beam' },
  { name: 'lepton_eta', unit: scaled, description: 'Pseudorapidity (angle to the beam) of the electron or muon' },
  { name: 'lepton_phi', unit: scaled, description: 'Angle of the electron or muon around the beam' },
  { name: 'missing_energy_magnitude', unit: scaled, description: 'Momentum missing across the beam: unseen neutrinos' },
  { name: 'missing_energy_phi', unit: scaled, description: 'Angle of the missing momentum around the beam' },
  ...[1, 2, 3, 4].flatMap(jetFields),
  { name: 'm_jj', unit: scaled, description: 'Invariant mass of two jets (a W boson in the signal)' },
  { name: 'm_jjj', unit: scaled, description: 'Invariant mass of three jets (a top quark in the background)' },
  { name: 'm_lv', unit: scaled, description: 'Invariant mass of the lepton and the missing momentum (a W boson)' },
  { name: 'm_jlv', unit: scaled, description: 'Invariant mass of a jet, the lepton and the missing momentum (a top quark)' },
  { name: 'm_bb', unit: scaled, description: 'Invariant mass of two b-tagged jets (the Higgs boson in the signal)' },
  { name: 'm_wbb', unit: scaled, description: 'Invariant mass of a W boson and two b-tagged jets' },
  { name: 'm_wwbb', unit: scaled, description: 'Invariant mass of two W bosons and two b-tagged jets' },
  { name: 'isSignal', unit: '', description: '1: signal, 0: background' },
];

const paper = 'Baldi, Sadowski, Whiteson, Nature Commun. 5 (2014) 4308, arXiv 1402.4735';
const here = '5-fold cross-validation on these 20,000 events';
const scikitLearn = 'measured with scikit-learn 1.9';

export const higgsFacts: DatasetFacts = {
  name: 'higgs-uci-20k',
  title: 'UCI HIGGS, 20,000 events',
  description:
    'Simulated proton collisions: can a search for a new, heavy Higgs boson be told from ordinary top-quark pairs? ' +
    'Both leave an electron or muon, missing momentum and four jets (sprays of particles from quarks) in the detector. ' +
    'Signal: a heavy neutral Higgs boson decays to a W and a charged Higgs boson, that one to a W and the light Higgs ' +
    'boson, which decays to two bottom quarks. 21 columns are measured quantities, 7 are masses that physicists ' +
    'derived from them. All were scaled before publication (most to a mean near 1 or 0): they have no physical unit. ' +
    'The first 10,000 events are signal, the others background.',
  events: 20_000,
  fields,
  label: 'isSignal',
  split: 'train on 70 %, test on 30 %, stratified, seed 1: table.split({ test: 0.3, seed: 1 })',
  metric: 'area under the ROC curve (AUC)',
  origin: 'Sample of the UCI HIGGS data set (11 million events), from the machine-learning tutorials of ROOT (Higgs_data.root)',
  licence: 'Data: CC BY 4.0 (UCI Machine Learning Repository). File: from ROOT, LGPL-2.1',
  citation: `${paper}; data: D. Whiteson, HIGGS, UCI Machine Learning Repository (2014)`,
  doi: '10.24432/C5V312',
  published: [
    { method: 'Boosted trees', metric: 'AUC', value: 0.789, error: 0.005, sample: here, citation: `HistGradientBoosting, ${scikitLearn}` },
    { method: 'Network 64-64', metric: 'AUC', value: 0.736, error: 0.008, sample: here, citation: `MLPClassifier, ${scikitLearn}` },
    { method: 'Logistic regression', metric: 'AUC', value: 0.686, error: 0.005, sample: here, citation: scikitLearn },
    { method: 'Boosted trees', metric: 'AUC', value: 0.81, sample: '10.5 million events', citation: paper },
    { method: 'Shallow network', metric: 'AUC', value: 0.816, sample: '10.5 million events', citation: paper },
    { method: 'Deep network', metric: 'AUC', value: 0.885, sample: '10.5 million events', citation: paper },
  ],
  bytes: 1_576_721,
  sha256: '028d39d3c5ae82ce2569505471fb6d6cf8492f04b4ed40de3ddb3d5a1f2fe2c0',
};

const treeAsTable = async (path: string, tree: string, isSignal: 0 | 1): Promise<Table> => {
  const branches = fields.map((field) => field.name).filter((name) => name !== 'isSignal');
  const table = await readTable(path, { tree, branches });
  const columns = new Map(table.columnNames.map((name) => [name, table.column(name)] as const));
  return Table.from(new Map([...columns, ['isSignal', { kind: 'flat', type: 'uint8', values: new Uint8Array(table.length).fill(isSignal) }]]));
};

/** The whole sample: signal events first. */
export const loadHiggs = async (): Promise<Table> => {
  const path = preloadedFile('higgs-uci-20k.root');
  const signal = await treeAsTable(path, 'sig_tree', 1);
  const background = await treeAsTable(path, 'bkg_tree', 0);
  return signal.concat(background);
};
