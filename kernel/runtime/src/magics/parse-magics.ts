/** A magic as it stands in a cell. */
export interface Magic {
  /** With its percent signs. */
  readonly name: string;
  readonly isCell: boolean;
  /** What follows on its line. */
  readonly rest: string;
}

/** A cell that begins with magics. */
export interface MagicCell {
  readonly magics: readonly Magic[];
  /** The cell with its magics blanked: every character that is left is where it was. */
  readonly code: string;
  /** Offset where the magics' lines end. */
  readonly bodyStart: number;
}

const magicLine = /^[ \t]*(%%?)([A-Za-z]\w*)[ \t]*(.*)$/;

/** Magics of which the rest of the line is TypeScript. */
const takesCode = new Set(['%time']);

/** Finds the magics with which a cell begins; undefined for a cell without. No TypeScript statement begins with `%`. */
export const parseMagics = (code: string): MagicCell | undefined => {
  const magics: Magic[] = [];
  let blanked = '';
  let position = 0;
  while (position < code.length) {
    const end = code.indexOf('\n', position);
    const line = code.slice(position, end < 0 ? code.length : end);
    const found = magicLine.exec(line);
    if (!found && line.trim() !== '') break;
    if (found) {
      const [, signs = '', word = '', rest = ''] = found;
      const name = signs + word;
      magics.push({ name, isCell: signs === '%%', rest: rest.trim() });
      blanked += takesCode.has(name)
        ? line.slice(0, line.length - rest.length).replace(/\S/g, ' ') + rest
        : line.replace(/\S/g, ' ');
    } else blanked += line;
    if (end >= 0) blanked += '\n';
    position = end < 0 ? code.length : end + 1;
    if (found && (found[1] === '%%' || takesCode.has(magics.at(-1)?.name ?? ''))) break;
  }
  if (magics.length === 0) return undefined;
  return { magics, code: blanked + code.slice(position), bodyStart: position };
};
