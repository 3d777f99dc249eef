/** Said with a read that nobody asked for: the server does not take it for an act of the person, and notes it as a refresh. */
export const UNASKED = { 'x-refresh': 'live' }

const HAND = 5_000
const ACTS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const
let lastHand = performance.now()
let refreshes = 0

if (typeof addEventListener === 'function')
  for (const act of ACTS) addEventListener(act, noteHand, { capture: true, passive: true })

function noteHand() {
  lastHand = performance.now()
}

/** What is read while this runs is read because somebody else changed it. */
export function refreshing<T>(run: () => T): T {
  refreshes += 1
  try {
    return run()
  } finally {
    refreshes -= 1
  }
}

/** Whether somebody's hand can have asked for what is read now: a desk that nobody sits at must still be locked. */
export const isAsked = () => !refreshes && performance.now() - lastHand < HAND
