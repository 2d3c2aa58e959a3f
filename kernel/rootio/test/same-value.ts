const show = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeof value;

/** Where our plain value differs from what uproot reads, as a path; undefined when all that uproot gives is the same. */
export const firstDifference = (own: unknown, uproot: unknown, path = ''): string | undefined => {
  if (uproot === null) return own === null ? undefined : `${path}: ${show(own)} instead of null`;
  if (typeof uproot === 'number') {
    const isSame = Number(own) === uproot || (Number.isNaN(uproot) && Number.isNaN(own));
    return isSame ? undefined : `${path}: ${show(own)} instead of ${uproot}`;
  }
  if (typeof uproot !== 'object')
    return own === uproot ? undefined : `${path}: ${show(own)} instead of ${show(uproot)}`;
  if (Array.isArray(uproot)) {
    const items = own as ArrayLike<unknown> | null;
    if (items?.length !== uproot.length) return `${path}: ${items?.length ?? 'no'} items instead of ${uproot.length}`;
    for (let i = 0; i < uproot.length; i++) {
      const difference = firstDifference(items[i], uproot[i], `${path}[${i}]`);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
  for (const [name, member] of Object.entries(uproot)) {
    if (name === 'fBits') continue; // uproot adds the flag of objects on the heap
    if (typeof own !== 'object' || own === null || !(name in own)) return `${path}: no member ${name}`;
    const difference = firstDifference((own as Record<string, unknown>)[name], member, `${path}.${name}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
};
