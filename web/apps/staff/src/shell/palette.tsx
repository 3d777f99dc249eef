import { useAllCommands } from '@chairside/commands'
import { announce, Dialog, fold, Kbd, useWhenSettled } from '@chairside/ui'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { ChevronRight, Search, UserRound } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { nameOf, SearchAway, usePatientSearch } from '@/features/patients'
import { useSlug, useWriting } from '@/lib/clinic'

export default function Palette({ onClose }: { onClose: () => void }) {
  const t = useTranslations('shell')
  const clinic = useSlug()
  const writing = useWriting()
  const navigate = useNavigate()
  const [q, setQ] = useState('')
  const { found: patients, settled, away } = usePatientSearch(q)
  const commands = useAllCommands().filter(command => !command.unlisted && fold(command.label).includes(fold(q.trim())))
  const groups = [...new Set(commands.map(command => command.group))].sort((a, b) => rank(a) - rank(b))
  function rank(group: string) {
    return [t('groups.visit'), t('groups.patient'), t('groups.schedule'), t('groups.go')].indexOf(group) >>> 0
  }
  const first = patients[0]?.id ?? commands.find(command => command.group === groups[0])?.id ?? ''
  const [picked, pick] = useState(first)
  useEffect(() => pick(first), [first])
  const choose = (run: () => void) => () => {
    onClose()
    announce('')
    // After the dialog has given the focus back, or the command could not take it.
    setTimeout(run)
  }
  const open = (patient: string) => choose(() => navigate({ to: '/c/$clinic/patients/$patient', params: { clinic, patient } }))
  const enter = useWhenSettled(q.trim(), settled, () => {
    const [patient] = patients
    if (patient) open(patient.id)()
    else {
      const command = commands.find(one => one.id === first)
      if (command) choose(command.run)()
    }
  })
  return (
    <Dialog open onClose={onClose} title={t('palette')} titleHidden className="max-w-xl">
      <Command
        shouldFilter={false}
        label={t('palette')}
        value={picked}
        onValueChange={pick}
        loop
        onKeyDown={event => {
          // A command can be taken with the line gone; who was not looked for cannot.
          if (event.key !== 'Enter' || settled || away) return
          event.preventDefault()
          enter.enter()
        }}
        className="flex min-h-0 flex-col"
      >
        <div className="flex items-center gap-2.5 border-b px-4">
          <Search aria-hidden className="size-4 text-muted-foreground" />
          <Command.Input
            value={q}
            onValueChange={text => {
              enter.forget()
              setQ(text)
            }}
            placeholder={t('search')}
            className="h-12 flex-1 bg-transparent text-lg outline-none placeholder:text-muted-foreground"
          />
        </div>
        <Command.List className="palette-list" label={t('palette')}>
          {away && <SearchAway />}
          <Command.Empty className="px-4 py-8 text-center text-muted-foreground text-sm">
            {!away && t('noResults', { q })}
          </Command.Empty>
          {patients.length > 0 && (
            <Command.Group heading={t('groups.patients')}>
              {patients.map(patient => (
                <Command.Item key={patient.id} value={patient.id} onSelect={open(patient.id)}>
                  <UserRound aria-hidden />
                  <span>{nameOf(patient)}</span>
                  <span className="text-muted-foreground">{patient.birth_date && writing.day(patient.birth_date)}</span>
                  <bdi className="ms-auto text-muted-foreground">#{patient.register_number}</bdi>
                </Command.Item>
              ))}
            </Command.Group>
          )}
          {groups.map(group => (
            <Command.Group key={group} heading={group}>
              {commands
                .filter(command => command.group === group)
                .map(command => (
                  <Command.Item key={command.id} value={command.id} onSelect={choose(command.run)}>
                    {command.icon ?? <ChevronRight aria-hidden className="rtl:-scale-x-100" />}
                    {command.label}
                    {command.keys && <Kbd keys={command.keys} className="ms-auto" />}
                  </Command.Item>
                ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  )
}
