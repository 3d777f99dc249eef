import { between, keptAs, type Surface, toothOf } from '@chairside/dental'
import { useState } from 'react'

type State = { current: string; teeth: string[]; surfaces: Surface[] }
const NONE: State = { current: '16', teeth: [], surfaces: [] }

/** Which teeth and which of their surfaces are chosen, and where the cursor stands. */
export function useChoice() {
  const [state, set] = useState(NONE)
  /** A surface of every tooth that is chosen, each under its own name; chosen again, it is let go. */
  const toggled = ({ teeth, surfaces }: Pick<State, 'teeth' | 'surfaces'>, said: string): Surface[] => {
    const first = teeth[0] && toothOf(teeth[0])
    const kept = first ? keptAs(said, first) : undefined
    if (!kept) return surfaces
    return surfaces.includes(kept) ? surfaces.filter(one => one !== kept) : [...surfaces, kept]
  }
  return {
    ...state,
    pick: (id: string, { add, run, surface }: { add: boolean; run: boolean; surface?: string }) =>
      set(was => {
        if (surface) {
          const teeth = add ? [...new Set([...was.teeth, id])] : was.teeth.includes(id) ? was.teeth : [id]
          const surfaces = toggled(
            { teeth: [id], surfaces: teeth.length === 1 && was.teeth[0] !== id ? [] : was.surfaces },
            surface,
          )
          return { current: id, teeth, surfaces }
        }
        if (run) return { ...was, current: id, teeth: between(was.current, id) ?? [id] }
        if (add) {
          const teeth = was.teeth.includes(id) ? was.teeth.filter(one => one !== id) : [...was.teeth, id]
          return { current: id, teeth, surfaces: teeth.length ? was.surfaces : [] }
        }
        return { current: id, teeth: [id], surfaces: [] }
      }),
    move: (id: string, run: boolean) =>
      set(was => ({
        ...was,
        current: id,
        teeth: run ? [...new Set([...was.teeth, was.current, id])] : [id],
        surfaces: run ? was.surfaces : [],
      })),
    surface: (said: string) =>
      set(was => {
        const teeth = was.teeth.length ? was.teeth : [was.current]
        return { ...was, teeth, surfaces: toggled({ teeth, surfaces: was.surfaces }, said) }
      }),
    show: (teeth: string[], surfaces: string[]) =>
      set({ current: teeth[0]?.split('+')[0] ?? '16', teeth, surfaces: surfaces as Surface[] }),
    clear: () => set(was => ({ ...was, teeth: [], surfaces: [] })),
  }
}
