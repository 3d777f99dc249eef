import { Badge, Button } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { RotateCw, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { isTrouble, LetterWords } from '@/lib/letter-words'
import { Row, Rows } from '@/shell/page'
import { type Invitation, invitationsQuery } from './queries'
import { useActs } from './use-acts'
import { useRolesOf } from './use-role-words'

/** Who was asked and has not come yet, and whether the letter went. Without any there is nothing to show. */
export function InvitationRows() {
  const t = useTranslations('people')
  const mayWrite = useMay('members.write')
  const invitations = useQuery(invitationsQuery(useSlug()))
  const rolesOf = useRolesOf()
  const acts = useActs()
  return (
    <Answer to={invitations} compact>
      {invitations =>
        invitations.length > 0 && (
          <section className="grid gap-2">
            <h2 className="font-semibold">{t('invitations')}</h2>
            <Rows
              caption={t('invitations')}
              heads={[
                { label: t('who') },
                { label: t('rolesField'), className: 'max-sm:hidden' },
                { label: t('state') },
                { label: t('acts'), className: 'max-sm:hidden' },
              ]}
            >
              {invitations.map(one => (
                <Row key={one.id} name={one.name ? `${one.name} · ${one.email}` : one.email}>
                  <td className="max-sm:hidden">{rolesOf(one.roles)}</td>
                  <td>
                    <State one={one} />
                  </td>
                  <td className="max-sm:pt-0">
                    {mayWrite && one.state !== 'revoked' && (
                      <span className="flex justify-end gap-1">
                        <Button size="sm" variant="outline" onClick={() => acts.inviteAgain(one)}>
                          <RotateCw aria-hidden /> {t('again')}
                        </Button>
                        <Button size="sm" variant="ghost" onClick={() => acts.revoke(one)}>
                          <X aria-hidden /> {t('revoke')}
                        </Button>
                      </span>
                    )}
                  </td>
                </Row>
              ))}
            </Rows>
          </section>
        )
      }
    </Answer>
  )
}

function State({ one }: { one: Invitation }) {
  const t = useTranslations('people')
  const { dayOf, time } = useWriting()
  if (one.state !== 'open')
    return <Badge tone={one.state === 'expired' ? 'warn' : 'neutral'}>{t(`states.${one.state as 'expired'}`)}</Badge>
  const trouble = one.letter && isTrouble(one.letter.status)
  return (
    <span className="grid gap-0.5 py-1.5">
      <span>{t('goodUntil', { when: `${dayOf(one.expires_at)} ${time(one.expires_at)}` })}</span>
      {one.letter && (
        <span className={trouble ? 'text-destructive text-xs' : 'text-muted-foreground text-xs'}>
          <LetterWords {...one.letter} />
        </span>
      )}
    </span>
  )
}
