const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const latin1 = new TextDecoder('latin1');

/** ROOT's strings are bytes: UTF-8 where they are valid as that, else Latin-1. */
export const decodeText = (bytes: Uint8Array): string => {
  let isAscii = bytes.length < 64;
  for (let i = 0; isAscii && i < bytes.length; i++) isAscii = (bytes[i] as number) < 128;
  if (isAscii) return String.fromCharCode(...bytes);
  try {
    return utf8.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return latin1.decode(bytes);
    throw error;
  }
};
