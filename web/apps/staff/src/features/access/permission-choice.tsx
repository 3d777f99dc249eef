import { Check } from '@chairside/ui'
import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { usePermissionWords } from '@/features/people'
import { useClinic } from '@/lib/clinic'
import { usePermissionGroups } from './use-permission-groups'

type Props = { chosen: readonly string[]; onChange: (chosen: string[]) => void; error?: string }

/** What a program may do, in sentences; what whoever permits it may not do themselves is shown and cannot be chosen. */
export function PermissionChoice({ chosen, onChange, error }: Props) {
  const t = useTranslations('access')
  const { say, group } = usePermissionWords()
  const groups = usePermissionGroups()
  const { permissions: mine } = useClinic()
  const toggle = (name: string, on: boolean) => onChange(on ? [...chosen, name] : chosen.filter(one => one !== name))
  return (
    <fieldset className="grid gap-3" data-field="permissions" aria-invalid={error ? true : undefined} tabIndex={-1}>
      <legend className="mb-0.5 font-medium text-sm">{t('may')}</legend>
      <p className="text-muted-foreground text-xs">{t('notYours')}</p>
      {error && (
        <p className="flex items-start gap-1.5 text-destructive text-xs">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {error}
        </p>
      )}
      {groups.map(([name, permissions]) => (
        <fieldset key={name} className="grid gap-1.5">
          <legend className="mb-1 font-medium text-muted-foreground text-xs">{group(name)}</legend>
          {permissions.map(one => (
            <Check
              key={one.name}
              label={say(one.name, one.sentence)}
              checked={chosen.includes(one.name)}
              disabled={!mine.includes(one.name) && !chosen.includes(one.name)}
              onChange={event => toggle(one.name, event.target.checked)}
            />
          ))}
        </fieldset>
      ))}
    </fieldset>
  )
}

/** The same, to read. */
export function PermissionList({ names }: { names: readonly string[] }) {
  const t = useTranslations('access')
  const { say, group } = usePermissionWords()
  const groups = usePermissionGroups(names)
  return (
    <section className="grid gap-3 text-sm">
      <h3 className="font-medium">{t('may')}</h3>
      {groups.length === 0 && <p className="text-muted-foreground">{t('nothing')}</p>}
      {groups.map(([name, permissions]) => (
        <div key={name} className="grid gap-1">
          <h4 className="font-medium text-muted-foreground text-xs">{group(name)}</h4>
          <ul className="grid gap-0.5">
            {permissions.map(one => (
              <li key={one.name}>{say(one.name, one.sentence)}</li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}
