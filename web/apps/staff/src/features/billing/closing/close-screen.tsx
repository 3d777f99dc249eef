import type { Drawer } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Banner, Button } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ChevronLeft, Settings2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { Page } from '@/shell/page'
import { CloseSheet } from './close-sheet'
import { ClosesTable } from './closes-table'
import { CountForm } from './count-form'
import { DrawerDialog } from './drawer-dialog'
import { drawerQuery } from './queries'

export type CloseSearch = { date?: string; from?: string; close?: string }

/** The end of the day: count what there is, then print what goes to the bank. Earlier closes stand below. */
export function CloseScreen({ date, from, close }: CloseSearch) {
  const t = useTranslations('day.drawer')
  const nav = useTranslations('billing')
  const clinic = useSlug()
  const navigate = useNavigate({ from: '/c/$clinic/billing/day-close' })
  const set = (next: CloseSearch) => navigate({ search: { date, from, ...next }, replace: true })
  // A count that was refused stays as it was typed; the next begins anew.
  const [closed, setClosed] = useState(0)
  const drawer = useQuery({ ...drawerQuery(clinic, date, from), refetchOnMount: 'always' })
  return (
    <Page
      title={t('title')}
      about={drawer.data && <Since drawer={drawer.data} />}
      end={drawer.data && <SettingsButton drawer={drawer.data} />}
    >
      <Link
        to="/c/$clinic/billing"
        params={{ clinic }}
        className="-mt-3 mb-4 inline-flex w-fit items-center gap-1 text-muted-foreground text-sm hover:text-foreground"
      >
        <ChevronLeft aria-hidden className="size-4 rtl:-scale-x-100" />
        {nav('title')}
      </Link>
      <div className="grid gap-8">
        <Answer to={drawer}>
          {one => (
            <div className="grid gap-4">
              <Earlier drawer={one} onBegin={day => set({ from: day })} />
              <CountForm
                key={`${one.date} ${closed}`}
                drawer={one}
                begins={from}
                onLookAgain={() => void drawer.refetch()}
                onDone={made => {
                  setClosed(times => times + 1)
                  void set({ from: undefined, close: made.id })
                }}
              />
            </div>
          )}
        </Answer>
        <ClosesTable onOpen={id => set({ close: id })} />
      </div>
      {close && <CloseSheet id={close} onClose={() => set({ close: undefined })} />}
    </Page>
  )
}

function Since({ drawer }: { drawer: Drawer }) {
  const t = useTranslations('day.drawer')
  const writing = useWriting()
  return (
    <>
      <bdi className="font-medium text-foreground">{writing.day(drawer.date)}</bdi>
      {' · '}
      {drawer.follows ? t('since', { day: writing.day(drawer.follows.on) }) : t('first')}
    </>
  )
}

/** Before the first close only: what came in before it would be in none. */
function Earlier({ drawer, onBegin }: { drawer: Drawer; onBegin: (day: string) => void }) {
  const t = useTranslations('day.drawer')
  const writing = useWriting()
  const { earliest } = drawer
  if (!earliest) return null
  return (
    <Banner tone="info" title={t('firstAbout', { day: writing.day(earliest), date: writing.day(drawer.date) })}>
      <Button variant="outline" size="sm" className="w-fit" onClick={() => onBegin(earliest)}>
        {t('begin', { day: writing.day(earliest) })}
      </Button>
    </Banner>
  )
}

function SettingsButton({ drawer }: { drawer: Drawer }) {
  const t = useTranslations('day.drawer')
  const group = useTranslations('shell.groups')('app')
  const mayWrite = useMay('clinic.write')
  const [open, setOpen] = useState(false)
  useCommands(mayWrite ? [{ id: 'drawer-settings', group, label: t('settingsAbout'), run: () => setOpen(true) }] : [])
  if (!mayWrite) return null
  return (
    <>
      <Button variant="outline" onClick={() => setOpen(true)}>
        <Settings2 aria-hidden /> {t('settings')}
      </Button>
      {open && <DrawerDialog drawer={drawer} onClose={() => setOpen(false)} />}
    </>
  )
}
