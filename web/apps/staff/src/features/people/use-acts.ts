import type { Member } from '@chairside/api'
import { notify } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import type { Invitation } from './queries'
import { useRolesOf } from './use-role-words'
import { changeMember, endSessions, invite, inviteAgain, type MemberFacts, restore, revoke, suspend } from './writes'

/** Each says what happened; what can be taken back is offered back. */
export function useActs() {
  const t = useTranslations('people')
  const clinic = useSlug()
  const regret = useRegret()
  const tell = useTell()
  const rolesOf = useRolesOf()
  return {
    /** Throws, so that the form shows where it went wrong. */
    async change(member: Member, facts: MemberFacts) {
      const kept = await send(changeMember(clinic, member, facts))
      const { roles, employee_id, job_title } = member
      const title = facts.roles
        ? t('rolesKept', { name: kept.name, roles: rolesOf(kept.roles) })
        : t('recordKept', { name: kept.name })
      tell(title, () => send(changeMember(clinic, kept, { roles, employee_id, job_title })))
      return kept
    },
    suspend: (member: Member) =>
      send(suspend(clinic, member)).then(
        kept => tell(t('suspended', { name: kept.name }), () => send(restore(clinic, kept))),
        regret,
      ),
    restore: (member: Member) =>
      send(restore(clinic, member)).then(
        kept => tell(t('restored', { name: kept.name }), () => send(suspend(clinic, kept))),
        regret,
      ),
    endSessions: (member: Member) =>
      send(endSessions(clinic, member.id)).then(
        () => notify({ tone: 'ok', title: t('sessionsEnded', { name: member.name }) }),
        regret,
      ),
    inviteAgain: ({ id, email }: Invitation) =>
      send(inviteAgain(clinic, id)).then(() => notify({ tone: 'ok', title: t('invited', { email }) }), regret),
    /** The link is dead for good; undone, another one is sent. */
    revoke: (one: Invitation) =>
      send(revoke(clinic, one)).then(
        () =>
          tell(t('revoked', { email: one.email }), () =>
            send(invite(clinic, { email: one.email, name: one.name, roles: one.roles })),
          ),
        regret,
      ),
  }
}
