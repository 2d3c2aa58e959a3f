import type { DataType, Date_, Dictionary, Field, Float, Int, Timestamp } from 'apache-arrow';
import type { NumericType } from '@cygnet/columns';
import { flatType } from '../core/column-type.ts';
import type { ColumnType } from '../core/column-type.ts';
import type { Arrow } from './library.ts';

/** The column type for one of Arrow's; undefined for what has no counterpart here. */
export const typeOfArrow = (arrow: Arrow, type: DataType): ColumnType | undefined => {
  const { Type, Precision } = arrow;
  const list = (item: DataType | undefined): ColumnType | undefined => {
    const content = item && typeOfArrow(arrow, item);
    return content && { kind: 'jagged', content };
  };
  // Ids of types that only their width tells apart never come alone; what is not here has no counterpart.
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- fifty ids, of which a dozen are read
  switch (type.typeId) {
    case Type.Bool:
      return flatType('bool');
    case Type.Int: {
      const { bitWidth, isSigned } = type as Int;
      return flatType(`${isSigned ? '' : 'u'}int${bitWidth}` as NumericType);
    }
    case Type.Float:
      return flatType((type as Float).precision === Precision.DOUBLE ? 'float64' : 'float32');
    case Type.Timestamp:
    case Type.Date:
      return flatType('timestamp');
    case Type.Utf8:
    case Type.LargeUtf8:
      return { kind: 'string' };
    case Type.Dictionary:
      return typeOfArrow(arrow, (type as Dictionary<DataType>).dictionary);
    case Type.List:
    case Type.LargeList:
    case Type.FixedSizeList:
    case Type.Map:
      return list((type.children as Field[] | null)?.[0]?.type as DataType | undefined);
    case Type.Struct: {
      const fields = (type.children as Field<DataType>[]).map(
        (child) => [child.name, typeOfArrow(arrow, child.type)] as const,
      );
      const known = fields.filter((field): field is readonly [string, ColumnType] => field[1] !== undefined);
      if (known.length < fields.length || fields.length === 0) return undefined;
      return { kind: 'record', fields: new Map(known) };
    }
    default:
      return undefined;
  }
};

/** Microseconds a unit, units a microsecond, of a time. */
export const timeScale = (arrow: Arrow, type: DataType): readonly [perUnit: bigint, unitsPer: bigint] => {
  const { Type, TimeUnit, DateUnit } = arrow;
  if (type.typeId === Type.Date) return (type as Date_).unit === DateUnit.DAY ? [86_400_000_000n, 1n] : [1000n, 1n];
  switch ((type as Timestamp).unit) {
    case TimeUnit.SECOND:
      return [1_000_000n, 1n];
    case TimeUnit.MILLISECOND:
      return [1000n, 1n];
    case TimeUnit.MICROSECOND:
      return [1n, 1n];
    case TimeUnit.NANOSECOND:
      return [1n, 1000n];
  }
};
