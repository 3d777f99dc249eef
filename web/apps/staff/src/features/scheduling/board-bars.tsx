import type { Patient } from '@chairside/api'
import { Banner, Button, Kbd } from '@chairside/ui'
import { Minus, Move, MoveVertical, Plus, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { nameOf } from '@/features/patients'
import { Keys } from '@/lib/keys'
import type { Board } from './use-board'

/** Whom a time is looked for. */
export function BookingBar({ patient, onLeave }: { patient: Patient; onLeave: () => void }) {
  const t = useTranslations('schedule')
  return (
    <Banner
      tone="info"
      title={t('pickTime', { name: nameOf(patient) })}
      className="relative min-h-10 shrink-0 items-center rounded-none border-b py-1 pe-32"
    >
      <Button size="sm" variant="ghost" className="absolute end-3 top-1.5" onClick={onLeave}>
        <X aria-hidden /> {t('leaveBooking')}
      </Button>
    </Banner>
  )
}

const LIGHT = 'border-transparent text-foreground'

/** While a visit is moved by keys or by clicks: where it is now, and each key as a button. */
export function MovingBar({ moving: mode, spot }: Pick<Board, 'moving' | 'spot'>) {
  const t = useTranslations('schedule')
  const { moving } = mode
  if (moving?.by !== 'keys') return null
  const { place, grip, item } = moving
  const Icon = grip === 'move' ? Move : MoveVertical
  return (
    <div className="absolute inset-x-0 bottom-0 z-20 flex items-center gap-2 bg-primary px-4 py-2 text-primary-foreground text-sm max-md:flex-wrap">
      <Icon aria-hidden className="size-4 shrink-0" />
      <b className="shrink-0 font-semibold max-md:shrink">{t('moving', { name: item.visit.patient.name })}</b>
      <span className="shrink-0 rounded bg-primary-foreground/15 px-1.5">
        <bdi dir="ltr">{spot(place).time}</bdi> · <bdi>{spot(place).column}</bdi>
      </span>
      <span className="min-w-0 flex-1 truncate max-md:hidden" title={t(grip === 'move' ? 'movingHow' : 'lengthHow')}>
        {t(grip === 'move' ? 'movingHow' : 'lengthHow')}
      </span>
      <span className="flex shrink-0 items-center gap-1 max-md:ms-auto">
        <Button size="icon" variant="outline" className={LIGHT} aria-label={t('shorter')} onClick={() => mode.stretch(-5)}>
          <Minus />
        </Button>
        <bdi className="min-w-14 text-center">{t('minutes', { count: place.length })}</bdi>
        <Button size="icon" variant="outline" className={LIGHT} aria-label={t('longer')} onClick={() => mode.stretch(5)}>
          <Plus />
        </Button>
      </span>
      <Button size="sm" variant="outline" className={LIGHT} onClick={() => mode.put()}>
        {t('put')} <Kbd keys="Enter" />
      </Button>
      <Button size="sm" variant="outline" className={LIGHT} onClick={mode.cancel}>
        {t('leave')} <Keys of="leave" />
      </Button>
    </div>
  )
}
