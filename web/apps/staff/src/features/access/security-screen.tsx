import { useCommands } from '@chairside/commands'
import { Segmented } from '@chairside/ui'
import { useNavigate } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { NotYours } from '@/lib/answer'
import { useMay } from '@/lib/clinic'
import { Page } from '@/shell/page'
import { PARTS, type SecuritySearch } from './parts'
import { ProgramsSection } from './programs-section'
import { RecordsSection } from './records-section'
import { RulesSection } from './rules-section'
import { SessionsSection } from './sessions-section'

/** How people prove who they are, where they are signed in, and the programs that work here. The address holds what is looked at. */
export function SecurityScreen({ show, program }: SecuritySearch) {
  const t = useTranslations('access')
  const group = useTranslations('shell.groups')('practice')
  const navigate = useNavigate({ from: '/c/$clinic/admin/security' })
  const may = {
    sessions: useMay('members.read'),
    rules: useMay('members.read', 'security.write'),
    records: useMay('members.read', 'security.write'),
    programs: useMay('service_accounts.read'),
  }
  const parts = PARTS.filter(part => may[part])
  const wanted = show ?? parts[0] ?? 'sessions'
  const shown = may[wanted] ? wanted : undefined
  const set = (search: SecuritySearch) => void navigate({ search, replace: true })
  const open = (part: string) => set(part === 'rules' || part === 'records' || part === 'programs' ? { show: part } : {})
  useCommands(parts.map(part => ({ id: `security-${part}`, group, label: t(`parts.${part}`), run: () => open(part) })))
  return (
    <Page title={t('title')} about={t('about')}>
      {parts.length > 1 && (
        <Segmented
          label={t('show')}
          value={wanted}
          onChange={open}
          className="mb-6 flex-wrap [&>button]:min-h-7 [&>button]:whitespace-nowrap"
          choices={parts.map(value => ({ value, label: t(`parts.${value}`) }))}
        />
      )}
      {!shown && <NotYours needs={wanted === 'programs' ? 'service_accounts.read' : 'members.read'} />}
      {shown === 'rules' && <RulesSection />}
      {shown === 'records' && <RecordsSection />}
      {shown === 'programs' && <ProgramsSection open={program} onOpen={id => set({ show: shown, program: id })} />}
      {shown === 'sessions' && <SessionsSection />}
    </Page>
  )
}
