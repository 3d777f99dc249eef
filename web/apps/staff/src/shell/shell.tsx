import { useCommands } from '@chairside/commands'
import { locales, offered } from '@chairside/i18n'
import { Button, Dialog, takeLatestOffer } from '@chairside/ui'
import { Outlet, useMatches, useNavigate, useRouter } from '@tanstack/react-router'
import { Keyboard, Languages, Lock, LockKeyhole, Menu as MenuIcon, Moon, Rows3, Search, Settings2, Sun } from 'lucide-react'
import { type ComponentType, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { FactorSoon, SessionWatch, ShutOut } from '@/features/identity'
import { fetchAhead } from '@/lib/ahead'
import { NotYours, useRegret } from '@/lib/answer'
import { useMay, useMayVisit, useSlug } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { lock } from '@/lib/lock'
import { neededFor } from '@/lib/needs'
import { prefer, useDark, usePreferences } from '@/lib/preferences'
import { LiveMark } from './live'
import { LookingBar } from './looking-bar'
import { AllPreferences, Options, Saved } from './options'
import { type Begun, type PaletteProps, PaletteToCome } from './palette-to-come'
import { isOffered, NAV, PRACTICE, Sidebar } from './sidebar'

type Over = ComponentType<{ onClose: () => void }>

export function Shell() {
  const t = useTranslations()
  const clinic = useSlug()
  const navigate = useNavigate()
  const { density, locale } = usePreferences()
  const dark = useDark()
  const [open, setOpen] = useState<'palette' | 'shortcuts' | 'sidebar'>()
  const params = { clinic }
  const regret = useRegret()
  const mayWrite = useMay('clinic.write')
  const mayVisit = useMayVisit()
  const path = useMatches({ select: matches => matches.at(-1)?.fullPath ?? '' })
  // Fetched after the first paint. Not React.lazy: a suspended part is shown no sooner than 300 ms after its fallback.
  const [Palette, setPalette] = useState<ComponentType<PaletteProps>>()
  const begun = useRef<Begun>({ text: '', enter: false })
  const openPalette = () => {
    begun.current = { text: '', enter: false }
    setOpen('palette')
  }
  const [ShortcutSheet, setSheet] = useState<Over>()
  useEffect(() => {
    void import('./palette').then(module => setPalette(() => module.default))
    void import('./shortcut-sheet').then(module => setSheet(() => module.ShortcutSheet))
  }, [])
  const router = useRouter()
  useEffect(() => fetchAhead(router), [router])
  const go = t('shell.groups.go')
  const app = t('shell.groups.app')
  const otherTheme = dark ? 'light' : 'dark'
  const otherDensity = density === 'compact' ? 'comfortable' : 'compact'
  useCommands([
    {
      id: 'palette',
      group: app,
      label: t('shell.search'),
      unlisted: true,
      run: openPalette,
    },
    { id: 'undo', group: app, label: t('shell.undo'), unlisted: true, run: takeLatestOffer },
    { id: 'lock', group: app, label: t('shell.lock'), icon: <Lock />, anywhere: true, run: () => void lock().catch(regret) },
    { id: 'shortcuts', group: app, label: t('shell.shortcuts'), icon: <Keyboard />, run: () => setOpen('shortcuts') },
    {
      id: 'preferences',
      group: app,
      label: t('shell.preferences'),
      icon: <Settings2 />,
      run: () => navigate({ to: '/c/$clinic/preferences', params }),
    },
    ...NAV.filter(({ to }) => mayVisit(to)).map(({ to, word, icon: Icon }) => ({
      id: word,
      group: go,
      label: t(`nav.${word}`),
      icon: <Icon />,
      run: () => navigate({ to, params, search: {} }),
    })),
    ...(mayVisit('/c/$clinic/billing/day-close')
      ? [
          {
            id: 'close-day',
            group: go,
            label: t('nav.closeDay'),
            icon: <LockKeyhole />,
            run: () => navigate({ to: '/c/$clinic/billing/day-close', params }),
          },
        ]
      : []),
    ...PRACTICE.filter(({ to, word }) => mayVisit(to) && isOffered(word, mayWrite)).map(({ to, word, icon: Icon }) => ({
      id: word,
      group: go,
      label: t(`nav.${word}`),
      icon: <Icon />,
      run: () => navigate({ to, params }),
    })),
    {
      id: 'theme',
      group: app,
      label: `${t('shell.theme')}: ${t(`shell.${otherTheme}`)}`,
      icon: dark ? <Sun /> : <Moon />,
      run: () => prefer({ theme: otherTheme }),
    },
    {
      id: 'density',
      group: app,
      label: `${t('shell.density')}: ${t(`shell.${otherDensity}`)}`,
      icon: <Rows3 />,
      run: () => prefer({ density: otherDensity }),
    },
    ...offered
      .filter(name => name !== locale)
      .map(name => ({
        id: `locale-${name}`,
        group: app,
        label: `${t('shell.language')}: ${locales[name].name}`,
        icon: <Languages />,
        run: () => prefer({ locale: name }),
      })),
  ])
  return (
    <div className="flex h-dvh flex-col">
      <LookingBar />
      <FactorSoon />
      <div className="grid min-h-0 flex-1 grid-cols-[auto_minmax(0,1fr)] grid-rows-[3rem_minmax(0,1fr)] max-md:grid-cols-1">
        <a
          href="#main"
          className="sr-only z-60 focus:not-sr-only focus:absolute focus:start-2 focus:top-2 focus:rounded focus:bg-background focus:p-2"
        >
          {t('shell.skip')}
        </a>
        <div className="row-span-2 w-56 border-e bg-surface max-md:hidden">
          <Sidebar />
        </div>
        <header className="flex items-center gap-2 border-b px-3">
          <Button
            variant="ghost"
            size="icon"
            className="md:hidden"
            aria-label={t('shell.menu')}
            onClick={() => setOpen('sidebar')}
          >
            <MenuIcon />
          </Button>
          <button
            type="button"
            onClick={openPalette}
            className="flex h-8 min-w-0 max-w-md flex-1 items-center gap-2 rounded-md bg-muted px-2.5 text-muted-foreground text-sm hover:bg-accent"
          >
            <Search aria-hidden className="size-4 shrink-0" />
            <span className="truncate">{t('shell.search')}</span>
            <Keys of="palette" className="ms-auto max-sm:hidden" />
          </button>
          <span className="ms-auto" />
          <LiveMark />
          <Saved />
          <Options>
            <AllPreferences />
          </Options>
        </header>
        <main id="main" tabIndex={-1} className="min-h-0 min-w-0 outline-none">
          {mayVisit(path) ? <Outlet /> : <NotYours needs={neededFor(path)?.[0]} />}
        </main>
        <Dialog open={open === 'sidebar'} onClose={() => setOpen(undefined)} at="start" title={t('shell.sidebar')} titleHidden>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: following a link closes the sheet */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link is a click */}
          <div className="h-full" onClick={() => setOpen(undefined)}>
            <Sidebar />
          </div>
        </Dialog>
        {open === 'shortcuts' && ShortcutSheet && <ShortcutSheet onClose={() => setOpen(undefined)} />}
        <SessionWatch />
        <ShutOut />
        {open === 'palette' && (
          <Dialog open onClose={() => setOpen(undefined)} title={t('shell.palette')} titleHidden className="max-w-xl">
            {Palette ? (
              <Palette begun={begun.current} onClose={() => setOpen(undefined)} />
            ) : (
              <PaletteToCome begun={begun.current} />
            )}
          </Dialog>
        )}
      </div>
    </div>
  )
}
