import type { DrugWarnings } from '@chairside/api'
import { Banner } from '@chairside/ui'
import { useTranslations } from 'use-intl'

type Warning = DrugWarnings['warnings'][number]

/** What a warning says in words. */
export function useWarningWords() {
  const t = useTranslations('prescribing')
  const group = (name: string | null) =>
    name && t.has(`groups.${name}` as 'groups.nsaid') ? t(`groups.${name}` as 'groups.nsaid') : ''
  return (one: Warning, drug: string) =>
    t(`warnings.${one.kind}${one.group ? '_group' : ''}` as 'warnings.allergy', {
      drug,
      against: one.against || t('pregnancy'),
      group: group(one.group),
    })
}

/** What speaks against a drug, the severe first, and of what the history says nothing. */
export function Warnings({ found, drug }: { found: DrugWarnings; drug: string }) {
  const t = useTranslations('prescribing')
  const words = useWarningWords()
  if (found.controlled) return <Banner title={t('controlled', { drug })}>{t('controlledAbout')}</Banner>
  const severe = found.warnings.filter(one => one.severity === 'severe')
  const others = found.warnings.filter(one => one.severity !== 'severe')
  const unasked = (['allergies', 'medications'] as const).filter(name => found[name] === 'not_asked')
  return (
    <div className="grid gap-2" aria-live="polite">
      {severe.length > 0 && (
        <Banner title={t('severe', { count: severe.length })}>
          <List warnings={severe} say={one => words(one, drug)} />
        </Banner>
      )}
      {others.length > 0 && (
        <Banner tone="warn" title={t('moderate', { count: others.length })}>
          <List warnings={others} say={one => words(one, drug)} />
        </Banner>
      )}
      {unasked.map(name => (
        <p key={name} className="font-medium text-sm text-warn">
          {t(`unasked.${name}`)}
        </p>
      ))}
      <p className="text-muted-foreground text-xs">{t('ownList')}</p>
    </div>
  )
}

function List({ warnings, say }: { warnings: Warning[]; say: (one: Warning) => string }) {
  return (
    <ul className="list-disc ps-5 text-sm">
      {warnings.map(one => (
        <li key={`${one.kind} ${one.against} ${one.group}`}>
          <bdi>{say(one)}</bdi>
        </li>
      ))}
    </ul>
  )
}
