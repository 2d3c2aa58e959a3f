/**
 * ROOT files come from anywhere, and JSROOT trusts what it draws: it compiles formulas into functions, makes links of
 * titles and loads MathJax from the network. Everything that is drawn passes through here first.
 */
const drawable =
  /^(T(H[123]|Profile|Graph|MultiGraph|HStack|Efficiency|F[123]|F12|Canvas|Pad|Frame|Pave|Legend|Latex|Text|Line|Arrow|Box|Wbox|Ellipse|Arc|Marker|PolyMarker|PolyLine|CutG|Gaxis|Spline|Scatter|RatioPlot|Pie|List|ObjArray|HashList)|Roo(Hist|Curve|Plot))/;

/** Whether an object of this class can be drawn. */
export const isDrawable = (className: string): boolean =>
  drawable.test(className) && !/^T(List|ObjArray|HashList|Frame)/.test(className);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/**
 * Text without what JSROOT would turn into a link or into markup. A backslash would fetch MathJax from the network; ROOT
 * writes the same symbols with a hash.
 */
const harmlessText = (text: string): string => {
  let rest = text.replaceAll('\\', '#');
  // Again and again: what is left may join to a new link.
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(/#url\[[^\]]*\]?/g, '');
  }
  return rest.replace(/<(?=svg)/gi, '‹');
};

const isFunctionClass = (typeName: unknown): boolean =>
  typeof typeName === 'string' && /^TF(1|12|2|3)$|^TFormula/.test(typeName);

/** A function keeps the points that ROOT saved with it; its formula, which JSROOT would compile, goes. */
const withoutFormula = (object: Record<string, unknown>): void => {
  object.fFormula = null;
  object.formulas = undefined;
  Object.defineProperty(object, 'evalPar', { value: () => Number.NaN, writable: false, configurable: true });
};

const harmlessList = (items: unknown[]): unknown[] =>
  items.filter(
    (item) =>
      !isObject(item) ||
      typeof item._typename !== 'string' ||
      drawable.test(item._typename) ||
      /^T(Obj|Color|Attr|Att|Axis|Array|Named|Folder)/.test(item._typename),
  );

/**
 * Makes an object as JSROOT reads it harmless to draw, in place: no compiled formulas, no links, no scripts, no markup,
 * nothing loaded from elsewhere.
 */
export const makeHarmless = <T extends object>(object: T): T => {
  const seen = new Set<object>();
  const todo: object[] = [object];
  for (let current = todo.pop(); current; current = todo.pop()) {
    if (seen.has(current) || ArrayBuffer.isView(current)) continue;
    seen.add(current);
    const record = current as Record<string, unknown>;
    if (record._typename === 'TLink' || record._typename === 'TMathText') record._typename = 'TLatex';
    if (record._typename === 'TGaxis') record.fFunctionName = '';
    if (isFunctionClass(record._typename)) withoutFormula(record);
    if (Array.isArray(record.arr)) record.arr = harmlessList(record.arr);
    for (const key of Object.keys(record)) {
      const value = record[key];
      if (typeof value === 'string') {
        const text = harmlessText(value);
        if (text !== value) record[key] = text;
      } else if (isObject(value)) {
        todo.push(value);
      }
    }
  }
  return object;
};
