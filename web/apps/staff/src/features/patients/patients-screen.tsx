import { useCommands } from '@chairside/commands'
import { Button, Empty, Input, Loading, Segmented, useWhenSettled } from '@chairside/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Cake, FileUp, UserPlus, Users, WifiOff } from 'lucide-react'
import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { useOnline } from '@/lib/screen'
import { PatientTable } from './patient-table'
import { patientsQuery } from './queries'

/** The register. The address holds what is searched for. */
export function PatientsScreen({ q, archived }: { q: string; archived: boolean }) {
  const t = useTranslations('patients')
  const group = useTranslations('shell.groups')('patients')
  const clinic = useSlug()
  const mayRegister = useMay('patients.register')
  const mayImport = useMay('imports.run')
  const nav = useTranslations('nav')
  const states = useTranslations('states')
  const navigate = useNavigate({ from: '/c/$clinic/patients/' })
  const patients = useInfiniteQuery(patientsQuery(clinic, q.trim(), archived))
  const online = useOnline()
  const listed = !!patients.data && !patients.isPlaceholderData
  const found = listed && patients.data.pages.some(page => page.items.length > 0)
  const box = useRef<HTMLInputElement>(null)
  const first = useWhenSettled(q.trim(), listed, () => {
    const one = patients.data?.pages[0]?.items[0]
    if (one) navigate({ to: '/c/$clinic/patients/$patient', params: { clinic, patient: one.id }, search: {} })
  })
  const set = (next: { q?: string; archived?: boolean }) => navigate({ search: old => ({ ...old, ...next }), replace: true })
  useCommands([{ id: 'find', group, label: t('find'), run: () => box.current?.focus() }])
  const none = q ? (
    <Empty title={t('none', { q })} about={t('findAbout')}>
      {mayRegister && (
        <Button asChild>
          <Link to="/c/$clinic/patients/new" params={{ clinic }} search={{ name: q }}>
            <UserPlus aria-hidden /> {t('registerTitle')}
          </Link>
        </Button>
      )}
    </Empty>
  ) : archived ? (
    <Empty icon={Users} title={t('noneArchived')} about={t('noneArchivedAbout')} />
  ) : (
    <Empty icon={Users} title={t('noneYet')} about={t('noneYetAbout')}>
      {mayImport && (
        <Button asChild variant="outline">
          <Link to="/c/$clinic/import" params={{ clinic }}>
            <FileUp aria-hidden /> {nav('import')}
          </Link>
        </Button>
      )}
      {mayRegister && (
        <Button asChild>
          <Link to="/c/$clinic/patients/new" params={{ clinic }} search={{}}>
            <UserPlus aria-hidden /> {t('registerTitle')}
          </Link>
        </Button>
      )}
    </Empty>
  )
  return (
    <div className="flex h-full min-h-0 flex-col">
      <title>{t('title')}</title>
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b px-4 py-2.5">
        <h1 className="me-auto font-semibold text-xl tracking-tight rtl:tracking-normal">{t('title')}</h1>
        <Segmented
          label={t('which')}
          value={archived ? 'archived' : 'active'}
          onChange={value => set({ archived: value === 'archived' || undefined })}
          choices={[
            { value: 'active', label: t('active') },
            { value: 'archived', label: t('archivedOnes') },
          ]}
        />
        <span className="relative max-sm:order-last max-sm:w-full">
          <Input
            ref={box}
            type="search"
            dir="auto"
            aria-label={t('find')}
            placeholder={t('findHow')}
            defaultValue={q}
            onChange={event => {
              first.forget()
              set({ q: event.target.value || undefined })
            }}
            onKeyDown={event => {
              const text = event.currentTarget.value.trim()
              if (event.key === 'Enter' && text) first.enter(text)
            }}
            className="h-control w-72 text-sm max-sm:w-full"
          />
          <Keys of="find" className="pointer-events-none absolute end-2 top-1.5 max-sm:hidden" />
        </span>
        <Button asChild variant="ghost">
          <Link to="/c/$clinic/coming-of-age" params={{ clinic }}>
            <Cake aria-hidden /> <span className="max-sm:sr-only">{t('comingOfAge')}</span>
          </Link>
        </Button>
        {mayRegister && (
          <Button asChild>
            <Link to="/c/$clinic/patients/new" params={{ clinic }} search={{}}>
              <UserPlus aria-hidden /> <span className="max-sm:sr-only">{t('save')}</span>
            </Link>
          </Button>
        )}
      </header>
      <section aria-label={t('title')} className="min-h-0 flex-1 overflow-auto">
        {q && !online && !found ? (
          <Empty icon={WifiOff} title={t('searchOffline')} about={t('searchOfflineAbout')} />
        ) : (
          <Answer to={patients}>
            {({ pages }) => {
              const items = pages.flatMap(page => page.items)
              // That nobody matched an earlier text says nothing of this one.
              if (items.length === 0) return patients.isPlaceholderData ? <Loading label={states('loading')} /> : none
              return (
                <>
                  <PatientTable patients={items} stale={patients.isPlaceholderData} />
                  {patients.hasNextPage && (
                    <div className="grid place-items-center p-4">
                      <Button variant="outline" disabled={patients.isFetchingNextPage} onClick={() => patients.fetchNextPage()}>
                        {t('showMore')}
                      </Button>
                    </div>
                  )}
                </>
              )
            }}
          </Answer>
        )}
      </section>
    </div>
  )
}
