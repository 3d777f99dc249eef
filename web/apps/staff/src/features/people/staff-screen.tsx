import type { Member } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Button } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { ShieldCheck, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { membersQuery } from '@/features/tenancy'
import { Answer } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { useSession } from '@/lib/session'
import { Page, Row, Rows } from '@/shell/page'
import { InvitationRows } from './invitation-rows'
import { InviteDialog } from './invite-dialog'
import { MemberSheet } from './member-sheet'
import { useRolesOf } from './use-role-words'

/** Who works here, as what, and who is asked to. */
export function StaffScreen() {
  const t = useTranslations('people')
  const nav = useTranslations('nav')
  const group = useTranslations('shell.groups')('app')
  const clinic = useSlug()
  const mayWrite = useMay('members.write')
  const members = useQuery(membersQuery(clinic))
  const rolesOf = useRolesOf()
  const me = useSession().principal.id
  const { today, dayOf, dateOf, time } = useWriting()
  const [open, setOpen] = useState<Member | 'invite'>()
  const close = () => setOpen(undefined)
  useCommands(mayWrite ? [{ id: 'invite', group, label: nav('invite'), icon: <UserPlus />, run: () => setOpen('invite') }] : [])
  const seen = (at: string | null) =>
    at === null ? t('never') : dateOf(at) === today.toString() ? t('todayAt', { time: time(at) }) : dayOf(at)
  return (
    <Page
      title={t('staff')}
      about={t('staffAbout')}
      end={
        mayWrite && (
          <Button onClick={() => setOpen('invite')}>
            <UserPlus aria-hidden /> {nav('invite')} <Keys of="invite" className="max-sm:hidden" />
          </Button>
        )
      }
    >
      <div className="grid gap-8">
        <Answer to={members}>
          {members => (
            <Rows
              caption={t('staff')}
              heads={[
                { label: t('who') },
                { label: t('rolesField') },
                { label: t('email'), className: 'max-md:hidden' },
                { label: t('secondFactor'), className: 'max-lg:hidden' },
                { label: t('lastSeen'), className: 'max-sm:hidden' },
              ]}
            >
              {members.map(one => (
                <Row
                  key={one.id}
                  name={one.id === me ? t('you', { name: one.name }) : one.name}
                  inactive={one.status === 'suspended' && t('isSuspended')}
                  onOpen={mayWrite ? () => setOpen(one) : undefined}
                >
                  <td>
                    {rolesOf(one.roles)}
                    {one.job_title && <bdi className="block text-muted-foreground text-xs">{one.job_title}</bdi>}
                  </td>
                  <td className="text-muted-foreground max-md:hidden">
                    <bdi dir="ltr">{one.email}</bdi>
                  </td>
                  <td className="max-lg:hidden">
                    {one.second_factor ? (
                      <span className="inline-flex items-center gap-1.5">
                        <ShieldCheck aria-hidden className="size-4 text-ok" /> {t('hasFactor')}
                      </span>
                    ) : (
                      <span className="text-muted-foreground">{t('noFactor')}</span>
                    )}
                  </td>
                  <td className="text-muted-foreground max-sm:hidden">{seen(one.last_used_at)}</td>
                </Row>
              ))}
            </Rows>
          )}
        </Answer>
        <InvitationRows />
      </div>
      {open === 'invite' && <InviteDialog onClose={close} />}
      {open && open !== 'invite' && <MemberSheet member={open} onClose={close} />}
    </Page>
  )
}
