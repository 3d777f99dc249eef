import { buttonVariants, cn, Kbd } from '@chairside/ui'
import { Link } from '@tanstack/react-router'
import { CalendarDays, UserPlus, Users } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { AccountMenu } from '@/features/identity'
import { useClinic } from '@/lib/clinic'

const NAV = [
  { to: '/c/$clinic/schedule', word: 'schedule', icon: CalendarDays, keys: 'G S', exact: false },
  { to: '/c/$clinic/patients', word: 'patients', icon: Users, keys: 'G P', exact: true },
  { to: '/c/$clinic/patients/new', word: 'register', icon: UserPlus, keys: 'G N', exact: true },
] as const

export function Sidebar() {
  const t = useTranslations()
  const clinic = useClinic()
  return (
    <div className="flex h-full flex-col p-2">
      <div className="flex h-10 items-center gap-2.5 px-2">
        <span
          aria-hidden
          className="grid size-6 place-items-center rounded-md bg-primary font-bold text-primary-foreground text-xs"
        >
          {clinic.name.split(' ').at(-1)?.[0]}
        </span>
        <span className="truncate font-semibold text-sm">{clinic.name}</span>
      </div>
      <nav aria-label={t('shell.sidebar')} className="mt-3 grid gap-0.5">
        {NAV.map(({ to, word, icon: Icon, keys, exact }) => (
          <Link
            key={word}
            to={to}
            params={{ clinic: clinic.slug }}
            search={{}}
            activeOptions={{ exact, includeSearch: false }}
            className={cn(
              buttonVariants({ variant: 'ghost' }),
              'group justify-start text-muted-foreground data-[status=active]:bg-accent data-[status=active]:text-foreground',
            )}
          >
            <Icon aria-hidden />
            {t(`nav.${word}`)}
            <Kbd keys={keys} className="ms-auto opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100" />
          </Link>
        ))}
      </nav>
      <div className="mt-auto border-t pt-2">
        <AccountMenu />
      </div>
    </div>
  )
}
