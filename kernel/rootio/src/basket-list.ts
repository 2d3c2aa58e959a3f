import { CygnetError } from '@cygnet/columns';
import type { JsrootBasket, JsrootBranch } from './jsroot-tree.ts';

/** Where one basket of a branch is: entries `[start, stop)`, on disk or inside the tree's record. */
export type BasketPlace = { readonly start: number; readonly stop: number } & (
  | { readonly kind: 'disk'; readonly seek: number; readonly bytes: number }
  | { readonly kind: 'embedded'; readonly basket: JsrootBasket }
);

/**
 * All baskets of a branch, in order of their entries.
 *
 * @param fileSize No basket may reach beyond it.
 * @throws CygnetError `corrupt-data` when baskets overlap, leave gaps or lie outside the file.
 */
export const basketPlaces = (branch: JsrootBranch, fileSize: number, what: string): readonly BasketPlace[] => {
  const damaged = (how: string): CygnetError => new CygnetError('corrupt-data', `${what}: ${how}.`);
  const entries = branch.fEntries;
  const onDisk = branch.fWriteBasket;
  if (onDisk < 0 || onDisk > branch.fBasketSeek.length || onDisk > branch.fBasketBytes.length || entries < 0) {
    throw damaged('its list of baskets is damaged');
  }
  const held = branch.fBaskets.arr;
  const embedded = held.map((basket, index) =>
    basket && basket.fNevBuf > 0 && (index >= onDisk || !branch.fBasketSeek[index]) ? basket : null,
  );
  const places: BasketPlace[] = [];
  let at = 0;
  const behind = embedded.reduce((sum, basket, index) => sum + (index >= onDisk && basket ? basket.fNevBuf : 0), 0);
  const first = branch.fFirstEntry ?? 0;
  if (first !== 0)
    throw new CygnetError('unsupported', `${what}: its entries start at ${first}, which is not read yet.`);
  for (let i = 0; i < onDisk; i++) {
    const start = Number(branch.fBasketEntry[i]);
    const stop = i + 1 < onDisk ? Number(branch.fBasketEntry[i + 1]) : entries - behind;
    if (start !== at || !(stop >= start && stop <= entries)) throw damaged('its baskets do not follow each other');
    const inside = embedded[i];
    if (inside) {
      if (inside.fNevBuf !== stop - start) throw damaged('a basket inside the tree has a wrong number of entries');
      places.push({ kind: 'embedded', start, stop, basket: inside });
    } else {
      const seek = Number(branch.fBasketSeek[i]);
      const bytes = Number(branch.fBasketBytes[i]);
      if (!(seek > 0 && bytes > 0 && seek + bytes <= fileSize)) throw damaged('a basket lies outside the file');
      places.push({ kind: 'disk', start, stop, seek, bytes });
    }
    at = stop;
  }
  for (const basket of embedded.slice(onDisk)) {
    if (!basket) continue;
    places.push({ kind: 'embedded', start: at, stop: at + basket.fNevBuf, basket });
    at += basket.fNevBuf;
  }
  if (at !== entries) throw damaged(`its baskets hold ${at} entries where the branch says ${entries}`);
  return places;
};
