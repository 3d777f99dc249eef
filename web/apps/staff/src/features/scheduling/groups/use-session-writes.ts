import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { useTell } from '@/lib/tell'
import type { Slot, Visit } from '../model'
import type { Around } from './acts'

const acts = () => import('./acts')

/** What is done with a session as a whole: said when accepted, and offered back. Fetched when somebody first does it. */
export function useSessionWrites(onMoved: (id: string, date: string) => void) {
  const t = useTranslations('schedule')
  const around: Around = { t, clinic: useSlug(), writing: useWriting(), regret: useRegret(), tell: useTell(), onMoved }
  return {
    move: async (item: Visit, slot: Slot) => (await acts()).moveAll(around, item, slot),
    cancel: async (item: Visit, reason: string) => (await acts()).cancelAll(around, item, reason),
    giveSeats: async (item: Visit, capacity: number) => (await acts()).giveSeats(around, item, capacity),
  }
}
