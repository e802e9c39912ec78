import { utf8 } from '@scure/base';

/** Bytes as UTF-8, or as UTF-16 (little-endian) if every other byte is zero as PowerShell writes it; undefined for bytes that are neither. */
export function textOfBytes(bytes: Uint8Array): string | undefined {
  if (bytes.length >= 4 && bytes[1] === 0 && bytes[3] === 0) {
    const units = Array.from({ length: bytes.length >> 1 }, (_, nth) => (bytes[2 * nth] ?? 0) + 256 * (bytes[2 * nth + 1] ?? 0));
    return units.map((unit) => String.fromCharCode(unit)).join('');
  }
  try {
    return utf8.encode(bytes);
  } catch {
    return undefined;
  }
}

/** Bits, as a string of 0 and 1, as bytes of `width` bits; what is left at the end is dropped. */
export function bytesOfBits(bits: string, width: 7 | 8): Uint8Array {
  const bytes = new Uint8Array(Math.floor(bits.length / width));
  for (let nth = 0; nth < bytes.length; nth += 1) bytes[nth] = Number.parseInt(bits.slice(nth * width, (nth + 1) * width), 2);
  return bytes;
}

/** Bytes that a text takes in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    // Two units of a surrogate pair make four bytes; a lone surrogate counts as two of the three it would be written with.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return bytes;
}
