import type { Member } from '@chairside/api'
import { notify } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { send } from '@/lib/server'
import type { Invitation } from './queries'
import { useRolesOf } from './use-role-words'
import { changeRoles, endSessions, inviteAgain, restore, revoke, suspend } from './writes'

/** Each says what happened; what can be taken back is offered back. */
export function useActs() {
  const t = useTranslations('people')
  const shell = useTranslations('shell')
  const clinic = useSlug()
  const regret = useRegret()
  const rolesOf = useRolesOf()
  const undo = (run: () => void) => [{ label: shell('undo'), keys: 'Z', run }]

  const back = (member: Member) =>
    send(restore(clinic, member)).then(kept => notify({ tone: 'ok', title: t('restored', { name: kept.name }) }), regret)
  return {
    /** Throws, so that the form shows where it went wrong. */
    async giveRoles(member: Member, roles: string[]) {
      const kept = await send(changeRoles(clinic, member, roles))
      notify({
        tone: 'ok',
        title: t('rolesKept', { name: kept.name, roles: rolesOf(kept.roles) }),
        offers: undo(
          () =>
            void send(changeRoles(clinic, kept, member.roles)).then(() => notify({ tone: 'ok', title: t('asBefore') }), regret),
        ),
      })
      return kept
    },
    suspend: (member: Member) =>
      send(suspend(clinic, member)).then(
        kept => notify({ tone: 'ok', title: t('suspended', { name: kept.name }), offers: undo(() => void back(kept)) }),
        regret,
      ),
    restore: back,
    endSessions: (member: Member) =>
      send(endSessions(clinic, member.id)).then(
        () => notify({ tone: 'ok', title: t('sessionsEnded', { name: member.name }) }),
        regret,
      ),
    inviteAgain: ({ id, email }: Invitation) =>
      send(inviteAgain(clinic, id)).then(() => notify({ tone: 'ok', title: t('invited', { email }) }), regret),
    revoke: (one: Invitation) =>
      send(revoke(clinic, one)).then(() => notify({ tone: 'ok', title: t('revoked', { email: one.email }) }), regret),
  }
}
