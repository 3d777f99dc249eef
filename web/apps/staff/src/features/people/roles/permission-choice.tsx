import type { Permission } from '@chairside/api'
import { Check } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { grouped, usePermissionWords } from './use-permission-words'

type Props = {
  permissions: readonly Permission[]
  chosen: readonly string[]
  /** What the role permitted when it was opened: it may stay, also where the editor could not give it. */
  before: readonly string[]
  onChange: (chosen: string[]) => void
}

/** What a role permits, a sentence each; what the one at the screen may not do is shown and cannot be given. */
export function PermissionChoice({ permissions, chosen, before, onChange }: Props) {
  const t = useTranslations('roles')
  const words = usePermissionWords()
  const toggle = (name: string, on: boolean) => onChange(on ? [...chosen, name] : chosen.filter(one => one !== name))
  const hint = (one: Permission) => {
    if (!one.yours && !before.includes(one.name)) return t('notYours')
    const by = permissions.find(more => more.covers.includes(one.name) && chosen.includes(more.name))
    return by && t('covered', { permission: words.say(by.name, by.sentence) })
  }
  return grouped(permissions).map(([group, those]) => (
    <fieldset key={group} className="grid gap-2">
      <legend className="mb-1.5 font-medium text-sm">{words.group(group)}</legend>
      {those.map(one => (
        <Check
          key={one.name}
          name={one.name}
          label={words.say(one.name, one.sentence)}
          hint={hint(one)}
          checked={chosen.includes(one.name)}
          disabled={!one.yours && !before.includes(one.name) && !chosen.includes(one.name)}
          onChange={event => toggle(one.name, event.target.checked)}
        />
      ))}
    </fieldset>
  ))
}

/** The same to read. */
export function PermissionList({ permissions, held }: { permissions: readonly Permission[]; held: readonly string[] }) {
  const t = useTranslations('roles')
  const words = usePermissionWords()
  const groups = grouped(permissions.filter(one => held.includes(one.name)))
  if (!groups.length) return <p className="text-muted-foreground text-sm">{t('permitsNothing')}</p>
  return groups.map(([group, those]) => (
    <section key={group} className="grid gap-1.5">
      <h3 className="font-medium text-sm">{words.group(group)}</h3>
      <ul className="grid gap-1 text-sm">
        {those.map(one => (
          <li key={one.name} className="flex gap-2">
            <span aria-hidden className="mt-2 size-1.5 shrink-0 rounded-full bg-primary" />
            {words.say(one.name, one.sentence)}
          </li>
        ))}
      </ul>
    </section>
  ))
}
