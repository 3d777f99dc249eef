import { listen, refreshing } from '@chairside/api'
import { goLive } from '@chairside/live'
import { announce } from '@chairside/ui'
import { Radio, RefreshCw, Unplug } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug, useWriting } from '@/lib/clinic'
import { setLive, useLive } from '@/lib/live'
import { useOnline } from '@/lib/screen'
import { queryClient } from '@/lib/server'
import { useSession } from '@/lib/session'
import { type Deed, hearing } from './hearing'

const MANY = 3

/** Holds the line on which the clinic is heard, as long as somebody works in it. */
function useHearing() {
  const t = useTranslations('live')
  const clinic = useSlug()
  const me = useSession().principal.id
  const { time } = useWriting()
  const tell = (deeds: Deed[]) => {
    const [first] = deeds
    if (!first) return
    const { who, what, seen } = first
    if (deeds.length > MANY) return announce(t('many', { count: deeds.length }))
    announce(t('did', { who, what, name: seen.visit.patient.name, time: time(seen.visit.starts_at) }))
  }
  const last = useRef(tell)
  last.current = tell
  useEffect(() => {
    const stop = goLive({
      name: `chairside ${clinic} ${me}`,
      open: (after, lookback, signal) =>
        listen(`/clinics/${clinic}/stream?lookback=${lookback}`, after ? { 'last-event-id': after } : {}, signal),
      onEvent: hearing(clinic, me, deeds => last.current(deeds)),
      onGap: () => void refreshing(() => queryClient.invalidateQueries({ queryKey: [clinic] })),
      onRights: () => void refreshing(() => queryClient.invalidateQueries({ queryKey: [clinic, 'clinic'] })),
      onState: setLive,
    })
    return () => {
      stop()
      setLive(undefined)
    }
  }, [clinic, me])
}

/** Whether what others do is shown as it happens. Without a network the mark beside it says so already. */
export function LiveMark() {
  const t = useTranslations('live')
  useHearing()
  const state = useLive()
  const online = useOnline()
  if (!state || !online) return null
  const Icon = { live: Radio, reconnecting: RefreshCw, offline: Unplug }[state]
  return (
    <span
      role="status"
      title={t(`${state}About`)}
      className="flex items-center gap-1.5 whitespace-nowrap text-muted-foreground text-xs"
      data-live={state}
    >
      <Icon aria-hidden className={`size-3.5 ${state === 'live' ? '' : 'text-warn'}`} />
      <span className={state === 'live' ? 'sr-only' : 'max-sm:sr-only'}>{t(state)}</span>
    </span>
  )
}
