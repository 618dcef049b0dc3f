type Mask = (row: number, column: number) => boolean

const masks: readonly Mask[] = [
  (r, c) => (r + c) % 2 === 0,
  (r) => r % 2 === 0,
  (_r, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
]

/**
 * Reads the text of a QR code that is drawn as an SVG of dark squares, as a scanner would after it has found them
 * (ISO 18004). Versions 2 to 5 at level L, which have one block: there is nothing to repair in a drawing.
 */
export function readQr(svg: string): string {
  const squares = [...svg.matchAll(/M(\d+),(\d+)h10v10h-10z/g)].map(([, x, y]) => [Number(x) / 10, Number(y) / 10])
  const left = Math.min(...squares.map(([x = 0]) => x))
  const size = Math.max(...squares.map(([x = 0]) => x)) - left + 1
  if (![25, 29, 33, 37].includes(size)) throw new Error(`no QR code of version 2 to 5: ${size} modules wide`)
  const places = new Set(squares.map(([x = 0, y = 0]) => `${y - left},${x - left}`))
  const isDark = (row: number, column: number) => places.has(`${row},${column}`)

  const { level, mask } = readFormat(isDark)
  if (level !== 1) throw new Error(`found error correction level ${level}, expected L`)
  const bits = dataBits(size, (row, column) => isDark(row, column) !== mask(row, column))
  const number = (start: number, length: number) => Number.parseInt(bits.slice(start, start + length), 2)
  if (number(0, 4) !== 4) throw new Error(`found mode ${number(0, 4)}, expected bytes`)
  return Buffer.from(Array.from({ length: number(4, 8) }, (_, index) => number(12 + index * 8, 8))).toString('utf8')
}

/** Beside the finder at the top left: level, mask and their check bits. */
function readFormat(isDark: Mask) {
  const along = [0, 1, 2, 3, 4, 5, 7, 8].map((column) => [8, column])
  const up = [7, 5, 4, 3, 2, 1, 0].map((row) => [row, 8])
  const bits = [...along, ...up].map(([row = 0, column = 0]) => (isDark(row, column) ? '1' : '0')).join('')
  const format = Number.parseInt(bits, 2) ^ 0b101010000010010
  const mask = masks[(format >> 10) & 7]
  if (!mask) throw new Error('there are eight masks')
  return { level: format >> 13, mask }
}

/** The modules that carry data: in columns of two from the right, up and down in turn. */
function dataBits(size: number, bit: Mask): string {
  let bits = ''
  let upwards = true
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5
    for (let step = 0; step < size; step++) {
      const row = upwards ? size - 1 - step : step
      for (const column of [right, right - 1]) {
        if (!isPattern(row, column, size)) bits += bit(row, column) ? '1' : '0'
      }
    }
    upwards = !upwards
  }
  return bits
}

/** Finders with format bits, timing lines, and the one alignment pattern of these versions. */
function isPattern(row: number, column: number, size: number): boolean {
  const finder = (row < 9 && column < 9) || (row < 9 && column > size - 9) || (row > size - 9 && column < 9)
  const alignment = Math.abs(row - (size - 7)) < 3 && Math.abs(column - (size - 7)) < 3
  return finder || row === 6 || column === 6 || alignment
}
