import { Dialog, Field } from '@chairside/ui'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { Difference } from './difference'
import { versionQuery, versionsQuery } from './queries'

/** Every text that was kept, the latest first, and how any two differ. */
export function VersionsSheet({ patient, note, onClose }: { patient: string; note: string; onClose: () => void }) {
  const t = useTranslations('notes')
  const states = useTranslations('states')
  const clinic = useSlug()
  const writing = useWriting()
  const versions = useQuery(versionsQuery(clinic, patient, note))
  const [chosen, choose] = useState<number>()
  const [since, setSince] = useState<number>()
  return (
    <Dialog open onClose={onClose} at="end" title={t('versions')} about={t('versionsAbout')} close={states('close')}>
      <div className="grid min-h-0 flex-1 content-start gap-1 overflow-y-auto px-5 pt-4 pb-6">
        <Answer to={versions} compact>
          {all => {
            if (all.length === 0) return <p className="text-muted-foreground text-sm">{t('noVersions')}</p>
            return all.map(version => {
              const open = (chosen ?? all[0]?.number) === version.number
              const before = since ?? version.number - 1
              return (
                <section key={version.number} className="border-b pb-1 last:border-b-0">
                  <button
                    type="button"
                    aria-expanded={open}
                    onClick={() => {
                      choose(open ? 0 : version.number)
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
                  {open && (
                    <div className="grid gap-3 px-2 py-2">
                      {all.length > 1 && (
                        <Field
                          label={t('since')}
                          value={String(before)}
                          onChange={event => setSince(Number(event.currentTarget.value))}
                          choices={[
                            ['0', t('nothing')] as [string, string],
                            ...all
                              .filter(one => one.number !== version.number)
                              .map((one): [string, string] => [String(one.number), t('version', { number: one.number })]),
                          ]}
                        />
                      )}
                      <Between patient={patient} note={note} since={before} number={version.number} />
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

type BetweenProps = { patient: string; note: string; since: number; number: number }

function Between({ patient, note, since, number }: BetweenProps) {
  const clinic = useSlug()
  const [after, before] = useQueries({
    queries: [versionQuery(clinic, patient, note, number), { ...versionQuery(clinic, patient, note, since), enabled: since > 0 }],
  })
  const asked = since > 0 && !before.data ? before : after
  return (
    <Answer to={asked} compact>
      {() => <Difference before={before.data?.body ?? ''} after={after.data?.body ?? ''} />}
    </Answer>
  )
}
