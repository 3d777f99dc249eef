import { locales, offered } from '@chairside/i18n'
import { Button, Card, Field, fold, Input, Segmented } from '@chairside/ui'
import { RotateCcw } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type Preferences, prefer, usePreferences } from '@/lib/preferences'
import { Page } from '@/shell/page'
import { byGroup, useKnownCommands } from '@/shell/use-known'
import { ShortcutRow } from './shortcut-row'

/** How the app looks and listens, on this computer. Chosen is shown at once; there is nothing to save. */
export function PreferencesScreen() {
  const t = useTranslations('preferences')
  return (
    <Page title={t('title')} about={t('about')} narrow>
      <div className="grid gap-5">
        <Look />
        <KeyboardCard />
      </div>
    </Page>
  )
}

function Look() {
  const t = useTranslations('preferences')
  const shell = useTranslations('shell')
  const now = usePreferences()
  const choice = <K extends 'theme' | 'density' | 'size' | 'digits'>(
    name: K,
    label: string,
    choices: [Preferences[K], string][],
  ) => (
    <Line label={label}>
      <Segmented
        label={label}
        value={now[name]}
        onChange={value => prefer({ [name]: value })}
        choices={choices.map(([value, label]) => ({ value, label }))}
        className="flex-wrap"
      />
    </Line>
  )
  return (
    <Card title={t('look')}>
      <div className="grid px-4 py-1">
        {choice('theme', shell('theme'), [
          ['system', shell('system')],
          ['light', shell('light')],
          ['dark', shell('dark')],
        ])}
        {choice('density', shell('density'), [
          ['comfortable', shell('comfortable')],
          ['compact', shell('compact')],
        ])}
        {choice('size', t('size'), [
          ['normal', t('sizes.normal')],
          ['large', t('sizes.large')],
          ['larger', t('sizes.larger')],
        ])}
        <Line label={shell('language')}>
          <Field
            label={shell('language')}
            labelHidden
            value={now.locale}
            onChange={event => prefer({ locale: event.target.value as Preferences['locale'] })}
            choices={offered.map(locale => [locale, locales[locale].name])}
            className="w-48"
          />
        </Line>
        {locales[now.locale].dir === 'rtl' &&
          choice('digits', t('digits'), [
            ['latn', '123'],
            ['arab', '١٢٣'],
          ])}
      </div>
    </Card>
  )
}

function KeyboardCard() {
  const t = useTranslations('preferences')
  const shell = useTranslations('shell')
  const states = useTranslations('states')
  const { letters, keys } = usePreferences()
  const [q, setQ] = useState('')
  const commands = useKnownCommands()
  const wanted = fold(q.trim())
  const found = commands.filter(
    ({ label, group, keys }) => !wanted || fold(`${label} ${group}`).includes(wanted) || fold(keys ?? '') === wanted,
  )
  const nameOf = (id: string) => states('quoted', { text: commands.find(command => command.id === id)?.label ?? id })
  return (
    <Card title={t('keyboard')}>
      <div id="keys" className="grid scroll-mt-4 gap-3 p-4">
        <Line label={shell('letters')} about={t('lettersAbout')}>
          <Segmented
            label={shell('letters')}
            value={letters}
            onChange={value => prefer({ letters: value as Preferences['letters'] })}
            choices={[
              { value: 'on', label: shell('on') },
              { value: 'off', label: shell('off') },
            ]}
          />
        </Line>
        <div className="flex flex-wrap items-center gap-2">
          <Input
            type="search"
            value={q}
            onChange={event => setQ(event.target.value)}
            aria-label={shell('findShortcut')}
            placeholder={shell('findShortcut')}
            className="w-auto min-w-48 flex-1"
          />
          <Button variant="outline" disabled={Object.keys(keys).length === 0} onClick={() => prefer({ keys: {} })}>
            <RotateCcw aria-hidden /> {t('resetAll')}
          </Button>
        </div>
        {found.length === 0 && <p className="py-6 text-center text-muted-foreground text-sm">{shell('noResults', { q })}</p>}
        {byGroup(found).map(([group, ones]) => (
          <section key={group} aria-label={group}>
            <h3 className="font-medium text-muted-foreground text-xs">{group}</h3>
            <ul>
              {ones.map(command => (
                <ShortcutRow key={command.id} command={command} nameOf={nameOf} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Card>
  )
}

function Line({ label, about, children }: { label: string; about?: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5 border-b py-2.5 text-sm last:border-b-0">
      <span className="me-auto grid max-w-prose">
        <span aria-hidden className="font-medium">
          {label}
        </span>
        {about && <span className="text-muted-foreground text-xs">{about}</span>}
      </span>
      {children}
    </div>
  )
}
