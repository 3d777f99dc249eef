import type { MemberSession } from '@chairside/api'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { membersQuery } from '@/features/tenancy'
import { Answer } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { useSession } from '@/lib/session'
import { PersonSessions } from './person-sessions'
import { sessionsQuery } from './queries'

const OWNER = 'owner'

/** By person, in the order in which they were here last. */
const byPerson = (sessions: MemberSession[]) => [...Map.groupBy(sessions, one => one.member_id)]

/** Everybody who is signed in, wherever they are. */
export function SessionsSection() {
  const t = useTranslations('access')
  const clinic = useSlug()
  const me = useSession().principal.id
  const sessions = useQuery(sessionsQuery(clinic))
  const members = useQuery(membersQuery(clinic)).data ?? []
  const isOwner = (id: string) => !!members.find(one => one.id === id)?.roles.includes(OWNER)
  const mayEnd = useMay('security.write')
  const mayEndAll = useMay('members.write')
  return (
    <Answer to={sessions}>
      {sessions => {
        const people = byPerson(sessions)
        return (
          <div className="grid gap-4">
            <p className="text-muted-foreground text-sm">
              {people.length === 1 && people[0]?.[0] === me && sessions.length === 1
                ? t('onlyYou')
                : t('signedIn', { people: people.length, places: sessions.length })}
            </p>
            {people.map(([id, theirs]) => {
              // Owners answer to owners.
              const over = !isOwner(id) || isOwner(me)
              return (
                <PersonSessions
                  key={id}
                  sessions={theirs}
                  me={id === me}
                  ofOwner={!over && (mayEnd || mayEndAll)}
                  mayEnd={mayEnd && over}
                  mayEndAll={mayEndAll && over && id !== me}
                />
              )
            })}
          </div>
        )
      }}
    </Answer>
  )
}
