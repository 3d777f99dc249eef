/** While a button is down something is being pressed or dragged: nothing may move under the pointer. */
let down = false
const lifted = new Set<() => void>()

const press = () => {
  down = true
}
const lift = () => {
  down = false
  for (const go of lifted) go()
  lifted.clear()
}
if (typeof addEventListener === 'function') {
  const options = { capture: true, passive: true }
  addEventListener('pointerdown', press, options)
  for (const name of ['pointerup', 'pointercancel', 'blur', 'dragend']) addEventListener(name, lift, options)
}

/** At once, or as soon as the pointer lets go. */
export const whenHandsAreOff = () =>
  down ? new Promise<void>(resolve => lifted.add(() => setTimeout(resolve, 50))) : Promise.resolve()
