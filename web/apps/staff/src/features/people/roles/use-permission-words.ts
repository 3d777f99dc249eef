import type { Permission } from '@chairside/api'
import { useTranslations } from 'use-intl'

/** What a permission permits, in the reader's language; one that is not in our words yet, as the server says it. */
export function usePermissionWords() {
  const t = useTranslations('roles')
  return {
    say(name: string, sentence?: string) {
      const key = `permissions.${name.replace('.', '_')}` as 'permissions.clinic_read'
      return t.has(key) ? t(key) : (sentence ?? name)
    },
    group(name: string) {
      const key = `groups.${name}` as 'groups.clinic'
      return t.has(key) ? t(key) : name
    },
  }
}

/** By what belongs together, in the catalogue's order. */
export function grouped(permissions: readonly Permission[]): [group: string, those: Permission[]][] {
  const groups = new Map<string, Permission[]>()
  for (const one of permissions) groups.set(one.group, [...(groups.get(one.group) ?? []), one])
  return [...groups]
}
