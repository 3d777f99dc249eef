import { beginLooking, type Role } from '@chairside/api'
import { Button } from '@chairside/ui'
import { Copy, Eye, Trash2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useRoleWords } from '../use-role-words'
import { recordLooking } from './writes'

export type Acts = { onCopy: (from: Role) => void; onRemove: (role: Role) => void }

/** What can be done with a role besides changing it. */
export function RoleActs({ role, onCopy, onRemove }: Acts & { role: Role }) {
  const t = useTranslations('roles')
  const clinic = useSlug()
  const mayWrite = useMay('roles.write')
  const regret = useRegret()
  const say = useRoleWords()
  const look = () =>
    send(recordLooking(clinic, role.slug)).then(
      () => beginLooking({ clinic, role: role.slug, name: say(role.slug, role.name) }),
      regret,
    )
  return (
    <span className="flex flex-wrap gap-2">
      <Button variant="outline" title={t('seeAsAbout')} onClick={() => void look()}>
        <Eye aria-hidden /> {t('seeAs')}
      </Button>
      {mayWrite && (
        <Button variant="outline" onClick={() => onCopy(role)}>
          <Copy aria-hidden /> {t('copy')}
        </Button>
      )}
      {mayWrite && !role.template && (
        <Button variant="destructive" onClick={() => onRemove(role)}>
          <Trash2 aria-hidden /> {t('remove')}
        </Button>
      )}
    </span>
  )
}
