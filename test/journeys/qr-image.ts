import { decode } from 'fast-png'
import { readQr } from './qr.ts'

/** A QR code as it was found in a PNG. */
export interface QrImage {
  readonly text: string
  /** White modules around it, on the narrowest side. */
  readonly margin: number
}

/** Reads the QR code of a PNG in black and white, by way of the drawing that `readQr` knows. */
export function readQrImage(png: Uint8Array): QrImage {
  const { width, height, channels, data } = decode(png)
  const isDark = (x: number, y: number) => data[(y * width + x) * channels] === 0
  const dark: [x: number, y: number][] = []
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) if (isDark(x, y)) dark.push([x, y])
  const [[left, top] = [0, 0]] = dark
  // The first row begins with the upper side of a finder, which is seven modules wide.
  let finder = 0
  while (isDark(left + finder, top)) finder++
  const pixels = finder / 7
  const modules = dark.filter(([x, y]) => (x - left) % pixels === 0 && (y - top) % pixels === 0)
  const path = modules.map(([x, y]) => `M${(x / pixels) * 10},${(y / pixels) * 10}h10v10h-10z`).join('')
  const right = Math.max(...modules.map(([x]) => x)) + pixels
  const bottom = Math.max(...modules.map(([, y]) => y)) + pixels
  const margin = Math.min(left, top, width - right, height - bottom) / pixels
  return { text: readQr(path), margin }
}
