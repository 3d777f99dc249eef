import type { Import } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Banner, Button, Kbd } from '@chairside/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { useOnce } from '@/lib/once'
import { Codes } from './codes'
import { Columns } from './columns'
import { Counts } from './counts'
import { FileDrop } from './file-drop'
import { doubts } from './model'
import { Present } from './present'
import { Problems } from './problems'
import { importQuery } from './queries'
import { Reading } from './reading'
import { Reconciliation } from './reconciliation'
import { useBring, useGoTo } from './use-bring'
import { useCorrect } from './use-correct'
import { useImportWords } from './use-import-words'
import { run } from './writes'

/** What will happen, before it happens. Each correction is tried on the whole file at once. */
export function Check({ one }: { one: Import }) {
  const t = useTranslations('imports')
  const group = useTranslations('shell.groups')('app')
  const clinic = useSlug()
  const client = useQueryClient()
  const words = useImportWords()
  const once = useOnce()
  const { correct, busy, trouble } = useCorrect(one)
  const [starting, setStarting] = useState(false)
  const [refused, setRefused] = useState<string>()
  const [other, setOther] = useState(false)
  const goTo = useGoTo(one)
  const bring = useBring(arrived => {
    setOther(false)
    goTo(arrived)
  }, one)
  const count = one.counts?.accepted ?? 0
  const ready = one.missing.length === 0 && count > 0 && !busy && !starting
  const nobody = one.missing.length === 0 && count === 0
  const open = doubts(one)

  async function start() {
    if (!ready) return
    setStarting(true)
    setRefused(undefined)
    try {
      client.setQueryData(importQuery(clinic, one.id).queryKey, await once(run(clinic, one)))
    } catch (error) {
      setRefused(words.refusal(error))
      void client.invalidateQueries({ queryKey: [clinic, 'imports', one.id] })
    } finally {
      setStarting(false)
    }
  }
  useCommands([{ id: 'run-import', group, label: t('run', { count }), keys: 'Mod+Enter', run: () => void start() }])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the key of the button below, from any field
    <div
      className="grid gap-4"
      onKeyDown={event => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        void start()
      }}
    >
      {(refused ?? trouble) && <Banner title={refused ?? trouble} />}
      {one.missing.length > 0 && (
        <Banner tone="warn" title={t('missing', { targets: one.missing.map(words.target).join(', ') })}>
          <p>{t('missingAbout')}</p>
        </Banner>
      )}
      {nobody && (
        <Banner tone="info" title={one.counts?.already_present ? t('nobodyNew') : t('nothingFits')}>
          {!one.counts?.already_present && <p>{t('nothingFitsAbout')}</p>}
        </Banner>
      )}
      {!nobody && open.codes && <Banner tone="warn" title={t('codesOpen')} />}
      {!nobody && (open.reading || open.columns) && <Banner tone="info" title={t('unsure')} />}
      <Counts one={one} />
      <div aria-busy={busy} className={busy ? 'grid gap-4 opacity-60 transition-opacity' : 'grid gap-4 transition-opacity'}>
        <Codes one={one} correct={correct} />
        <Reading one={one} correct={correct} />
        <Columns one={one} correct={correct} />
        <Problems one={one} />
        <Present one={one} />
        <Reconciliation one={one} />
      </div>
      {other && <FileDrop send={bring} />}
      <div className="sticky bottom-0 -mx-1 flex flex-wrap items-center justify-end gap-2 border-t bg-background px-1 py-3">
        <span role="status" className="me-auto text-muted-foreground text-sm">
          {busy ? t('readingAgain') : ''}
        </span>
        {!other && (
          <Button variant="outline" onClick={() => setOther(true)}>
            {t('anotherFile')}
          </Button>
        )}
        <Button onClick={start} disabled={!ready} className="h-9 px-4">
          {starting ? t('starting') : t('run', { count })} <Kbd keys="Mod+Enter" className="max-sm:hidden" />
        </Button>
      </div>
    </div>
  )
}
