import { change, type Role } from '@chairside/api'

const touches = ['members']
type Seen = Pick<Role, 'slug' | 'version'>
type Wanted = { name: string; description: string | null; permissions: string[] }

export const addRole = (clinic: string, body: Wanted & { copied_from?: string | null }) =>
  change('post', '/clinics/{clinic}/roles', { params: { clinic }, touches, body })

export const changeRole = (clinic: string, { slug, version }: Seen, body: Wanted) =>
  change('patch', '/clinics/{clinic}/roles/{role}', { params: { clinic, role: slug }, thing: slug, version, touches, body })

/** Whoever has it gets the `replacement`. */
export const removeRole = (clinic: string, { slug, version }: Seen, replacement?: string) =>
  change('delete', '/clinics/{clinic}/roles/{role}', {
    params: { clinic, role: slug },
    query: replacement ? { replacement } : undefined,
    thing: slug,
    version,
    touches,
  })

export const recordLooking = (clinic: string, role: string) =>
  change('post', '/clinics/{clinic}/roles/{role}/looks', { params: { clinic, role }, touches: [] })
