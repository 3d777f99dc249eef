import type { Import } from '@chairside/api'
import { announce } from '@chairside/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, NotYours } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { Page } from '@/shell/page'
import { Check } from './check'
import { Looking, Running } from './going'
import { ImportStatus } from './import-status'
import { stepOf } from './model'
import { importQuery } from './queries'
import { Result, UndoneResult } from './result'
import { Steps } from './steps'
import { Waiting } from './waiting'
import { IMPORT_TOUCHES } from './writes'

/** One file on its way into the register. The address names it, so leaving and coming back loses nothing. */
export function ImportScreen({ id }: { id: string }) {
  const t = useTranslations('imports')
  const clinic = useSlug()
  const mayRun = useMay('imports.run')
  const one = useQuery({ ...importQuery(clinic, id), enabled: mayRun })
  useNews(one.data)
  if (!mayRun) return <NotYours needs="imports.run" />
  return (
    <Answer to={one}>
      {found => (
        <Page
          title={t('title')}
          about={
            <span className="flex flex-wrap items-center gap-2">
              <bdi className="break-all font-medium text-foreground">{found.filename}</bdi>
              <ImportStatus status={found.status} />
            </span>
          }
        >
          <Steps at={stepOf(found.status)} />
          {sections[found.status](found)}
        </Page>
      )}
    </Answer>
  )
}

const sections: Record<Import['status'], (one: Import) => ReactNode> = {
  created: one => <Waiting one={one} />,
  failed: one => <Waiting one={one} />,
  uploaded: one => <Looking one={one} />,
  analysed: one => <Check one={one} />,
  running: one => <Running one={one} />,
  done: one => <Result one={one} />,
  undoing: one => <Running one={one} />,
  undone: one => <UndoneResult one={one} />,
}

const OVER = ['done', 'undone']

/** What changes while one waits is said; when it is done, everything it has changed is read again. */
function useNews(one: Import | undefined) {
  const t = useTranslations('imports.status')
  const clinic = useSlug()
  const client = useQueryClient()
  const before = useRef(one?.status)
  const status = one?.status
  useEffect(() => {
    const last = before.current
    before.current = status
    if (!last || !status || last === status) return
    announce(t(status))
    if (OVER.includes(status))
      for (const resource of IMPORT_TOUCHES) void client.invalidateQueries({ queryKey: [clinic, resource] })
  }, [status, clinic, client, t])
}
