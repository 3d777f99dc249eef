import { useAllCommands, useEveryKey } from '@chairside/commands'
import { useTranslations } from 'use-intl'
import { useClinic } from '@/lib/clinic'
import { KNOWN } from '@/lib/shortcuts'

export type KnownCommand = {
  id: string
  group: string
  label: string
  keys?: string
  fixed?: boolean
  when?: string
  now: boolean
}

/** Every command with keys that this person's role includes, by heading; those that can be given now under the name they have now. */
export function useKnownCommands(): KnownCommand[] {
  const t = useTranslations()
  const { permissions } = useClinic()
  const live = useAllCommands()
  const keys = useEveryKey()
  const known = Object.entries(KNOWN)
    .filter(([, { needs }]) => !needs?.length || needs.some(need => permissions.includes(need)))
    .map(([id, { group, words, where, fixed }]) => {
      const command = live.find(one => one.id === id)
      return {
        ...{ id, fixed, keys: keys(id), now: !!command || fixed === true || !where },
        group: t(`shell.groups.${group}`),
        label: command?.label ?? t(words as 'shell.search'),
        when: command || !where ? undefined : t(`shell.when.${where}`),
      }
    })
  // Given keys by its screen alone.
  const others = live
    .filter(command => command.keys && !(command.id in KNOWN))
    .map(({ id, group, label, keys }) => ({ id, group, label, keys, fixed: true, now: true }))
  return [...known, ...others]
}

/** By heading, in the order in which each comes up first. */
export const byGroup = <C extends { group: string }>(commands: C[]): [string, C[]][] => [
  ...Map.groupBy(commands, command => command.group),
]
