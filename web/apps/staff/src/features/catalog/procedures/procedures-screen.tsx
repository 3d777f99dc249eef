import type { Procedure } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Button, Empty, Field, Input, Segmented } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { FileUp, ListPlus, Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, useRegret } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { Page, Row, Rows } from '@/shell/page'
import { matching } from './model'
import { ProcedureSheet } from './procedure-sheet'
import { beginList, proceduresQuery } from './queries'

const ImportDialog = lazy(() => import('./import-dialog').then(one => ({ default: one.ImportDialog })))

/** The clinic's own list of what is done to teeth. */
export function ProceduresScreen() {
  const t = useTranslations('procedures')
  const group = useTranslations('shell.groups')('practice')
  const clinic = useSlug()
  const mayWrite = useMay('clinic.write')
  const [archived, setArchived] = useState(false)
  const [q, setQ] = useState('')
  const [category, setCategory] = useState('')
  const [open, setOpen] = useState<Procedure | 'new' | 'import'>()
  const procedures = useQuery(proceduresQuery(clinic, archived))
  const tell = useTell()
  const regret = useRegret()
  const shut = () => setOpen(undefined)
  useCommands(mayWrite ? [{ id: 'add-procedure', group, label: t('add'), run: () => setOpen('new') }] : [])
  const begin = () => send(beginList(clinic)).then(({ added }) => tell(t('didBegin', { count: added })), regret)
  const bring = mayWrite && (
    <Button variant="outline" onClick={() => setOpen('import')}>
      <FileUp aria-hidden /> {t('bring')}
    </Button>
  )
  const add = mayWrite && (
    <Button onClick={() => setOpen('new')}>
      <Plus aria-hidden /> {t('add')} <Keys of="add-procedure" className="max-sm:hidden" />
    </Button>
  )
  const end = (
    <span className="flex flex-wrap gap-2">
      {bring}
      {add}
    </span>
  )
  return (
    <Page title={t('title')} about={t('about')} end={end}>
      <Answer to={procedures}>
        {all => {
          if (all.length === 0 && !archived)
            return (
              <Empty icon={ListPlus} title={t('none')} about={t('noneAbout')}>
                {mayWrite && <Button onClick={() => void begin()}>{t('begin')}</Button>}
              </Empty>
            )
          const categories = [...new Set(all.map(one => one.category))].filter(Boolean).sort()
          const shown = matching(all, q, category)
          return (
            <>
              <div className="mb-3 flex flex-wrap items-center gap-2">
                <Input
                  type="search"
                  aria-label={t('find')}
                  placeholder={t('find')}
                  value={q}
                  onChange={event => setQ(event.currentTarget.value)}
                  className="w-64 max-sm:w-full"
                />
                <Field
                  label={t('category')}
                  labelHidden
                  value={category}
                  onChange={event => setCategory(event.currentTarget.value)}
                  choices={[['', t('every')], ...categories.map((one): [string, string] => [one, one])]}
                  className="w-52 max-sm:w-full"
                />
                <Segmented
                  label={t('which')}
                  className="ms-auto"
                  value={archived ? 'archived' : 'used'}
                  onChange={next => setArchived(next === 'archived')}
                  choices={[
                    { value: 'used', label: t('inUse') },
                    { value: 'archived', label: t('archivedOnes') },
                  ]}
                />
              </div>
              {shown.length === 0 ? (
                <p className="py-6 text-center text-muted-foreground text-sm">{t('nothing')}</p>
              ) : (
                <List procedures={shown} onOpen={mayWrite ? setOpen : undefined} />
              )}
            </>
          )
        }}
      </Answer>
      {open === 'import' && (
        <Suspense>
          <ImportDialog onClose={shut} />
        </Suspense>
      )}
      {open && open !== 'import' && <ProcedureSheet procedure={open === 'new' ? undefined : open} onClose={shut} />}
    </Page>
  )
}

function List({ procedures, onOpen }: { procedures: Procedure[]; onOpen?: (procedure: Procedure) => void }) {
  const t = useTranslations('procedures')
  const writing = useWriting()
  const today = writing.today.toString()
  return (
    <Rows
      caption={t('title')}
      heads={[
        { label: t('name') },
        { label: t('code') },
        { label: t('category'), className: 'max-md:hidden' },
        { label: t('area'), className: 'max-md:hidden' },
        { label: t('length'), className: 'text-end! max-sm:hidden' },
        { label: t('price'), className: 'text-end!' },
      ]}
    >
      {procedures.map(one => (
        <Row
          key={one.id}
          name={one.name}
          inactive={one.effective_on > today && t('later', { day: writing.day(one.effective_on) })}
          onOpen={onOpen && (() => onOpen(one))}
        >
          <td className="whitespace-nowrap text-muted-foreground">
            <bdi dir="ltr">{one.code}</bdi>
          </td>
          <td className="text-muted-foreground max-md:hidden">
            <bdi>{one.category}</bdi>
          </td>
          <td className="text-muted-foreground max-md:hidden">
            {one.area === 'surfaces'
              ? t('surfaces', { least: one.min_surfaces ?? 1, most: one.max_surfaces ?? 5 })
              : t(`areas.${one.area}`)}
          </td>
          <td className="text-end max-sm:hidden">{one.duration_minutes}</td>
          <td className="whitespace-nowrap text-end">
            <bdi>{writing.money(one.price)}</bdi>
            {one.next_on && (
              <span className="block text-muted-foreground text-xs">{t('next', { day: writing.day(one.next_on) })}</span>
            )}
          </td>
        </Row>
      ))}
    </Rows>
  )
}
