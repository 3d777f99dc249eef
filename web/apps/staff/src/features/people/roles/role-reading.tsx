import type { Role } from '@chairside/api'
import { Button, Dialog, DialogFoot } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { useRoleWords } from '../use-role-words'
import { PermissionList } from './permission-choice'
import { permissionsQuery } from './queries'
import { type Acts, RoleActs } from './role-acts'

/** What a role permits, for whoever cannot change it. */
export function RoleReading({ role, onClose, ...acts }: Acts & { role: Role; onClose: () => void }) {
  const t = useTranslations('roles')
  const states = useTranslations('states')
  const say = useRoleWords()
  const permissions = useQuery(permissionsQuery(useSlug()))
  return (
    <Dialog open onClose={onClose} at="end" title={say(role.slug, role.name)} close={states('close')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls and is only read: the keyboard has to reach it */}
      <div tabIndex={0} className="-outline-offset-2! grid min-h-0 flex-1 content-start gap-4 overflow-y-auto px-5 pt-4 pb-6">
        <p dir="auto" className="text-muted-foreground text-sm">
          {role.description || t(role.template ? 'product' : 'own')} · {t('count', { count: role.people })}
        </p>
        <Answer to={permissions} compact>
          {permissions => <PermissionList permissions={permissions} held={role.permissions} />}
        </Answer>
      </div>
      <DialogFoot>
        <span className="me-auto">
          <RoleActs role={role} {...acts} />
        </span>
        <Button variant="outline" onClick={onClose}>
          {states('back')}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
