import type { RecordRules } from '@chairside/api'
import { Banner, Card, Segmented } from '@chairside/ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useClinic, useMay, useSlug } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { changeRecordRules } from './writes'

/** Whether only its care team opens a patient's record, and whom that would meet. */
export function RecordsCard({ rules }: { rules: RecordRules }) {
  const t = useTranslations('access')
  const slug = useSlug()
  const { id } = useClinic()
  const mayWrite = useMay('security.write')
  const tell = useTell()
  const regret = useRegret()
  const [busy, setBusy] = useState(false)
  const { care_teams, restricted } = rules

  async function put(wanted: boolean) {
    if (busy || wanted === care_teams) return
    setBusy(true)
    try {
      const kept = await send(changeRecordRules(slug, id, rules.version, wanted))
      tell(t(wanted ? 'recordsKept' : 'recordsOpen'), () => send(changeRecordRules(slug, id, kept.version, !wanted)))
    } catch (error) {
      regret(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Card title={t('records')}>
      <div className="grid gap-4 p-4">
        <p className="max-w-prose text-sm">{t('recordsAbout')}</p>
        <fieldset disabled={!mayWrite || busy} className="contents">
          <Segmented
            label={t('records')}
            value={care_teams ? 'on' : 'off'}
            onChange={value => void put(value === 'on')}
            className="w-fit flex-wrap [&>button]:min-h-7"
            choices={[
              { value: 'off', label: t('recordsOff') },
              { value: 'on', label: t('recordsOn') },
            ]}
          />
        </fieldset>
        {restricted.length === 0 ? (
          <p className="text-muted-foreground text-sm">{t('recordsNobody')}</p>
        ) : (
          <Banner tone="info" title={t(care_teams ? 'recordsDo' : 'recordsWould', { count: restricted.length })}>
            <p>
              {restricted.map((one, at) => (
                <span key={one.id}>
                  {at > 0 && ' · '}
                  <bdi>{one.name}</bdi>
                </span>
              ))}
            </p>
          </Banner>
        )}
      </div>
    </Card>
  )
}
