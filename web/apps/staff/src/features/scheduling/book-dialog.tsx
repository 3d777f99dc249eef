import type { Patient, Service } from '@chairside/api'
import { strokeOf } from '@chairside/commands'
import { Button, Dialog, Field, Kbd, useWhenSettled } from '@chairside/ui'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { Check, UserPlus, UserRound, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { nameOf, usePatientSearch } from '@/features/patients'
import { useSlug, useWriting } from '@/lib/clinic'

type BookProps = {
  where: string
  /** The time has begun or is past: it can be booked, but hardly ever is meant. */
  over: boolean
  services: Service[]
  /** The resource that is not a column of the grid: with whom, or where. */
  other: { label: string; value: string; choices: [string, string][] }
  patient?: Patient
  onBook: (patient: Patient, service: Service, otherId: string) => void
  onClose: () => void
}

/** Who, then why. Enter takes the first of each; Ctrl+Enter books from anywhere. */
export function BookDialog({ where, over, services, other, patient: given, onBook, onClose }: BookProps) {
  const t = useTranslations('schedule')
  const states = useTranslations('states')
  const clinic = useSlug()
  const writing = useWriting()
  const navigate = useNavigate()
  const [q, setQ] = useState('')
  const [patient, setPatient] = useState(given)
  const [service, setService] = useState(services[0])
  const [otherId, setOther] = useState(other.value)
  const { found, settled } = usePatientSearch(patient ? '' : q)
  const first = patient ? (service?.id ?? '') : (found[0]?.id ?? (q.trim().length > 1 && settled ? 'register' : ''))
  const [picked, pick] = useState(first)
  useEffect(() => pick(first), [first])
  const register = () => navigate({ to: '/c/$clinic/patients/new', params: { clinic }, search: { name: q.trim() || undefined } })
  const enter = useWhenSettled(q.trim(), settled, () => (found[0] ? setPatient(found[0]) : register()))
  const confirm = () => patient && service && otherId && onBook(patient, service, otherId)
  const about = (
    <>
      <bdi>{where}</bdi>
      {over && <p className="font-medium text-destructive">{t('timeOver')}</p>}
    </>
  )
  return (
    <Dialog open onClose={onClose} title={t('bookTitle')} about={about} close={states('close')}>
      <Command
        shouldFilter={false}
        label={patient ? t('what') : t('who')}
        value={picked}
        onValueChange={pick}
        className="flex min-h-0 flex-col pt-3"
        onKeyDown={event => {
          const stroke = strokeOf(event.nativeEvent)
          if (stroke !== 'Mod+Enter' && (stroke !== 'Enter' || settled)) return
          event.preventDefault()
          if (stroke === 'Enter') enter.enter()
          else confirm()
        }}
      >
        {patient ? (
          <div className="mx-5 flex h-9 shrink-0 items-center gap-2 rounded-md bg-accent ps-3 pe-1 text-base">
            <UserRound aria-hidden className="size-4" />
            <span dir="auto" className="font-medium">
              {nameOf(patient)}
            </span>
            <bdi className="ms-auto text-muted-foreground">#{patient.register_number}</bdi>
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
        ) : (
          <Command.Input
            value={q}
            onValueChange={text => {
              enter.forget()
              setQ(text)
            }}
            placeholder={t('whoHint')}
            autoFocus
            className="mx-5 h-9 rounded-md border border-input bg-background px-3 text-base"
          />
        )}
        <Command.List
          key={patient?.id}
          tabIndex={-1}
          ref={patient ? focusList : undefined}
          className="palette-list"
          label={patient ? t('what') : t('who')}
        >
          {!patient &&
            found.map(one => (
              <Command.Item key={one.id} value={one.id} onSelect={() => setPatient(one)}>
                <span dir="auto" className="truncate">
                  {nameOf(one)}
                </span>
                {one.birth_date && <bdi className="text-muted-foreground">{writing.day(one.birth_date)}</bdi>}
                <bdi className="ms-auto text-muted-foreground">#{one.register_number}</bdi>
              </Command.Item>
            ))}
          {!patient && q.trim().length > 1 && (
            <Command.Item value="register" onSelect={register}>
              <UserPlus aria-hidden />
              <span dir="auto">{t('registerFirst', { name: q.trim() })}</span>
            </Command.Item>
          )}
          {patient &&
            services.map(one => (
              <Command.Item key={one.id} value={one.id} onSelect={() => setService(one)}>
                <Check aria-hidden className={one.id === service?.id ? '' : 'invisible'} />
                <span dir="auto" className="truncate">
                  {one.name}
                </span>
                <span className="ms-auto whitespace-nowrap text-muted-foreground">
                  {t('minutes', { count: one.duration_minutes })}
                </span>
              </Command.Item>
            ))}
        </Command.List>
      </Command>
      <div className="flex flex-wrap items-end gap-3 border-t bg-surface px-5 py-3">
        <Field
          label={other.label}
          value={otherId}
          choices={other.choices}
          onChange={event => setOther(event.target.value)}
          className="w-44 max-sm:w-full"
        />
        <p className="me-auto truncate pb-2 text-muted-foreground text-sm">
          {service && `${service.name} · ${t('minutes', { count: service.duration_minutes })}`}
        </p>
        <Button disabled={!patient || !service || !otherId} onClick={confirm} className="h-9">
          {t('confirm')} <Kbd keys="Mod+Enter" />
        </Button>
      </div>
    </Dialog>
  )
}

const focusList = (list: HTMLElement | null) => list?.focus()
