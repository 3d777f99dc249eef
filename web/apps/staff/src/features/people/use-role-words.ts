import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { rolesQuery } from './queries'

/** The product's roles in the reader's language, a clinic's own by the name that it gave them. */
export function useRoleWords() {
  const t = useTranslations('people.roles')
  return (slug: string, name?: string) => (t.has(slug as 'owner') ? t(slug as 'owner') : (name ?? slug))
}

export function useRolesOf() {
  const roles = useQuery(rolesQuery(useSlug())).data ?? []
  const say = useRoleWords()
  return (slugs: readonly string[]) => slugs.map(slug => say(slug, roles.find(role => role.slug === slug)?.name)).join(', ')
}
