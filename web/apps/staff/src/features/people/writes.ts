import { change, type Member } from '@chairside/api'

const touches = ['members']
type Seen = Pick<Member, 'id' | 'version'>

export const invite = (clinic: string, body: { email: string; roles: string[]; name?: string | null }) =>
  change('post', '/clinics/{clinic}/invitations', { params: { clinic }, touches, body })

export const inviteAgain = (clinic: string, invitation_id: string) =>
  change('post', '/clinics/{clinic}/invitations/{invitation_id}/repetition', { params: { clinic, invitation_id }, touches })

export const revoke = (clinic: string, { id, version }: Seen) =>
  change('delete', '/clinics/{clinic}/invitations/{invitation_id}', {
    params: { clinic, invitation_id: id },
    version,
    touches,
  })

export type MemberFacts = Partial<Pick<Member, 'roles' | 'employee_id' | 'job_title'>>
export const changeMember = (clinic: string, { id, version }: Seen, body: MemberFacts) =>
  change('patch', '/clinics/{clinic}/members/{member_id}', {
    params: { clinic, member_id: id },
    thing: id,
    version,
    touches,
    body,
  })

export const suspend = (clinic: string, { id, version }: Seen) =>
  change('post', '/clinics/{clinic}/members/{member_id}/suspension', {
    params: { clinic, member_id: id },
    thing: id,
    version,
    touches,
  })

export const restore = (clinic: string, { id, version }: Seen) =>
  change('delete', '/clinics/{clinic}/members/{member_id}/suspension', {
    params: { clinic, member_id: id },
    thing: id,
    version,
    touches,
  })

export const endSessions = (clinic: string, member_id: string) =>
  change('post', '/clinics/{clinic}/members/{member_id}/session-revocation', { params: { clinic, member_id }, touches })

export const accept = (body: { token: string; name?: string; password?: string; code?: string }) =>
  change('post', '/invitations/acceptance', { params: {}, touches: [], body })

/** The token is kept in this tab: whoever comes back without having joined finds the invitation again. */
const KEPT = 'chairside.invitation'
export const keptInvitation = () => sessionStorage.getItem(KEPT) ?? ''
export function goOutside(provider: string, token: string) {
  sessionStorage.setItem(KEPT, token)
  return change('post', '/invitations/outside/{provider}', { params: { provider }, body: { token }, touches: [] })
}

export const confirm = (token: string) => change('post', '/clinics/confirmation', { params: {}, touches: [], body: { token } })

export const rename = (name: string) => change('patch', '/person', { params: {}, touches: [], body: { name } })
