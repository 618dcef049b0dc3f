import { encode } from 'uqr'

const pixelsPerModule = 8
const black = 0
const white = 255

/** A QR code as PNG, with the white border that scanners need. The encoder is loaded with the first one. */
export async function qrPng(text: string): Promise<Buffer> {
  const { encode: encodePng } = await import('fast-png')
  const { data: rows, size } = encode(text, { border: 4 })
  const width = size * pixelsPerModule
  const pixels = new Uint8Array(width * width)
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) {
      const isDark = rows[Math.floor(y / pixelsPerModule)]?.[Math.floor(x / pixelsPerModule)]
      pixels[y * width + x] = isDark ? black : white
    }
  }
  return Buffer.from(encodePng({ width, height: width, data: pixels, channels: 1, depth: 8 }))
}
