import type { Patient, TeamMember } from '@chairside/api'
import { Button, Card, Combobox } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { UserRound, X } from 'lucide-react'
import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, useRegret } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { colleaguesQuery } from '@/lib/colleagues'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { careTeamQuery, nameOnTeam, takeOffTeam } from './care-team'

/** Who treats the patient: those named, and those with a visit. Where records are kept to care teams, they open this one. */
export function CareTeamCard({ patient }: { patient: Patient }) {
  const t = useTranslations('care')
  const clinic = useSlug()
  const team = useQuery(careTeamQuery(clinic, patient.id))
  const mayAssign = useMay('patients.assign')
  const tell = useTell()
  const regret = useRegret()
  const card = useRef<HTMLDivElement>(null)

  async function put(member: Pick<TeamMember, 'member_id' | 'name'>, on: boolean) {
    const add = () => send(nameOnTeam(clinic, patient.id, member.member_id))
    const remove = () => send(takeOffTeam(clinic, patient.id, member.member_id))
    try {
      await (on ? add() : remove())
      tell(t(on ? 'did' : 'didRemove', { name: member.name }), on ? remove : add)
      if (!on) card.current?.focus() // its button is gone
    } catch (error) {
      regret(error)
    }
  }
  return (
    <div ref={card} tabIndex={-1} className="rounded-lg">
      <Card title={t('team')}>
        <Answer to={team} compact>
          {members => (
            <div className="grid gap-3 px-4 py-3 text-sm">
              {members.length === 0 && <p className="text-muted-foreground">{t('nobody')}</p>}
              {members.length > 0 && (
                <ul className="grid gap-2">
                  {members.map(one => (
                    <Member key={one.member_id} one={one} onRemove={mayAssign ? () => void put(one, false) : undefined} />
                  ))}
                </ul>
              )}
              {mayAssign && <Naming members={members} onName={one => void put(one, true)} />}
            </div>
          )}
        </Answer>
      </Card>
    </div>
  )
}

function Member({ one, onRemove }: { one: TeamMember; onRemove?: () => void }) {
  const t = useTranslations('care')
  const writing = useWriting()
  const why = [one.named_at && t('since', { day: writing.dayOf(one.named_at) }), one.has_visits && t('byVisits')]
  return (
    <li className="flex items-start gap-2.5">
      <UserRound aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
      <span className="me-auto grid min-w-0">
        <bdi className="font-medium">{one.name}</bdi>
        <span className="text-muted-foreground text-xs">{why.filter(Boolean).join(' · ')}</span>
      </span>
      {onRemove && one.named_at && (
        <Button size="icon" variant="ghost" aria-label={t('remove', { name: one.name })} onClick={onRemove}>
          <X />
        </Button>
      )}
    </li>
  )
}

function Naming({ members, onName }: { members: TeamMember[]; onName: (one: { member_id: string; name: string }) => void }) {
  const t = useTranslations('care')
  const colleagues = useQuery(colleaguesQuery(useSlug())).data
  const named = new Set(members.filter(one => one.named_at).map(one => one.member_id))
  const others = (colleagues ?? []).filter(one => !named.has(one.id))
  return (
    <Combobox
      label={t('name')}
      labelHidden
      placeholder={t('name')}
      nothing={t('noColleague')}
      value=""
      options={others.map(one => ({ value: one.id, label: one.name }))}
      onChange={id => {
        const one = others.find(one => one.id === id)
        if (one) onName({ member_id: one.id, name: one.name })
      }}
    />
  )
}
