import { Avatar, Menu, MenuItem, MenuLine } from '@chairside/ui'
import { useNavigate } from '@tanstack/react-router'
import { Building2, ChevronsUpDown, LockKeyhole, LogOut, Plus, UserRound } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { lock } from '@/lib/lock'
import { useSession } from '@/lib/session'
import { useLeave } from './leave'

/** Who is signed in; other clinics of theirs; the way out. */
export function AccountMenu() {
  const t = useTranslations('identity')
  const navigate = useNavigate()
  const here = useSlug()
  const { principal, clinics } = useSession()
  const leave = useLeave()
  const regret = useRegret()
  const shell = useTranslations('shell')
  const others = clinics.filter(clinic => clinic.slug !== here)
  return (
    <Menu
      align="start"
      label={t('account')}
      trigger={
        <button type="button" className="flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-start hover:bg-accent">
          <Avatar name={principal.name} />
          <span className="grid min-w-0 text-sm leading-4">
            <span dir="auto" className="truncate font-medium">
              {principal.name}
            </span>
            <bdi className="truncate text-muted-foreground text-xs">{principal.email}</bdi>
          </span>
          <ChevronsUpDown aria-hidden className="ms-auto size-4 shrink-0 text-muted-foreground" />
        </button>
      }
    >
      {others.map(clinic => (
        <MenuItem
          key={clinic.id}
          onSelect={() => navigate({ to: '/c/$clinic/schedule', params: { clinic: clinic.slug }, search: {} })}
        >
          <Building2 aria-hidden />
          <span dir="auto" className="truncate">
            {clinic.name}
          </span>
        </MenuItem>
      ))}
      <MenuItem onSelect={() => navigate({ to: '/signup' })}>
        <Plus aria-hidden /> {t('addClinic')}
      </MenuItem>
      <MenuItem onSelect={() => navigate({ to: '/c/$clinic/account', params: { clinic: here } })}>
        <UserRound aria-hidden /> {t('yourAccount')}
      </MenuItem>
      <MenuLine />
      <MenuItem onSelect={() => void lock().catch(regret)}>
        <LockKeyhole aria-hidden /> {shell('lock')} <Keys of="lock" className="ms-auto" />
      </MenuItem>
      <MenuItem onSelect={leave}>
        <LogOut aria-hidden className="rtl:-scale-x-100" /> {t('signOut')}
      </MenuItem>
    </Menu>
  )
}
