import { isRefused, type PerioExam, type PerioHead } from '@chairside/api'
import { applied, type Edit, type Mouth } from '@chairside/dental/perio'
import { createKept } from '@chairside/offline/kept'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useSlug } from '@/lib/clinic'
import { queryClient, send } from '@/lib/server'
import { useSession } from '@/lib/session'
import { perioExamQuery } from './queries'
import { bodyOf, clashesOf, mouthOf, queued } from './wire'
import { measureExam } from './writes'

const MANY = 8
const PAUSE = 700
const kept = createKept()

export type Saving = 'saved' | 'waiting' | 'sending' | 'failed' | 'clash'
type Kept = { version: number; edits: Edit[] }
type Held = {
  /** As the server has it, at this version. */
  base: Mouth
  version: number
  flying: Edit[]
  waiting: Edit[]
  timer: number | undefined
}

/**
 * What is said is kept in the browser at once, sent every few sites or after a short rest, and sent again by whoever opens this
 * exam next on this computer where the page died before. Who wrote into it meanwhile is not overwritten: at other sites both
 * stand, at the same ones somebody chooses.
 */
export function useSaving(patient: string, exam: PerioExam, onMouth: (mouth: Mouth) => void) {
  const clinic = useSlug()
  const { principal } = useSession()
  const place = `${principal.id} ${clinic} ${exam.id}`
  const [saving, setSaving] = useState<Saving>('saved')
  const [clashes, setClashes] = useState<{ edits: Edit[]; now: Mouth }>()
  const [failure, setFailure] = useState<unknown>()
  const [head, setHead] = useState<PerioHead>(exam)
  const held = useRef<Held>(undefined)
  held.current ??= { base: mouthOf(exam), version: exam.version, flying: [], waiting: [], timer: undefined }
  const now = held.current
  const unsent = () => queued(now.flying, now.waiting)
  const tell = useRef(onMouth)
  tell.current = onMouth

  const acts = useMemo(() => {
    const keep = () => {
      const edits = unsent()
      return edits.length ? kept.put(place, { version: now.version, edits } satisfies Kept) : kept.drop(place)
    }
    const show = () => tell.current(applied(now.base, unsent()))

    async function flush(): Promise<void> {
      clearTimeout(now.timer)
      if (clashesRef.current || now.flying.length || !now.waiting.length) return
      now.flying = now.waiting
      now.waiting = []
      setSaving('sending')
      try {
        const answer = await send(measureExam(clinic, patient, { id: exam.id, version: now.version }, bodyOf(now.flying)))
        now.base = applied(now.base, now.flying)
        now.version = answer.version
        now.flying = []
        setHead(answer)
        setFailure(undefined)
      } catch (error) {
        now.waiting = unsent()
        now.flying = []
        if (isRefused(error, 'PerioExamIsStale')) return rebase(now.base)
        setFailure(error)
        setSaving('failed')
        return
      } finally {
        void keep()
      }
      if (now.waiting.length) return flush()
      setSaving('saved')
    }

    /** Somebody was faster: what they said is read, and what was typed here laid over it. */
    async function rebase(before: Mouth | undefined): Promise<void> {
      const fresh = await queryClient.fetchQuery({ ...perioExamQuery(clinic, patient, exam.id), staleTime: 0 })
      now.base = mouthOf(fresh)
      now.version = fresh.version
      setHead(fresh)
      const edits = clashesOf(now.waiting, before, now.base)
      show()
      if (fresh.status !== 'open') {
        setSaving('failed')
        return
      }
      if (edits.length) {
        clashesRef.current = edits
        setClashes({ edits, now: now.base })
        setSaving('clash')
        return
      }
      return flush()
    }

    return {
      say(edits: readonly Edit[]) {
        if (!edits.length) return
        now.waiting = queued(now.waiting, edits)
        void keep()
        if (now.timer) clearTimeout(now.timer)
        setSaving(was => (was === 'clash' || was === 'sending' ? was : 'waiting'))
        if (now.waiting.length >= MANY) void flush()
        else now.timer = window.setTimeout(() => void flush(), PAUSE)
      },
      flush,
      /** Everything is with the server; false where something could not be sent. */
      async settled() {
        for (let turn = 0; turn < 100 && (now.flying.length || now.waiting.length); turn += 1) {
          await flush()
          if (now.flying.length) await new Promise(resolve => setTimeout(resolve, 50))
          else if (now.waiting.length) return false
        }
        return !now.flying.length && !now.waiting.length
      },
      choose(mine: boolean) {
        if (!mine && clashesRef.current) now.waiting = now.waiting.filter(edit => !clashesRef.current?.includes(edit))
        clashesRef.current = undefined
        setClashes(undefined)
        show()
        void keep()
        if (now.waiting.length) void flush()
        else setSaving('saved')
      },
      /** What a page before this one did not get to send. */
      async restore() {
        const found = (await kept.of(place)) as Kept | undefined
        if (!found?.edits?.length) return 0
        now.waiting = queued(found.edits, now.waiting)
        void keep()
        show()
        if (found.version === now.version) await flush()
        else await rebase(undefined)
        return found.edits.length
      },
      /** The server has said it anew. */
      heard(fresh: PerioExam) {
        if (fresh.version <= now.version) return
        if (now.flying.length || now.waiting.length) return
        now.base = mouthOf(fresh)
        now.version = fresh.version
        setHead(fresh)
        show()
      },
      version: () => now.version,
    }
  }, [clinic, patient, exam.id, place])

  const clashesRef = useRef<Edit[]>(undefined)
  useEffect(() => acts.heard(exam), [acts, exam])
  useEffect(() => {
    const hidden = () => document.visibilityState === 'hidden' && void acts.flush()
    document.addEventListener('visibilitychange', hidden)
    return () => {
      document.removeEventListener('visibilitychange', hidden)
      void acts.flush()
    }
  }, [acts])
  return { ...acts, saving, clashes, failure, head }
}
