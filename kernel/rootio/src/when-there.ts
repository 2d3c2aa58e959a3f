/** Goes on with a value at once when it is there, or when its promise is kept: codecs of the browser make one wait. */
export const whenThere = <T, U>(value: T | Promise<T>, next: (value: T) => U | Promise<U>): U | Promise<U> =>
  value instanceof Promise ? value.then(next) : next(value);
