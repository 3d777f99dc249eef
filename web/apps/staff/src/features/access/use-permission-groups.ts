import { useQuery } from '@tanstack/react-query'
import { grouped, permissionsQuery } from '@/features/people'
import { useSlug } from '@/lib/clinic'

/** A program treats nobody: there are no visits of its own. */
const OF_PEOPLE = ['scheduling.book_own']

/** By what belongs together; only what is `wanted`, if that is given. */
export function usePermissionGroups(wanted?: readonly string[]) {
  const all = useQuery(permissionsQuery(useSlug())).data ?? []
  return grouped(all.filter(one => (wanted ? wanted.includes(one.name) : !OF_PEOPLE.includes(one.name))))
}
