/** Jupyter counts cursor positions in Unicode code points, JavaScript in UTF-16 units. */

/** UTF-16 offset of a code-point position; positions beyond the end give the end. */
export const utf16Offset = (text: string, codePoints: number): number => {
  let offset = 0;
  for (let seen = 0; seen < codePoints && offset < text.length; seen += 1)
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  return offset;
};

/** Code-point position of a UTF-16 offset. */
export const codePointPosition = (text: string, offset: number): number => Array.from(text.slice(0, offset)).length;
