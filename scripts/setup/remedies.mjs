/**
 * What a tool's output says about why it failed, and what helps. The first entry that matches counts: pip, for one,
 * reports a network that is down as a package without versions, after the lines that tell the real reason.
 */
const causes = [
  {
    signs: /ENOSPC|No space left on device|disk quota exceeded|EDQUOT/i,
    what: 'the disk is full',
    remedy: () => [
      'Free some space: a complete set-up needs about 5 GB in this folder (3 GB with --light), and some for the caches of npm and pip. `df -h .` shows what is left.',
    ],
  },
  {
    signs: /self[- ]signed certificate|CERTIFICATE_VERIFY_FAILED|unable to get (local )?issuer|UNABLE_TO_(GET|VERIFY)/i,
    what: "the index's certificate was not accepted (a proxy that inspects traffic?)",
    remedy: (tool) => [
      tool === 'npm'
        ? 'Tell npm about the certificate authority of your network: `npm config set cafile /path/to/ca.pem`.'
        : 'Tell pip about the certificate authority of your network: `pip config set global.cert /path/to/ca.pem`.',
    ],
  },
  {
    signs: /\bE40[13]\b|40[13] (Client Error|Unauthorized|Forbidden)|authentication (token|required)/i,
    what: 'the package index refused access',
    remedy: (tool) => [
      `Log in to the index that ${tool} is configured for, or use another: \`${tool === 'npm' ? 'npm config get registry' : 'pip config list'}\` shows it.`,
    ],
  },
  {
    signs: /DO NOT MATCH THE HASHES|EINTEGRITY|Hashes are required/i,
    what: 'a downloaded package is not the one that was locked',
    remedy: (tool) => [
      tool === 'npm' ? 'A damaged cache: `npm cache clean --force`.' : 'A damaged cache: `python3 -m pip cache purge`.',
      'A mirror that serves rebuilt packages cannot be used: point the tool at one that passes the original files on (it need not publish hashes itself). The check is on purpose and has no switch.',
    ],
  },
  {
    signs:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|NewConnectionError|Temporary failure in name resolution|Failed to establish a new connection|ConnectTimeoutError|Read timed out|ProxyError|network (request|connectivity|error)|Connection (refused|reset|broken)/i,
    what: 'the package index could not be reached',
    remedy: (tool) => [
      'Check the network: only the npm and the Python package index are needed.',
      tool === 'npm'
        ? "Behind a proxy: `npm config set proxy http://…` and `npm config set https-proxy http://…`. With a mirror: `npm config set registry https://…`. npm's own configuration counts here."
        : "Behind a proxy: set HTTPS_PROXY, or `pip config set global.proxy http://…`. With a mirror: `pip config set global.index-url https://…`. pip's own configuration counts here.",
    ],
  },
  {
    signs: /\bE404\b|\bETARGET\b|No matching distribution found|Could not find a version that satisfies/i,
    what: 'the package index does not have a package that is needed',
    remedy: (tool) => [
      tool === 'npm'
        ? 'Look at `npm config get registry`: a mirror may lag behind, or `before` be set in your npm configuration.'
        : 'Look at `pip config list`: a mirror may lag behind. This processor and Python may also have no TensorFlow: then use --light.',
    ],
  },
  {
    signs: /EACCES|EPERM|Permission denied/i,
    what: 'a file could not be written',
    remedy: () => [
      'The clone (and the caches of npm and pip) must belong to you: `ls -ld . ~/.npm ~/.cache/pip`. Files left by an earlier run as root are the usual reason.',
    ],
  },
  {
    signs: /Killed|ENOMEM|out of memory|SIGKILL/i,
    what: 'the machine ran out of memory',
    remedy: () => [
      'Close other programs, or use --light, which leaves TensorFlow out. 2 GB of free memory are enough for the set-up.',
    ],
  },
];

/**
 * @param {string} output what the tool printed
 * @param {'npm' | 'pip'} tool
 * @param {string} [fallback] the remedy when nothing is recognised
 * @returns {{ what: string, remedy: string[] }}
 */
export function diagnose(output, tool, fallback = 'The log has the details.') {
  const cause = causes.find(({ signs }) => signs.test(output));
  return cause
    ? { what: cause.what, remedy: cause.remedy(tool) }
    : { what: `${tool} ended with an error`, remedy: [fallback] };
}

/** The last lines that carry information, without blank ones and pip's and npm's advertising. */
export function lastLines(output, count = 8) {
  return output
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !/^\[notice\]|^npm (notice|error A complete log)|^npm warn/.test(line))
    .slice(-count)
    .map((line) => (line.length > 240 ? `${line.slice(0, 240)}…` : line));
}
