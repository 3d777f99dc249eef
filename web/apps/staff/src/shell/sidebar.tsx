import { buttonVariants, cn } from '@chairside/ui'
import { Link } from '@tanstack/react-router'
import {
  Armchair,
  BellPlus,
  BellRing,
  Building2,
  CalendarDays,
  CalendarPlus,
  CalendarRange,
  ChartNoAxesColumn,
  Clock,
  FileUp,
  Globe,
  Hourglass,
  Inbox,
  LayoutTemplate,
  ListChecks,
  MessageSquareText,
  MessagesSquare,
  NotebookPen,
  Package,
  ReceiptText,
  ScrollText,
  ShieldCheck,
  Stethoscope,
  UserCog,
  UserPlus,
  Users,
  UsersRound,
  Wrench,
} from 'lucide-react'
import { useTranslations } from 'use-intl'
import { AccountMenu } from '@/features/identity'
import { useClinic, useMay, useMayVisit } from '@/lib/clinic'
import { Keys } from '@/lib/keys'

export const NAV = [
  { to: '/c/$clinic/schedule', word: 'schedule', icon: CalendarDays, exact: false },
  { to: '/c/$clinic/day', word: 'day', icon: ChartNoAxesColumn, exact: false },
  { to: '/c/$clinic/patients', word: 'patients', icon: Users, exact: true },
  { to: '/c/$clinic/patients/new', word: 'register', icon: UserPlus, exact: true },
  { to: '/c/$clinic/recalls', word: 'recalls', icon: BellRing, exact: true },
  { to: '/c/$clinic/waitlist', word: 'waitlist', icon: Hourglass, exact: true },
  { to: '/c/$clinic/unscheduled', word: 'unscheduled', icon: CalendarPlus, exact: true },
  { to: '/c/$clinic/unsigned-notes', word: 'unsignedNotes', icon: NotebookPen, exact: true },
  { to: '/c/$clinic/lab-cases', word: 'labCases', icon: Package, exact: true },
  { to: '/c/$clinic/requests', word: 'requests', icon: Inbox, exact: true },
  { to: '/c/$clinic/inbox', word: 'inbox', icon: MessagesSquare, exact: true },
  { to: '/c/$clinic/billing', word: 'billing', icon: ReceiptText, exact: false },
] as const

/** What is set up once and looked after. */
export const PRACTICE = [
  { to: '/c/$clinic/admin/clinic', word: 'clinic', icon: Building2 },
  { to: '/c/$clinic/admin/hours', word: 'hours', icon: Clock },
  { to: '/c/$clinic/admin/providers', word: 'providers', icon: Stethoscope },
  { to: '/c/$clinic/admin/staff', word: 'staff', icon: UsersRound },
  { to: '/c/$clinic/admin/roles', word: 'roles', icon: UserCog },
  { to: '/c/$clinic/admin/security', word: 'security', icon: ShieldCheck },
  { to: '/c/$clinic/admin/operatories', word: 'operatories', icon: Armchair },
  { to: '/c/$clinic/admin/services', word: 'services', icon: ListChecks },
  { to: '/c/$clinic/admin/procedures', word: 'procedures', icon: Wrench },
  { to: '/c/$clinic/admin/note-templates', word: 'noteTemplates', icon: LayoutTemplate },
  { to: '/c/$clinic/admin/calendars', word: 'calendars', icon: CalendarRange },
  { to: '/c/$clinic/admin/recalls', word: 'recallTypes', icon: BellPlus },
  { to: '/c/$clinic/admin/booking', word: 'bookingPage', icon: Globe },
  { to: '/c/$clinic/admin/reminders', word: 'reminders', icon: MessageSquareText },
  { to: '/c/$clinic/import', word: 'import', icon: FileUp },
  { to: '/c/$clinic/admin/audit', word: 'audit', icon: ScrollText },
] as const

/** Hours and services are on the screens of those who only look; who works here, and how they get in, is not. */
const LOOKED_UP = ['staff', 'roles', 'security', 'audit', 'noteTemplates']
export const isOffered = (word: string, mayWrite: boolean) => mayWrite || LOOKED_UP.includes(word)

const look = cn(
  buttonVariants({ variant: 'ghost' }),
  'group justify-start text-muted-foreground data-[status=active]:bg-accent data-[status=active]:text-foreground',
)

export function Sidebar() {
  const t = useTranslations()
  const clinic = useClinic()
  const mayWrite = useMay('clinic.write')
  const mayVisit = useMayVisit()
  const practice = PRACTICE.filter(({ to, word }) => mayVisit(to) && isOffered(word, mayWrite))
  return (
    <div className="flex h-full flex-col overflow-y-auto p-2">
      <div className="flex h-10 items-center gap-2.5 px-2">
        <span
          aria-hidden
          className="grid size-6 place-items-center rounded-md bg-primary font-bold text-primary-foreground text-xs"
        >
          {clinic.name.trim()[0]?.toUpperCase()}
        </span>
        <span dir="auto" className="truncate font-semibold text-sm">
          {clinic.name}
        </span>
      </div>
      <nav aria-label={t('shell.sidebar')} className="mt-3 grid gap-0.5">
        {NAV.filter(({ to }) => mayVisit(to)).map(({ to, word, icon: Icon, exact }) => (
          <Link
            key={word}
            to={to}
            params={{ clinic: clinic.slug }}
            search={{}}
            activeOptions={{ exact, includeSearch: false }}
            className={look}
          >
            <Icon aria-hidden />
            {t(`nav.${word}`)}
            <Keys of={word} className="ms-auto opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100" />
          </Link>
        ))}
        {practice.length > 0 && (
          <>
            <h2 className="mt-5 px-3 pb-1 font-medium text-muted-foreground text-xs">{t('nav.practice')}</h2>
            {practice.map(({ to, word, icon: Icon }) => (
              <Link key={word} to={to} params={{ clinic: clinic.slug }} className={look}>
                <Icon aria-hidden />
                {t(`nav.${word}`)}
              </Link>
            ))}
          </>
        )}
      </nav>
      <div className="mt-auto border-t bg-surface pt-2">
        <AccountMenu />
      </div>
    </div>
  )
}
