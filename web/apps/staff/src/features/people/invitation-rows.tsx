import { Badge, Button } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Link2, RotateCw, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { deploymentQuery, sendsLetters } from '@/lib/deployment'
import { isTrouble, LetterWords } from '@/lib/letter-words'
import { LinkDialog } from './link-dialog'
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
  const byHand = !sendsLetters(useQuery(deploymentQuery).data)
  const [shown, setShown] = useState<Invitation>()
  return (
    <Answer to={invitations} compact>
      {invitations =>
        invitations.length > 0 && (
          <section className="grid gap-2">
            <h2 className="font-semibold">{t('invitations')}</h2>
            <ul className="rounded-lg border text-sm">
              {invitations.map(one => (
                <li key={one.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t px-4 py-2.5 first:border-t-0">
                  <span className="grid min-w-0 flex-1 basis-56 gap-0.5 wrap-anywhere">
                    <bdi className="w-fit font-medium">{one.name || one.email}</bdi>
                    <span className="text-muted-foreground text-xs">
                      {rolesOf(one.roles)}
                      {one.name && (
                        <>
                          {' · '}
                          <bdi dir="ltr">{one.email}</bdi>
                        </>
                      )}
                    </span>
                  </span>
                  <span className="flex-1 basis-56">
                    <State one={one} byHand={byHand} />
                  </span>
                  {mayWrite && one.state !== 'revoked' && (
                    <span className="flex gap-1">
                      {byHand && one.state === 'open' && (
                        <Button size="sm" variant="outline" onClick={() => setShown(one)}>
                          <Link2 aria-hidden /> {t('showLink')}
                        </Button>
                      )}
                      {!(byHand && one.state === 'open') && (
                        <Button size="sm" variant="outline" onClick={() => acts.inviteAgain(one)}>
                          <RotateCw aria-hidden /> {byHand ? t('renew') : t('again')}
                        </Button>
                      )}
                      <Button size="sm" variant="ghost" onClick={() => acts.revoke(one)}>
                        <X aria-hidden /> {t('revoke')}
                      </Button>
                    </span>
                  )}
                </li>
              ))}
            </ul>
            {shown && <LinkDialog invitation={shown} onClose={() => setShown(undefined)} />}
          </section>
        )
      }
    </Answer>
  )
}

function State({ one, byHand }: { one: Invitation; byHand: boolean }) {
  const t = useTranslations('people')
  const { dayOf, time } = useWriting()
  if (one.state !== 'open')
    return <Badge tone={one.state === 'expired' ? 'warn' : 'neutral'}>{t(`states.${one.state as 'expired'}`)}</Badge>
  const trouble = one.letter && isTrouble(one.letter.status)
  return (
    <span className="grid gap-0.5">
      <span>{t('goodUntil', { when: `${dayOf(one.expires_at)} ${time(one.expires_at)}` })}</span>
      {one.letter && !byHand && (
        <span className={trouble ? 'text-destructive text-xs' : 'text-muted-foreground text-xs'}>
          <LetterWords {...one.letter} />
        </span>
      )}
    </span>
  )
}
