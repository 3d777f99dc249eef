import type { Patient } from '@chairside/api'
import { strokeOf } from '@chairside/commands'
import { useWhenSettled } from '@chairside/ui'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { UserPlus } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { nameOf, SearchAway, usePatientSearch } from '@/features/patients'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { RegisterNumber } from '@/lib/register-number'

/**
 * Who is booked: Enter takes the first that was found, or registers whoever was not. Whoever types faster than the search answers
 * may press Ctrl+Enter after it already: `book` then says so.
 */
export function BookWho({ onPatient }: { onPatient: (patient: Patient, book: boolean) => void }) {
  const t = useTranslations('schedule')
  const patients = useTranslations('patients')
  const clinic = useSlug()
  const writing = useWriting()
  const navigate = useNavigate()
  const [q, setQ] = useState('')
  const mayRegister = useMay('patients.register')
  const { found, settled, away } = usePatientSearch(q)
  const first = found[0]?.id ?? (q.trim().length > 1 && settled && mayRegister ? 'register' : '')
  const [picked, pick] = useState(first)
  useEffect(() => pick(first), [first])
  const register = () => navigate({ to: '/c/$clinic/patients/new', params: { clinic }, search: { name: q.trim() || undefined } })
  const book = useRef(false)
  const enter = useWhenSettled(q.trim(), settled, () =>
    found[0] ? onPatient(found[0], book.current) : mayRegister && register(),
  )
  return (
    <Command
      shouldFilter={false}
      label={t('who')}
      value={picked}
      onValueChange={pick}
      className="flex min-h-0 flex-col pt-3"
      onKeyDown={event => {
        const stroke = strokeOf(event.nativeEvent)
        if (stroke === 'Mod+Enter') {
          event.preventDefault()
          book.current = enter.waiting()
        } else if (stroke === 'Enter' && !settled) {
          event.preventDefault()
          enter.enter()
        }
      }}
    >
      <Command.Input
        value={q}
        onValueChange={text => {
          enter.forget()
          book.current = false
          setQ(text)
        }}
        placeholder={t('whoHint')}
        autoFocus
        className="mx-5 h-9 rounded-md border border-input bg-background px-3 text-base"
      />
      <Command.List tabIndex={-1} className="palette-list" label={t('who')}>
        {found.map(one => (
          <Command.Item key={one.id} value={one.id} onSelect={() => onPatient(one, false)}>
            <span dir="auto" className="truncate">
              {nameOf(one)}
            </span>
            {one.birth_date && <bdi className="text-muted-foreground">{writing.day(one.birth_date)}</bdi>}
            <RegisterNumber of={one} className="ms-auto text-muted-foreground" />
          </Command.Item>
        ))}
        {away && <SearchAway />}
        {!mayRegister && !away && settled && q.trim().length > 1 && found.length === 0 && (
          <p className="px-3 py-2 text-muted-foreground text-sm">{patients('none', { q: q.trim() })}</p>
        )}
        {q.trim().length > 1 && !away && mayRegister && (
          <Command.Item value="register" onSelect={register}>
            <UserPlus aria-hidden />
            <span dir="auto">{t('registerFirst', { name: q.trim() })}</span>
          </Command.Item>
        )}
      </Command.List>
    </Command>
  )
}
