/** The library `cygnet`, or undefined with a word on stderr when it is not built. */
export async function library() {
  try {
    return await import('cygnet');
  } catch (error) {
    if (error?.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    console.error('The library is not built. Run: npm run setup');
    return undefined;
  }
}

/** Prints an error of ours as its message; anything else is a fault of the program. */
export function report(error) {
  const isWrongArgument = error instanceof TypeError || error instanceof RangeError;
  if (error?.name !== 'CygnetError' && !isWrongArgument) throw error;
  console.error(error.message);
  return isWrongArgument ? 2 : 1;
}
