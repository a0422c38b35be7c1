// The chain's types without a chain: storage keys and values as its metadata describes them.

import { readFileSync } from 'node:fs';
import { Metadata, TypeRegistry, expandMetadata } from '@polkadot/types';
import { Enum, Option, Struct, Tuple, Vec, VecFixed } from '@polkadot/types-codec';
import { compactStripLength, u8aToHex } from '@polkadot/util';

export { u8aConcat, u8aToHex, stringToU8a } from '@polkadot/util';
export { blake2AsU8a, encodeAddress } from '@polkadot/util-crypto';

/** The types in a file of metadata. */
export function typesOf(path) {
  const registry = new TypeRegistry();
  const metadata = new Metadata(registry, `0x${readFileSync(path).toString('hex')}`);
  // The library says so of every extension that it does not know; these have no payload.
  const silent = { extrinsic: {}, payload: {} };
  registry.setMetadata(metadata, undefined, { AuthorizeCall: silent, TandemGuard: silent, TandemObsolete: silent });
  const { query, tx, consts } = expandMetadata(registry, metadata);
  const lookup = (id) => registry.createLookupType(id);
  return {
    registry,
    consts,
    /** The key of a storage item's entry, hashed as the item says. */
    key: (pallet, item, ...keys) => u8aToHex(compactStripLength(query[pallet][item](...keys))[1]),
    /** The name of the type of a storage item's values. */
    valueOf(pallet, item) {
      const { type } = query[pallet][item].meta;
      return lookup(type.isPlain ? type.asPlain : type.asMap.value);
    },
    /** The name of the type of a call's argument. */
    argumentOf: (pallet, call, index) => lookup(tx[pallet][call].meta.fields[index].type),
    create: (type, value) => registry.createType(type, value),
  };
}

/**
 * Fails unless the value names exactly the fields that the type has: the library leaves out what it does not know and
 * makes up what is missing.
 */
export function assertExact(codec, value, path = codec.toRawType().slice(0, 40)) {
  if (value === codec || value === null || value === undefined) {
    if (!(codec instanceof Option) && value !== codec) throw new Error(`${path}: no value is given`);
  } else if (codec instanceof Option) {
    assertExact(codec.unwrap(), value, path);
  } else if (codec instanceof Struct) {
    const [known, given] = [[...codec.keys()], Object.keys(value)];
    const differ = [...known.filter((name) => !given.includes(name)), ...given.filter((name) => !known.includes(name))];
    if (differ.length > 0) throw new Error(`${path}: the type and the value differ in ${differ.join(', ')}`);
    for (const name of known) assertExact(codec.get(name), value[name], `${path}.${name}`);
  } else if (codec instanceof Enum) {
    const [variant, inner] = typeof value === 'string' ? [value, undefined] : Object.entries(value)[0];
    if (codec.type !== variant) throw new Error(`${path}: ${variant} became ${codec.type}`);
    if (inner !== undefined) assertExact(codec.inner, inner, `${path}.${variant}`);
    else if (!codec.isBasic && codec.inner.encodedLength > 0) throw new Error(`${path}.${variant}: it has fields now`);
  } else if ((codec instanceof Vec || codec instanceof VecFixed || codec instanceof Tuple) && Array.isArray(value)) {
    if (codec.length !== value.length) throw new Error(`${path}: ${value.length} values became ${codec.length}`);
    value.forEach((item, index) => assertExact(codec[index], item, `${path}[${index}]`));
  } else if (!codec.eq(value)) {
    throw new Error(`${path}: ${value} became ${codec}`);
  }
}
