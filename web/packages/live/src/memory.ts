import type { Frame } from './frames'

/** The frames of the last while, for a tab that opens now. */
export function memory(milliseconds: number, now = Date.now) {
  let kept: { at: number; frame: Frame }[] = []
  return {
    keep(frame: Frame) {
      const oldest = now() - milliseconds
      kept = [...kept.filter(one => one.at > oldest), { at: now(), frame }].slice(-1_000)
    },
    since: (at: number) => kept.filter(one => one.at >= at).map(one => one.frame),
  }
}
