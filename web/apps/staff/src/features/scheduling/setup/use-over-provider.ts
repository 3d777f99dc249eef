import type { Operatory, Weekly, WholeProvider } from '@chairside/api'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { useMetWords } from '@/lib/form'
import { useOver } from '@/lib/over'
import { send } from '@/lib/server'
import { hoursQuery, providerQuery } from './queries'
import { useWeekWords } from './use-week-words'
import { changeProvider, setProviderHours } from './writes'

/** `is_default`: nobody has set hours for this provider, who follows the clinic. */
export type Week = { weekly: Weekly; is_default: boolean; version: number }

type Facts = Pick<WholeProvider, 'name' | 'title' | 'npi' | 'dea' | 'timezone' | 'operatory_id' | 'member_id' | 'assists'>
type Hours = { weekly: Weekly | null }

/** A provider and their week, saved over what somebody else may have made of them meanwhile. */
export function useOverProvider(provider: WholeProvider | undefined, week: Week, operatories: Operatory[]) {
  const t = useTranslations('setup')
  const clinic = useSlug()
  const client = useQueryClient()
  const met = useMetWords()
  const said = useWeekWords()
  const id = provider?.id ?? ''
  const over = useOver<WholeProvider, Facts>({
    opened: provider as WholeProvider,
    factsOf: ({ name, title, npi, dea, timezone, operatory_id, member_id, assists }) => ({
      name,
      title,
      npi,
      dea,
      timezone,
      operatory_id,
      member_id,
      assists,
    }),
    read: () => client.fetchQuery(providerQuery(clinic, id)),
    write: (facts, version) => send(changeProvider(clinic, { id, version }, facts)),
  })
  const overWeek = useOver<Week, Hours>({
    opened: week,
    factsOf: ({ weekly, is_default }) => ({ weekly: is_default ? null : weekly }),
    read: async () => (await client.fetchQuery({ ...hoursQuery(clinic, id), staleTime: 0 })) as Week,
    write: ({ weekly = null }, version) => send(setProviderHours(clinic, id, weekly, version)),
  })

  type Theirs = { theirs?: Partial<Facts & Hours> }
  /** What somebody else made of the same, to be said; undefined when nothing met. */
  function metOf(...saved: Theirs[]) {
    const { name, title, npi, dea, timezone, operatory_id, assists, weekly } = Object.assign(
      {},
      ...saved.map(one => one.theirs),
    ) as Partial<Facts & Hours>
    const room = operatories.find(one => one.id === operatory_id)?.name ?? t('none')
    const all: [string, string | null | undefined | false][] = [
      [t('providerName'), name ?? false],
      [t('title'), title === undefined ? false : title],
      [t('npi'), npi === undefined ? false : npi],
      [t('dea'), dea === undefined ? false : dea],
      [t('zone'), timezone === undefined ? false : (timezone ?? t('zoneOfClinic'))],
      [t('usualOperatory'), operatory_id === undefined ? false : room],
      [t('assists'), assists === undefined ? false : t(assists ? 'feedsDo' : 'feedsDoNot')],
      [t('hours'), weekly === undefined ? false : weekly ? said(weekly) : t('followsClinic')],
    ]
    const theirs = all.filter((one): one is [string, string | null] => one[1] !== false)
    return theirs.length ? met(theirs) : undefined
  }
  return { over, overWeek, metOf }
}
