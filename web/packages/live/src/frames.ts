/** What stands between two blank lines of a stream of server-sent events. Without a name it only moves the position. */
export type Frame = { name: string; data: string; id: string }

/** Reads server-sent events as they come: unlike `EventSource`, over a request that may carry headers and be refused in words. */
export async function* framesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Frame> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
  let rest = ''
  let id = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const blocks = (rest + value).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const frame: Frame = { name: '', data: '', id }
        for (const line of block.split('\n')) {
          const [, field, text = ''] = /^(\w+): ?(.*)$/.exec(line) ?? []
          if (field === 'event') frame.name = text
          else if (field === 'data') frame.data += text
          else if (field === 'id') frame.id = id = text
        }
        yield frame
      }
    }
  } finally {
    // Whoever stops listening hangs up.
    await reader.cancel().catch(() => {})
  }
}
