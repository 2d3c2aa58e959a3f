const { rspack } = require('@rspack/core');

/** What jsroot imports on Node only, behind checks that the bundler cannot see. */
const nodeOnly =
  /^(canvas|gl|jsdom|fs|tmp|xhr2|zlib|mathjax|@resvg\/resvg-js|@oneidentity\/zstd-js|node:worker_threads|three|three\/addons)$/;

module.exports = {
  // The reader tells JSROOT's messages from others by the name of the file they come from.
  optimization: { chunkIds: 'named' },
  performance: { hints: false },
  ignoreWarnings: [/"__(file|dir)name" is used and has been mocked/, /license file for @cygnet/],
  plugins: [
    new rspack.IgnorePlugin({
      checkResource: (request, context) => /[\\/]jsroot[\\/]/.test(context) && nodeOnly.test(request),
    }),
  ],
};
