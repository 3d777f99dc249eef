import type { Patient, Schedule, Service } from '@chairside/api'
import { strokeOf } from '@chairside/commands'
import { Button, Dialog, Field, Kbd } from '@chairside/ui'
import { useQueryClient } from '@tanstack/react-query'
import { Repeat, UserRound, X } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { nameOf } from '@/features/patients'
import { useSlug } from '@/lib/clinic'
import { RegisterNumber } from '@/lib/register-number'
import { BookWho } from './book-who'
import { BookWhy } from './book-why'
import type { Slot } from './model'
import { inOrderOfUse, lastBooked } from './reasons'

/** As far as it is known who is booked, for what, and with whom or where. */
export type Wish = { service?: Service; patient?: Patient; otherId?: string }
export type Offered = {
  slot: Slot
  otherId: string
  where: string
  /** It is a seat in a session of a group, so many of whose are taken. */
  joins?: string
  /** For how long nobody else is given it. */
  held?: string
  /** The time has begun or is past: it can be booked, but hardly ever is meant. */
  over: boolean
  /** The time that was proposed before the reason was known: it is not long enough. */
  instead?: string
  free: boolean
  /** Not, or not all of it, while somebody works there. */
  closed: boolean
}
type BookProps = {
  offer: (wish: Wish) => Offered
  services: Service[]
  /** The resource that is not a column of the grid: with whom, or where. */
  other: { label: string; choices: [string, string][] }
  patient?: Patient
  /** The service that is meant, where it is known; the patient's wish comes with it. */
  reason?: string
  onBook: (patient: Patient, service: Service, slot: Slot) => void
  /** Where it may become several. */
  onRepeat?: (patient: Patient, service: Service, slot: Slot) => void
  /** What is in the way of it. */
  why?: (slot: Slot, wish: Wish) => ReactNode
  onClose: () => void
}

/** Who, then why. Enter takes the first of each and then books; Ctrl+Enter books from anywhere. */
export function BookDialog({
  offer,
  services: offered,
  other,
  patient: given,
  reason,
  onBook,
  onRepeat,
  why,
  onClose,
}: BookProps) {
  const t = useTranslations('schedule')
  const states = useTranslations('states')
  const services = useProposed(offered)
  const [patient, setPatient] = useState(given)
  const [service, setService] = useState(services.find(one => one.id === reason) ?? services[0])
  const [chosen, setOther] = useState<string>()
  const { slot, otherId, where, joins, held, over, instead, free, closed } = offer({
    service: patient && service,
    patient,
    otherId: chosen,
  })
  const button = useRef<HTMLButtonElement>(null)
  const confirm = () => patient && service && otherId && onBook(patient, service, slot)
  const keyed = (event: KeyboardEvent) => {
    // Held down too long, Enter would run through all three steps.
    if (event.key === 'Enter' && event.repeat) return stop(event)
    if (!patient || strokeOf(event.nativeEvent) !== 'Mod+Enter') return
    stop(event)
    confirm()
  }
  const atOnce = useRef(false)
  useEffect(() => {
    if (!patient || !atOnce.current) return
    atOnce.current = false
    confirm()
  })
  const about = (
    <>
      <bdi>{where}</bdi>
      {joins && <p className="tabular-nums">{joins}</p>}
      {held && <p className="tabular-nums">{held}</p>}
      {over && <p className="font-medium text-destructive">{t('timeOver')}</p>}
      {service && !free && <p className="font-medium text-destructive">{t('notFree', { count: slot.duration_minutes })}</p>}
      {closed && <p className="font-medium text-warn">{t('outOfHours')}</p>}
      {instead && free && (
        <p className="font-medium text-warn">{t('tooShort', { time: instead, count: slot.duration_minutes })}</p>
      )}
    </>
  )
  return (
    <Dialog open onClose={onClose} title={t('bookTitle')} about={about} close={states('close')}>
      <div className="flex min-h-0 flex-col" onKeyDownCapture={keyed}>
        {!over && ((service && !free) || closed) && why?.(slot, { service, patient })}
        {patient ? (
          <>
            <div className="mx-5 mt-3 flex h-9 shrink-0 items-center gap-2 rounded-md bg-accent ps-3 pe-1 text-base">
              <UserRound aria-hidden className="size-4 shrink-0" />
              <span dir="auto" className="truncate font-medium">
                {nameOf(patient)}
              </span>
              <RegisterNumber of={patient} className="ms-auto text-muted-foreground" />
              {!given && (
                <Button
                  size="icon"
                  variant="ghost"
                  className="size-7"
                  aria-label={t('otherPatient')}
                  onClick={() => setPatient(undefined)}
                >
                  <X />
                </Button>
              )}
            </div>
            <BookWhy services={services} service={service} onService={setService} onTaken={() => button.current?.focus()} />
          </>
        ) : (
          <BookWho
            onPatient={(one, book) => {
              atOnce.current = book
              setPatient(one)
            }}
          />
        )}
        <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-3 border-t bg-surface px-5 py-3 max-sm:grid-cols-1">
          <Field label={other.label} value={otherId} choices={other.choices} onChange={event => setOther(event.target.value)} />
          <div className="flex gap-2 max-sm:justify-end">
            {onRepeat && (
              <Button
                variant="outline"
                className="h-9"
                disabled={!patient || !service || !otherId}
                onClick={() => patient && service && onRepeat(patient, service, slot)}
              >
                <Repeat aria-hidden /> {t('repeat')}
              </Button>
            )}
            <Button ref={button} disabled={!patient || !service || !otherId} onClick={confirm} className="h-9">
              {t('confirm')} <Kbd keys="Mod+Enter" />
            </Button>
          </div>
        </div>
      </div>
    </Dialog>
  )
}

function stop(event: KeyboardEvent) {
  event.preventDefault()
  event.stopPropagation()
}

/** The reasons in the order in which they are used here; it stays so while the dialog is open. */
function useProposed(services: Service[]) {
  const clinic = useSlug()
  const queries = useQueryClient()
  const [proposed] = useState(() => {
    const days = queries
      .getQueriesData<Schedule>({ queryKey: [clinic, 'schedule'] })
      .flatMap(([, day]) => day?.appointments ?? [])
    const visits = new Map(days.map(visit => [visit.id, visit]))
    return inOrderOfUse(services, lastBooked(clinic), [...visits.values()])
  })
  return proposed
}
