/** Every magic: how it is written, and what it does. */
const magics = {
  '%time': ['%time <statement>', 'run one statement and say how long it took; alone in its cell'],
  '%%time': ['%%time', 'run the cell and say how long it took'],
  '%who': ['%who', 'names of the session with their types'],
  '%reset': ['%reset', 'forget all names of the session; what they held can be freed'],
  '%npm': ['%npm install <package>', "install packages into the notebook's folder, for import in the next cell"],
  '%help': ['%help', 'this list'],
  '%%bash': ['%%bash', "run the cell by bash, in the notebook's folder"],
  '%%python': ['%%python', 'run the cell by the Python of this environment; names are not shared'],
  '%%html': ['%%html', 'show the cell as HTML'],
} as const;

export type MagicName = keyof typeof magics;

export const isMagicName = (name: string): name is MagicName => Object.hasOwn(magics, name);

export const magicNames = Object.keys(magics) as readonly MagicName[];

/** One magic's usage and meaning, or the whole list. */
export const magicHelp = (name?: MagicName): string => {
  const shown = name === undefined ? Object.values(magics) : [magics[name]];
  const width = Math.max(...shown.map(([usage]) => usage.length));
  return shown.map(([usage, meaning]) => `${usage.padEnd(width)}  ${meaning}\n`).join('');
};
