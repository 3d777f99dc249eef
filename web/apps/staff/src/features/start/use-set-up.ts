import { useQuery } from '@tanstack/react-query'
import { servicesQuery } from '@/features/catalog'
import { hoursQuery, resourcesQuery } from '@/features/scheduling'
import { useSlug } from '@/lib/clinic'

export const STEPS = ['provider', 'operatory', 'hours', 'service'] as const
export type Step = (typeof STEPS)[number]

/** What a clinic needs before anybody can be booked, and which of it is there. Undefined until it is known. */
export function useSetUp() {
  const clinic = useSlug()
  const resources = useQuery(resourcesQuery(clinic))
  const services = useQuery(servicesQuery(clinic))
  const hours = useQuery(hoursQuery(clinic))
  const failed = [resources, services, hours].find(query => query.error)
  if (!resources.data || !services.data || !hours.data) return { error: failed?.error ?? null, refetch: () => failed?.refetch() }
  const done: Record<Step, boolean> = {
    provider: resources.data.providers.some(one => one.active),
    operatory: resources.data.operatories.some(one => one.active),
    hours: !hours.data.is_default && Object.values(hours.data.weekly).some(blocks => blocks.length > 0),
    service: services.data.some(one => one.active),
  }
  return {
    error: null,
    refetch: () => undefined,
    data: {
      done,
      count: STEPS.filter(step => done[step]).length,
      complete: STEPS.every(step => done[step]),
      next: STEPS.find(step => !done[step]),
      providers: resources.data.providers,
      operatories: resources.data.operatories,
      services: services.data,
      hours: hours.data,
    },
  }
}
export type SetUp = NonNullable<ReturnType<typeof useSetUp>['data']>
