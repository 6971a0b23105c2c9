
// Loaded into every node process of a service before its own code. It gives the process what a
// container would: the names of the other services, and a network of its own.
const dns = require('node:dns');
const net = require('node:net');

const LOCAL = ['localhost', '127.0.0.1', '::1', '0.0.0.0', '::', '::ffff:127.0.0.1'];

// The address behind a name; undefined for names of the world outside.
function addressOf(host) {
  if (typeof host !== 'string') return undefined;
  if (LOCAL.includes(host)) return OWN;
  return Object.hasOwn(NAMES, host) ? NAMES[host] : undefined;
}

// The same function with another body: it keeps what others have hung onto it.
function replace(owner, name, make) {
  const original = owner[name];
  const made = make(original);
  Object.defineProperties(made, Object.getOwnPropertyDescriptors(original));
  owner[name] = made;
}

replace(dns, 'lookup', (lookup) => function (host, ...rest) {
  return lookup.call(this, addressOf(host) ?? host, ...rest);
});
replace(dns.promises, 'lookup', (lookup) => function (host, ...rest) {
  return lookup.call(this, addressOf(host) ?? host, ...rest);
});

// connect(options), connect(port, host), and what net.connect() makes of either: [options, callback].
// Without a host, all of them mean this machine.
function connected(args) {
  const [first, second, ...rest] = args;
  if (Array.isArray(first)) {
    const copy = Object.assign([...first], { 0: withHost(first[0]) });
    for (const symbol of Object.getOwnPropertySymbols(first)) copy[symbol] = first[symbol];
    return [copy, second, ...rest];
  }
  if (typeof first === 'object' && first !== null) return [withHost(first), second, ...rest];
  if (!isPort(first)) return args;
  if (typeof second === 'string') return [first, addressOf(second) ?? second, ...rest];
  return [first, OWN, second, ...rest];
}

function withHost(options) {
  if (options.path || options.port === undefined) return options;
  const host = options.host ? addressOf(options.host) : OWN;
  if (host === undefined) return options;
  return Object.assign(Object.create(Object.getPrototypeOf(options)), options, { host });
}

replace(net.Socket.prototype, 'connect', (connect) => function (...args) {
  return connect.apply(this, connected(args));
});

// Only at the address of its own: others may listen on the same port, and the network gets nothing.
function listening(args) {
  const [first, ...rest] = args;
  if (typeof first === 'object' && first !== null) {
    const is_elsewhere = first.path || first.fd !== undefined || first._handle || first.port === undefined;
    if (is_elsewhere) return args;
    const { ipv6Only, ...options } = first;
    return [{ ...options, host: first.host ? addressOf(first.host) ?? first.host : OWN }, ...rest];
  }
  if (first === undefined || first === null || typeof first === 'function') {
    return [0, OWN, ...(typeof first === 'function' ? args : rest)];
  }
  if (!isPort(first)) return args;
  const [host, ...others] = rest;
  if (typeof host === 'string') return [first, addressOf(host) ?? host, ...others];
  return [first, OWN, ...(host === undefined || host === null ? others : rest)];
}

function isPort(value) {
  return typeof value === 'number' || (typeof value === 'string' && Number(value) >= 0);
}

replace(net.Server.prototype, 'listen', (listen) => function (...args) {
  return listen.apply(this, listening(args));
});

require('node:module').syncBuiltinESMExports();
