import { ranked, useAllCommands } from '@chairside/commands'
import { announce, fold, Kbd, useActiveItem, useWhenSettled } from '@chairside/ui'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { ChevronRight, Search, UserRound } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { nameOf, SearchAway, usePatientSearch } from '@/features/patients'
import { useSlug, useWriting } from '@/lib/clinic'
import { ranCommand, recentCommands, recentPatients } from '@/lib/recent'
import { RegisterNumber } from '@/lib/register-number'
import type { PaletteProps } from './palette-to-come'

/** What belongs to the thing on the screen comes before what can be done anywhere. */
const ORDER = [
  'visit',
  'patient',
  'invoice',
  'recalls',
  'waitlist',
  'schedule',
  'patients',
  'billing',
  'practice',
  'go',
  'app',
] as const
const RECENT = 3

export default function Palette({ begun, onClose }: PaletteProps) {
  const t = useTranslations('shell')
  const clinic = useSlug()
  const writing = useWriting()
  const navigate = useNavigate()
  const [q, setQ] = useState(begun.text)
  const { found, settled, away } = usePatientSearch(q)
  const typed = q.trim()
  const patients = typed ? found : recentPatients(clinic).slice(0, RECENT)
  const all = useAllCommands().filter(command => !command.unlisted)
  const order = ORDER.map(group => t(`groups.${group}`))
  const [recent] = useState(recentCommands)
  const commands = ranked(all, { typed, recent: typed ? recent : [], groups: order, fold })
  const before = typed ? [] : recent.flatMap(id => all.find(command => command.id === id) ?? []).slice(0, RECENT)
  const groups = [...new Set(commands.map(command => command.group))]
  // Nobody was typed: what can be done with the thing on the screen is likelier than whoever was looked at before.
  const first = (typed && patients[0]?.id) || (before[0] && `recent-${before[0].id}`) || commands[0]?.id || ''
  const [picked, pick] = useState({ among: first, value: first })
  const box = useRef<HTMLInputElement>(null)
  useActiveItem(box)
  const choose = (run: () => void) => () => {
    onClose()
    announce('')
    // After the dialog has given the focus back, or the command could not take it.
    setTimeout(run)
  }
  const run = (command: (typeof all)[number]) =>
    choose(() => {
      ranCommand(command.id)
      command.run()
    })
  const open = (patient: string) => choose(() => navigate({ to: '/c/$clinic/patients/$patient', params: { clinic, patient } }))
  const lines = new Map([
    ...before.map(command => [`recent-${command.id}`, run(command)] as const),
    ...patients.map(patient => [patient.id, open(patient.id)] as const),
    ...commands.map(command => [command.id, run(command)] as const),
  ])
  // What was picked among other answers is not picked among these.
  const at = picked.among === first && lines.has(picked.value) ? picked.value : first
  // What a page offers comes a moment after the page: Enter waits for that, too.
  const enter = useWhenSettled(typed, settled && lines.size > 0, () => lines.get(first)?.())
  // In the same moment in which the line that was typed into before is gone: no key may fall between the two.
  useLayoutEffect(() => {
    box.current?.focus()
    setQ(begun.text)
  }, [])
  useEffect(() => {
    if (begun.enter) enter.enter()
  }, [])
  const count = patients.length + commands.length
  const line = (command: (typeof all)[number], value: string, group?: string) => (
    <Command.Item key={value} value={value} onSelect={lines.get(value)}>
      {command.icon ?? <ChevronRight aria-hidden className="rtl:-scale-x-100" />}
      <span>{command.label}</span>
      {group && <span className="text-muted-foreground text-xs">{group}</span>}
      {command.keys && <Kbd keys={command.keys} className="ms-auto" />}
    </Command.Item>
  )
  return (
    <Command
      shouldFilter={false}
      label={t('palette')}
      value={at}
      onValueChange={value => pick({ among: first, value })}
      loop
      onKeyDown={event => {
        // A command can be taken with the line gone; who was not looked for cannot.
        if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
        event.preventDefault()
        // Not the line that the list has marked so far: marks follow an answer by a moment.
        const take = settled || away ? lines.get(at) : undefined
        if (take) take()
        else enter.enter()
      }}
      className="flex min-h-0 flex-col"
    >
      <div className="flex items-center gap-2.5 border-b px-4">
        <Search aria-hidden className="size-4 text-muted-foreground" />
        <Command.Input
          ref={box}
          value={q}
          onValueChange={text => {
            enter.forget()
            setQ(text)
          }}
          placeholder={t('search')}
          className="h-12 flex-1 bg-transparent text-lg outline-none placeholder:text-muted-foreground"
        />
      </div>
      <p role="status" className="sr-only">
        {typed && settled ? t('found', { count }) : ''}
      </p>
      <Command.List className="palette-list" label={t('palette')}>
        {away && <SearchAway />}
        <Command.Empty className="px-4 py-8 text-center text-muted-foreground text-sm">
          {!away && t('noResults', { q })}
        </Command.Empty>
        {before.length > 0 && (
          <Command.Group heading={t('groups.recent')}>
            {before.map(command => line(command, `recent-${command.id}`, command.group))}
          </Command.Group>
        )}
        {patients.length > 0 && (
          <Command.Group heading={typed ? t('groups.patients') : t('groups.recentPatients')}>
            {patients.map(patient => (
              <Command.Item key={patient.id} value={patient.id} onSelect={lines.get(patient.id)}>
                <UserRound aria-hidden />
                <span dir="auto" className="truncate">
                  {nameOf(patient)}
                </span>
                <bdi className="shrink-0 text-muted-foreground">{patient.birth_date && writing.day(patient.birth_date)}</bdi>
                <RegisterNumber of={patient} className="ms-auto shrink-0 text-muted-foreground" />
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {groups.map(group => (
          <Command.Group key={group} heading={group}>
            {commands.filter(command => command.group === group).map(command => line(command, command.id))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  )
}
