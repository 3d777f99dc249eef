import type { Operatory, Provider, Weekly } from '@chairside/api'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { useMetWords } from '@/lib/form'
import { useOver } from '@/lib/over'
import { send } from '@/lib/server'
import { resourcesQuery } from '../queries'
import { hoursQuery } from './queries'
import { useWeekWords } from './use-week-words'
import { changeProvider, setProviderHours } from './writes'

/** `is_default`: nobody has set hours for this provider, who follows the clinic. */
export type Week = { weekly: Weekly; is_default: boolean; version: number }

type Facts = Pick<Provider, 'name' | 'title' | 'npi' | 'operatory_id' | 'member_id'>
type Hours = { weekly: Weekly | null }

/** A provider and their week, saved over what somebody else may have made of them meanwhile. */
export function useOverProvider(provider: Provider | undefined, week: Week, operatories: Operatory[]) {
  const t = useTranslations('setup')
  const clinic = useSlug()
  const client = useQueryClient()
  const met = useMetWords()
  const said = useWeekWords()
  const id = provider?.id ?? ''
  const over = useOver<Provider, Facts>({
    opened: provider as Provider,
    factsOf: ({ name, title, npi, operatory_id, member_id }) => ({ name, title, npi, operatory_id, member_id }),
    async read() {
      const { providers } = await client.fetchQuery({ ...resourcesQuery(clinic), staleTime: 0 })
      return providers.find(one => one.id === id) as Provider
    },
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
    const { name, title, npi, operatory_id, weekly } = Object.assign({}, ...saved.map(one => one.theirs)) as Partial<
      Facts & Hours
    >
    const room = operatories.find(one => one.id === operatory_id)?.name ?? t('none')
    const all: [string, string | null | undefined | false][] = [
      [t('providerName'), name ?? false],
      [t('title'), title === undefined ? false : title],
      [t('npi'), npi === undefined ? false : npi],
      [t('usualOperatory'), operatory_id === undefined ? false : room],
      [t('hours'), weekly === undefined ? false : weekly ? said(weekly) : t('followsClinic')],
    ]
    const theirs = all.filter((one): one is [string, string | null] => one[1] !== false)
    return theirs.length ? met(theirs) : undefined
  }
  return { over, overWeek, metOf }
}
