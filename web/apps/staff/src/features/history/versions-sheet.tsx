import { Dialog, Field } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { Difference } from './difference'
import { versionsQuery } from './queries'

/** Every version of the whole, the latest first: choosing one shows what it changed, or how it differs from any other. */
export function VersionsSheet({ patient, onClose }: { patient: string; onClose: () => void }) {
  const t = useTranslations('history')
  const states = useTranslations('states')
  const writing = useWriting()
  const versions = useQuery(versionsQuery(useSlug(), patient))
  const [chosen, choose] = useState<number>()
  const [since, setSince] = useState<number>()
  return (
    <Dialog open onClose={onClose} at="end" title={t('versions')} about={t('versionsAbout')} close={states('close')}>
      <div className="grid min-h-0 flex-1 content-start gap-1 overflow-y-auto px-5 pt-4 pb-6">
        <Answer to={versions} compact>
          {all => {
            if (all.length === 0) return <p className="text-muted-foreground text-sm">{t('noVersions')}</p>
            return all.map(version => {
              const open = chosen === version.number
              const before = since ?? version.number - 1
              return (
                <section key={version.number} className="border-b pb-1 last:border-b-0">
                  <button
                    type="button"
                    aria-expanded={open}
                    onClick={() => {
                      choose(open ? undefined : version.number)
                      setSince(undefined)
                    }}
                    className="grid w-full gap-0.5 rounded-md px-2 py-1.5 text-start text-sm hover:bg-accent"
                  >
                    <span className="font-medium">
                      {t('version', { number: version.number })}: {t(`whys.${version.why}`)}
                    </span>
                    <span className="text-muted-foreground text-xs">
                      {t('by', {
                        day: `${writing.dayOf(version.created_at)} ${writing.time(version.created_at)}`,
                        name: version.created_by ?? '–',
                      })}
                    </span>
                  </button>
                  {open && all.length > 1 && (
                    <div className="grid gap-3 px-2 py-2">
                      <Field
                        label={t('since')}
                        value={String(before)}
                        onChange={event => setSince(Number(event.currentTarget.value))}
                        choices={all
                          .filter(one => one.number !== version.number)
                          .map((one): [string, string] => [
                            String(one.number),
                            `${t('version', { number: one.number })}, ${writing.dayOf(one.created_at)}`,
                          ])}
                      />
                      {before > 0 && <Difference patient={patient} since={before} number={version.number} />}
                    </div>
                  )}
                </section>
              )
            })
          }}
        </Answer>
      </div>
    </Dialog>
  )
}
