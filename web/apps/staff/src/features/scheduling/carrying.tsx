import { Button, Kbd } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { CalendarArrowUp } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { nameOf, patientQuery } from '@/features/patients'
import { useSlug } from '@/lib/clinic'
import { visitQuery } from './queries'
import type { Movable } from './use-visit-writes'

/** The visit that is on its way to another day, which the address names. */
export function useCarrying(id: string | undefined): Movable | undefined {
  const clinic = useSlug()
  const visit = useQuery({ ...visitQuery(clinic, id ?? ''), enabled: !!id }).data
  const patient = useQuery({ ...patientQuery(clinic, visit?.patient_id ?? ''), enabled: !!id && !!visit }).data
  return id && visit && patient ? { ...visit, patient: { name: nameOf(patient) } } : undefined
}

type BarProps = { name: string; onPut: () => void; onLeave: () => void }

/** Stays while days are turned. */
export function CarryingBar({ name, onPut, onLeave }: BarProps) {
  const t = useTranslations('schedule')
  return (
    <div
      role="status"
      className="absolute inset-x-0 bottom-0 z-20 flex flex-wrap items-center gap-2 bg-primary px-4 py-2 text-primary-foreground text-sm"
    >
      <CalendarArrowUp aria-hidden className="size-4" />
      <b className="font-semibold">{t('carrying', { name })}</b>
      <span className="me-auto max-md:hidden">{t('carryingHow')}</span>
      <Button size="sm" variant="outline" className="border-transparent text-foreground max-md:ms-auto" onClick={onPut}>
        {t('put')} <Kbd keys="V" />
      </Button>
      <Button size="sm" variant="outline" className="border-transparent text-foreground" onClick={onLeave}>
        {t('leave')} <Kbd keys="Esc" />
      </Button>
    </div>
  )
}
