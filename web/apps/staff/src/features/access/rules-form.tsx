import type { SignInRules } from '@chairside/api'
import { Button, Kbd } from '@chairside/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { clock, useClinic, useMay, useSlug, useWriting } from '@/lib/clinic'
import { FormTrouble, useForm, useMetWords } from '@/lib/form'
import { useOver } from '@/lib/over'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { FactorCard } from './factor-card'
import { LengthCard } from './length-card'
import { rulesQuery } from './queries'
import { type Asked, askedOf, fromOf } from './rules'
import { changeRules, type RuleFacts } from './writes'

const factsOf = ({ mfa_from, mfa_grace_days, idle_minutes, session_hours }: SignInRules): RuleFacts => ({
  mfa_from,
  mfa_grace_days,
  idle_minutes,
  session_hours,
})

/** Kept as it was opened: what somebody else changes meanwhile must not go over what is typed. */
export function RulesForm({ rules }: { rules: SignInRules }) {
  const [saved, save] = useState(rules)
  return <Fields key={saved.version} rules={saved} onSaved={save} />
}

function Fields({ rules, onSaved }: { rules: SignInRules; onSaved: (rules: SignInRules) => void }) {
  const t = useTranslations('access')
  const states = useTranslations('states')
  const slug = useSlug()
  const { id } = useClinic()
  const client = useQueryClient()
  const tell = useTell()
  const met = useMetWords()
  const { today, timezone: zone, dayOf } = useWriting()
  const mayWrite = useMay('security.write')
  const [asked, setAsked] = useState<Asked>(askedOf(rules.mfa_from, clock()))
  const over = useOver<SignInRules, RuleFacts>({
    opened: rules,
    factsOf,
    read: () => client.fetchQuery({ ...rulesQuery(slug), staleTime: 0 }),
    write: (body, version) => send(changeRules(slug, id, version, body)),
  })
  const tomorrow = today.add({ days: 1 }).toString()
  const labels = { mfa_from: t('factor'), mfa_grace_days: t('grace'), idle_minutes: t('idle'), session_hours: t('hours') }
  const say = (name: keyof RuleFacts, value: RuleFacts[keyof RuleFacts]) =>
    name !== 'mfa_from' ? value?.toString() : value === null ? t('asked.off') : dayOf(String(value))
  const form = useForm({
    check: ({ text }) => ({ mfa_from: asked === 'later' && text('mfa_from') < tomorrow ? t('dayToCome') : undefined }),
    async save({ text }) {
      const number = (name: string) => (text(name) === '' ? null : Number(text(name)))
      const { kept, theirs, back } = await over({
        mfa_from: fromOf({ asked, day: text('mfa_from'), before: rules.mfa_from, now: clock(), zone }),
        mfa_grace_days: number('mfa_grace_days') ?? rules.mfa_grace_days,
        idle_minutes: number('idle_minutes'),
        session_hours: number('session_hours'),
      })
      if (theirs) {
        const names = Object.keys(theirs) as (keyof RuleFacts)[]
        return form.setTrouble(met(names.map(name => [labels[name], say(name, theirs[name] ?? null)])))
      }
      tell(t('rulesKept'), back && (() => back().then(onSaved)))
      if (kept) onSaved(kept)
    },
  })
  return (
    <form {...form.props}>
      <fieldset disabled={!mayWrite} className="grid max-w-3xl gap-6">
        <legend className="sr-only">{t('parts.rules')}</legend>
        {!mayWrite && <p className="text-muted-foreground text-sm">{t('onlyReading')}</p>}
        <FormTrouble form={form} />
        <FactorCard form={form} rules={rules} asked={asked} onAsk={setAsked} tomorrow={tomorrow} />
        <LengthCard form={form} rules={rules} />
        {mayWrite && (
          <div className="flex justify-end">
            <Button type="submit" disabled={form.busy}>
              {states('save')} <Kbd keys="Mod+Enter" />
            </Button>
          </div>
        )}
      </fieldset>
    </form>
  )
}
