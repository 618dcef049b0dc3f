import { median } from './compare.ts'
import { startProcess } from './process.ts'

const starts = 15

/** From the start of the process to its first answer, against bare Node. */
export async function benchColdStart(): Promise<void> {
  const ours: number[] = []
  const bare: number[] = []
  for (let round = 0; round < starts; round++) {
    bare.push(await coldStart(['bench/bare-node.js']))
    ours.push(await coldStart(['dist/cli.js', '--port', '0']))
  }
  const ratio = median(ours) / median(bare)
  console.log(
    `cold start to first answer: ${ratio.toFixed(2)} times bare Node ` +
      `(${median(ours).toFixed(0)} ms against ${median(bare).toFixed(0)} ms, medians of ${starts})`,
  )
}

async function coldStart(args: readonly string[]): Promise<number> {
  const server = await startProcess(args)
  await server.stop()
  return server.coldStartMs
}
