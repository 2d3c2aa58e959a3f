import { CygnetError } from '@cygnet/columns';
import type { BasketRecord, BranchRecord } from './tree/tree-record.ts';

/** Where one basket of a branch is: entries `[start, stop)`, on disk or inside the tree's record. */
export type BasketPlace = { readonly start: number; readonly stop: number } & (
  | { readonly kind: 'disk'; readonly seek: number; readonly bytes: number }
  | { readonly kind: 'embedded'; readonly basket: BasketRecord }
);

/**
 * All baskets of a branch, in order of their entries.
 *
 * @param fileSize No basket may reach beyond it.
 * @throws CygnetError `corrupt-data` when baskets overlap, leave gaps or lie outside the file.
 */
export const basketPlaces = (branch: BranchRecord, fileSize: number, what: string): readonly BasketPlace[] => {
  const damaged = (how: string): CygnetError => new CygnetError('corrupt-data', `${what}: ${how}.`);
  const entries = branch.entries;
  const onDisk = branch.writeBasket;
  if (onDisk < 0 || onDisk > branch.basketSeek.length || onDisk > branch.basketBytes.length || entries < 0) {
    throw damaged('its list of baskets is damaged');
  }
  const held = branch.baskets;
  const embedded = held.map((basket, index) =>
    basket && basket.entries > 0 && (index >= onDisk || !branch.basketSeek[index]) ? basket : null,
  );
  const places: BasketPlace[] = [];
  let at = 0;
  const behind = embedded.reduce((sum, basket, index) => sum + (index >= onDisk && basket ? basket.entries : 0), 0);
  const first = branch.firstEntry;
  if (first !== 0)
    throw new CygnetError('unsupported', `${what}: its entries start at ${first}, which is not read yet.`);
  for (let i = 0; i < onDisk; i++) {
    const start = Number(branch.basketEntry[i]);
    const stop = i + 1 < onDisk ? Number(branch.basketEntry[i + 1]) : entries - behind;
    if (start !== at || !(stop >= start && stop <= entries)) throw damaged('its baskets do not follow each other');
    const inside = embedded[i];
    if (inside) {
      if (inside.entries !== stop - start) throw damaged('a basket inside the tree has a wrong number of entries');
      places.push({ kind: 'embedded', start, stop, basket: inside });
    } else {
      const seek = Number(branch.basketSeek[i]);
      const bytes = Number(branch.basketBytes[i]);
      if (!(seek > 0 && bytes > 0 && seek + bytes <= fileSize)) throw damaged('a basket lies outside the file');
      places.push({ kind: 'disk', start, stop, seek, bytes });
    }
    at = stop;
  }
  for (const basket of embedded.slice(onDisk)) {
    if (!basket) continue;
    places.push({ kind: 'embedded', start: at, stop: at + basket.entries, basket });
    at += basket.entries;
  }
  if (at !== entries) throw damaged(`its baskets hold ${at} entries where the branch says ${entries}`);
  return places;
};
