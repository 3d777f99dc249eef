import { useCommands } from '@chairside/commands'
import { Button, Menu, MenuItem, MenuLine } from '@chairside/ui'
import { Printer } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useMay, useSlug } from '@/lib/clinic'
import { daySheet, routeSlips } from './queries'

/** The day on paper, by provider or by operatory; the key prints it as the schedule shows it. */
export function PrintDay({ date, by = 'provider', small }: { date: string; by?: 'provider' | 'operatory'; small?: boolean }) {
  const t = useTranslations('reports')
  const group = useTranslations('shell.groups')('app')
  const clinic = useSlug()
  const mayMoney = useMay('reports.day', 'reports.read')
  const print = (by: 'provider' | 'operatory', money = true) => window.open(daySheet(clinic, date, by, money), '_blank')
  useCommands([{ id: 'print-day', group, label: t('print'), icon: <Printer />, run: () => print(by) }])
  return (
    <Menu
      label={t('print')}
      trigger={
        <Button variant={small ? 'ghost' : 'outline'} size={small ? 'sm' : 'default'} aria-keyshortcuts="Shift+P">
          <Printer aria-hidden /> {t('printShort')}
        </Button>
      }
    >
      <MenuItem onSelect={() => print('provider')}>{t('byProvider')}</MenuItem>
      <MenuItem onSelect={() => print('operatory')}>{t('byOperatory')}</MenuItem>
      <MenuLine />
      <MenuItem onSelect={() => window.open(routeSlips(clinic, date), '_blank')}>{t('routeSlips')}</MenuItem>
      {mayMoney && (
        <>
          <MenuLine />
          <MenuItem onSelect={() => print(by, false)}>{t('withoutMoney')}</MenuItem>
        </>
      )}
    </Menu>
  )
}
